import pytest

from accounts.core.sending.smtp_replies import Stage, Verdict, judge


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.LOGIN, Stage.SENDER])
@pytest.mark.parametrize("code", [421, 454, 535, 550])
def test_an_answer_before_the_address_is_about_all_mail(stage: Stage, code: int) -> None:
    assert judge(stage, code).verdict == Verdict.SERVER


@pytest.mark.parametrize("stage", [Stage.RECIPIENT, Stage.CONTENT])
def test_an_answer_to_one_mail_is_about_that_mail(stage: Stage) -> None:
    assert judge(stage, 451).verdict == Verdict.LATER
    assert judge(stage, 554).verdict == Verdict.REFUSED


@pytest.mark.parametrize(
    ("stage", "verdict"),
    [
        (Stage.CONNECT, Verdict.SERVER),
        (Stage.LOGIN, Verdict.SERVER),
        (Stage.SENDER, Verdict.LATER),
        (Stage.RECIPIENT, Verdict.LATER),
        (Stage.CONTENT, Verdict.UNKNOWN),
    ],
)
def test_a_broken_connection_is_judged_by_how_far_it_got(stage: Stage, verdict: Verdict) -> None:
    assert judge(stage, None).verdict == verdict


def test_only_a_mailbox_that_is_said_not_to_exist_ends_the_address() -> None:
    assert judge(Stage.RECIPIENT, 550, "5.1.1 no such user").verdict == Verdict.NO_MAILBOX
    assert judge(Stage.RECIPIENT, 550, "5.7.1 refused by policy").verdict == Verdict.REFUSED
    assert judge(Stage.CONTENT, 550, "5.1.1 no such user").verdict == Verdict.REFUSED


def test_the_words_for_staff_hold_the_code_and_never_what_the_server_said() -> None:
    said = judge(Stage.RECIPIENT, 550, "5.1.1 walter@example.org is unknown").problem
    assert said == "The mail server did not take the address (550 5.1.1)."


@pytest.mark.parametrize("stage", [Stage.RECIPIENT, Stage.CONTENT])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (550, "5.4.5 Daily user sending limit exceeded. For more information on sending limits"),
        (550, "5.4.5 Daily SMTP relay limit exceeded for customer"),
        (554, "5.7.233 Message can't be submitted because the tenant exceeded its limit"),
        (550, "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
        (452, "4.3.1 Insufficient system storage"),
        (554, "Throttling failure: Daily message quota exceeded."),
        (550, "You have reached the limit of 300 messages per hour"),
    ],
)
def test_a_limit_on_what_we_send_is_the_matter_of_no_address(stage: Stage, code: int, said: str) -> None:
    judgement = judge(stage, code, said)
    assert judgement.verdict == Verdict.SERVER
    assert judgement.problem.startswith("The mail server takes no more from us for now (")


@pytest.mark.parametrize(
    "said", ["5.2.2 The mailbox quota of the reader is exceeded", "mailbox over quota", "5.3.4 message too big"]
)
def test_a_full_mailbox_or_a_large_letter_is_that_letters_own_matter(said: str) -> None:
    assert judge(Stage.CONTENT, 552, said).verdict == Verdict.REFUSED


def test_the_code_of_the_reply_is_kept_whatever_it_is() -> None:
    assert judge(Stage.CONTENT, 554, "5.7.1 <walter@example.org> no").problem.endswith("(554 5.7.1).")
