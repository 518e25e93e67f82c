"""Mail as servers send it back: reports after RFC 3464, and the words of servers that know no such reports."""


def report(to: str, code: str, *, action: str = "failed", quoted: str = "<none@example.org>") -> bytes:
    """As Postfix writes it."""
    return f"""Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261128120000.ABC@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.net. I'm sorry, your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Sat, 28 Nov 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; walter@example.org
Original-Recipient: rfc822;walter@example.org
Action: {action}
Status: {code}
Diagnostic-Code: smtp; 550 {code} said the other side

--b1
Content-Type: text/rfc822-headers

Message-ID: {quoted}
Subject: A minute of calm

--b1--
""".replace("\n", "\r\n").encode()


def qmail(to: str) -> bytes:
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<walter@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
""".encode()


def exim(to: str, answer: str) -> bytes:
    """Its own status never says more than that it failed; the answer that it got does."""
    return report(to, "5.0.0").replace(b"550 5.0.0 said the other side", answer.encode())


def holiday(to: str) -> bytes:
    return f"""From: walter@example.org
To: {to}
Subject: Out of office
Auto-Submitted: auto-replied

I am away until Monday. My number is 5.1.1, if you like numbers.
""".encode()


def complaint(to: str, quoted: str, *, reader: str = "walter@example.org", stop: str = "") -> bytes:
    """After RFC 5965. Some who send these strike out whom the mail was for."""
    return f"""From: feedback@example.net
To: {to}
Subject: FW: A minute of calm
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain

This is an email abuse report.

--b2
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--b2
Content-Type: message/rfc822

Message-ID: {quoted}
From: tips@example.org
To: {reader}
List-Unsubscribe: <{stop}>

Words
--b2--
""".encode()
