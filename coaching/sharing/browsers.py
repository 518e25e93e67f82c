"""With what a link was opened, as roughly as is of use to the person: a phone or a computer, and whose browser.

Read from what the browser says of itself, which anybody can make up: it is a hint, and shown as one. Nothing else of a
request is kept.
"""

from dataclasses import dataclass

from coaching.models import LinkOpening

Browser = LinkOpening.Browser
NAMES = (
    ("edg", "edge"),
    ("samsungbrowser", "samsung"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("chrome", "chrome"),
    ("crios", "chrome"),
    ("safari", "safari"),
)
"""The first that is found counts: most browsers name others after themselves."""

PHONES = ("mobile", "android", "iphone", "ipad", "tablet")
COMPUTERS = ("windows", "macintosh", "x11", "linux", "cros")


@dataclass(frozen=True, kw_only=True)
class OpenedWith:
    browser: str = Browser.UNKNOWN
    name: str = ""


SOFTWARE = OpenedWith(browser=Browser.SOFTWARE)


def opened_with(user_agent: str) -> OpenedWith:
    said = user_agent[:500].lower()
    name = next((name for sign, name in NAMES if sign in said), "")
    if any(sign in said for sign in PHONES):
        return OpenedWith(browser=Browser.PHONE, name=name)
    if any(sign in said for sign in COMPUTERS):
        return OpenedWith(browser=Browser.COMPUTER, name=name)
    return OpenedWith(name=name)
