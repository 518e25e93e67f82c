"""The checks of `accounts/core/letters/checks.py` over an edition as it stands."""

from datetime import datetime

from accounts.core.letters.checks import Draft, errors, findings
from accounts.letters.parts import fresh_parts, practice_of
from accounts.models import Edition
from content.core.texts.checks import Finding
from content.editing.row_checks import known_here
from content.models import Tip


class NotReadyError(ValueError):
    """The letter has findings that stop it from going out."""

    def __init__(self, wrong: list[Finding]) -> None:
        self.findings = wrong
        super().__init__(" ".join(said(finding) for finding in wrong))


def findings_of(edition: Edition, *, at: datetime) -> list[Finding]:
    parts = fresh_parts(edition)
    open_tips = Tip.objects.published(at).filter(slug__in=edition.tips).values_list("slug", flat=True)
    draft = Draft(
        subject=edition.subject,
        preheader=edition.preheader,
        words=edition.words,
        language=edition.language,
        practice=edition.practice,
        is_practice_known=practice_of(edition) is not None,
        tips=tuple(edition.tips),
        known_tips=tuple(open_tips),
        html=parts.html,
        text=parts.text,
    )
    return findings(draft, known_here())


def make_sure_it_is_ready(edition: Edition, *, at: datetime) -> None:
    """Raise NotReadyError with every error; warnings let it pass."""
    wrong = errors(findings_of(edition, at=at))
    if wrong:
        raise NotReadyError(wrong)


def said(finding: Finding) -> str:
    place = f", line {finding.line}" if finding.line > 1 else ""
    return f"{finding.field.capitalize()}{place}: {finding.message}."
