"""What several tests of the coach listen for."""

import pytest
from django.template.autoreload import reset_loaders
from django.utils import translation

from coaching.learning import worked_out
from coaching.progress import page, read

SAME_IN_BOTH = {":", "Error:", "Plan", "%(length)s, %(often)s", "English", "Español"}


@pytest.fixture(autouse=True)
def nothing_worked_out() -> None:
    """Parts of a page lie with what was worked out of the same answers, and make room for one another: a test that asks
    whether a part is drawn twice would go by how many those before it have left."""
    for kept in (worked_out._kept, page._kept, read._kept):
        kept.shelf.clear()


@pytest.fixture
def untranslated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a page asked for in Spanish and got in English."""
    found: list[str] = []
    ask, ask_many = translation._trans.gettext, translation._trans.ngettext

    def listen(message: str) -> str:
        answer = str(ask(message))
        if translation.get_language() == "es" and answer == str(message) and message not in SAME_IN_BOTH:
            found.append(str(message))
        return answer

    def listen_to_many(one: str, many: str, number: int) -> str:
        answer = str(ask_many(one, many, number))
        if translation.get_language() == "es" and answer in (str(one), str(many)):
            found.append(str(one))
        return answer

    monkeypatch.setattr(translation._trans, "gettext", listen)
    monkeypatch.setattr(translation._trans, "ngettext", listen_to_many)
    # What was drawn once would not be asked for again.
    reset_loaders()
    return found
