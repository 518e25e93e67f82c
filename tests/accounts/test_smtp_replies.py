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
