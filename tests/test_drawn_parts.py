"""A part of a page that a few small values decide is drawn once for each set of them, and can say nothing else."""

from datetime import UTC, date, datetime, time
from enum import Enum
from threading import Thread
from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from config.drawn import part as parts
from config.drawn.part import NO_KEY, key_of, own_key_of
from config.drawn.shelf import BESIDE_THE_WORDS, Shelf
from content.core.vocabulary import Size
from tests.test_drawn_once import LIBRARIES, LOCMEM, under

TAG = {**LIBRARIES, "drawn": "config.drawn.tags", "tz": "django.templatetags.tz"}


def an_engine(**templates: str) -> Engine:
    loaders: list[Any] = [("config.drawn.loader.Loader", [(LOCMEM, templates)])]
    return Engine(loaders=loaders, libraries=TAG, builtins=list(TAG.values()))


class Reading:
    """Something of the library, as a page is given it."""

    def __init__(self, title: str, number: int) -> None:
        self.title, self.number = title, number

    @property
    def drawn_by(self) -> tuple[str, int]:
        return ("breathing", self.number)


class Noted:
    """A moment that is found by its name."""

    drawn_by = ("that evening",)
    now = datetime(2026, 11, 30, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    own = Shelf()
    monkeypatch.setattr(parts, "shelf", own)
    return own


def drawn(engine: Engine, **told: Any) -> str:
    return engine.get_template("page").render(Context(told))


def test_it_is_drawn_once_for_each_set_of_values(shelf: Shelf) -> None:
    engine = an_engine(
        page="{% drawn with kept=kept size=size %}{% if kept %}{{ size.label }}{% endif %}!{% enddrawn %}"
    )
    for _ in range(3):
        assert drawn(engine, kept=True, size=Size.FOUR) == f"{Size.FOUR.label}!"
        assert drawn(engine, kept=False, size=Size.FOUR) == "!"
    assert len(shelf) == 2


def test_it_is_asked_for_no_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Reading("Breathing", 1)
    engine = an_engine(page="{% drawn with lesson=lesson %}{{ lesson.title }}{% enddrawn %}{{ name }}")
    assert drawn(engine, lesson=told, name="Ana") == "BreathingAna"
    told.title = "Another"
    assert drawn(engine, lesson=told, name="Ben") == "BreathingBen"
    told.number = 2
    assert drawn(engine, lesson=told, name="Ben") == "AnotherBen"


def test_language_and_address_decide_too() -> None:
    engine = an_engine(
        page='{% drawn with on=on %}{% translate "Today" %}{% url "coaching:plan" as plan %} {{ plan }}{% enddrawn %}'
    )
    assert drawn(engine, on=True) == "Today /plan/"
    with override("es"):
        assert drawn(engine, on=True) == "Hoy /es/plan/"
    with under("/under/"):
        assert drawn(engine, on=True) == "Today /under/plan/"
    assert drawn(engine, on=True) == "Today /plan/"


def test_language_and_time_zone_of_a_part_are_those_around_it() -> None:
    part = "{% drawn with at=at %}{{ at.now }} {% translate 'Today' %}{% enddrawn %}"
    zone = "{% timezone 'Asia/Tokyo' %}" + part + "{% endtimezone %}"
    engine = an_engine(page=part + zone + "{% language 'es' %}" + part + "{% endlanguage %}" + part)
    english, spanish = "30 November 2026, 21:00 Today", "30 de noviembre de 2026 a las 21:00 Hoy"
    tokyo = "1 December 2026, 06:00 Today"
    for _ in range(2):
        assert drawn(engine, at=Noted()) == english + tokyo + spanish + english


def test_escaping_is_that_of_the_page() -> None:
    engine = an_engine(
        page="{% drawn with of=of %}{{ of.title }}{% enddrawn %}"
        "{% autoescape off %}{% drawn with of=of %}{{ of.title }}{% enddrawn %}{% endautoescape %}"
    )
    for _ in range(2):
        assert drawn(engine, of=Reading("<b>", 1)) == "&lt;b&gt;<b>"


@pytest.mark.parametrize(
    "inside",
    [
        "{{ user.email }}",
        "{% if kept %}{{ name }}{% endif %}",
        "{% if kept and not request.user %}{% endif %}",
        "{% if 'a' in request.path %}{% endif %}",
        "{% for one in messages %}{{ one }}{% endfor %}",
        "{% for one in kept %}{{ one }}{% endfor %}{{ one }}",
        "{% with a=owner_label %}{{ a }}{% endwith %}",
        "{% with a=kept %}{% endwith %}{{ a }}",
        "{{ kept|default:name }}",
        '{% url "coaching:practice" slug %}',
        '{% url "coaching:practice" slug as address %}',
        "{% static file %}",
        "{% translate words %}",
        "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}",
        "{% blocktranslate with a=name %}Hello {{ a }}{% endblocktranslate %}",
        "{% blocktranslate count n=goes %}one{% plural %}{{ n }}{% endblocktranslate %}",
        '{% include "other" %}',
        '{% include "other" with kept=name %}',
        '{% include "both" with name=kept %}',
        "{% include which %}",
        "{% csrf_token %}",
        "{% now 'Y' %}",
        "{% block title %}{% endblock %}",
        "{% cycle 'a' 'b' %}",
        "{% drawn with a=name %}{{ a }}{% enddrawn %}",
        "{% drawn with a=kept %}{{ kept }}{% enddrawn %}",
    ],
)
def test_a_part_that_reads_what_it_was_not_given_is_refused(inside: str) -> None:
    engine = an_engine(
        page=f"{{% drawn with kept=kept %}}{inside}{{% enddrawn %}}",
        other="{% if kept %}{% else %}{{ name }}{% endif %}",
        both="{{ name }}{{ user }}",
    )
    with pytest.raises(TemplateSyntaxError):
        engine.get_template("page")


@pytest.mark.parametrize(
    "inside",
    [
        "{{ kept.title }}",
        "{% for one in kept %}{{ one }}{{ forloop.counter }}{% endfor %}",
        "{% with a=kept %}{{ a }}{% endwith %}",
        '{% url "coaching:plan" as plan %}{{ plan }}',
        '{% translate "Today" as day %}{{ day }}',
        '{% static "css/site.css" as file %}{{ file }}',
        "{% blocktranslate with a=kept %}Hello {{ a }}{% endblocktranslate %}",
        '{% include "other" with name=kept %}',
        "{% drawn with a=kept %}{{ a }}{% enddrawn %}",
        "{% if kept == True %}{% comment %}{{ name }}{% endcomment %}{# {{ name }} #}{% endif %}",
    ],
)
def test_a_part_that_reads_what_it_was_given_is_taken(inside: str) -> None:
    engine = an_engine(page=f"{{% drawn with kept=kept %}}{inside}{{% enddrawn %}}", other="{{ name }}")
    engine.get_template("page").render(Context({"kept": True if "for" not in inside else None}))


def test_nothing_of_the_page_around_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the look at its nodes ever miss a name, it is nothing there."""
    monkeypatch.setattr("config.drawn.loader.check_parts", lambda *told: None)
    engine = an_engine(page="{% drawn with kept=kept %}[{{ name }}{{ csrf_token }}]{% csrf_token %}{% enddrawn %}")
    assert drawn(engine, kept=True, name="Ana", csrf_token="secret") == "[]"


@pytest.mark.parametrize("words", ["", "kept=kept", "with", "with kept", "with kept=kept other"])
def test_a_part_that_does_not_say_with_what_is_refused(words: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        an_engine(page=f"{{% drawn {words} %}}{{% enddrawn %}}").get_template("page")


class Odd(Enum):
    ONE = 1


@pytest.mark.parametrize("value", [True, False, None, "", "breathing", "a-b_c 2", Size.ONE, Odd.ONE, Reading("x", 1)])
def test_what_a_part_may_be_kept_by(value: Any) -> None:
    assert key_of(value) is not NO_KEY
    hash(key_of(value))


class Careless:
    drawn_by = ("lesson", "I am so tired.")


@pytest.mark.parametrize(
    "value",
    [
        *(0, 1, 7, 7.5, "I am so tired.", "Ana", "ana@example.org", "a" * 61, b"x", ["a"], {"a": 1}, ("a",)),
        *(object(), SimpleLazyObject(lambda: True), SimpleLazyObject(lambda: Reading("x", 1)), Careless()),
    ],
)
def test_nothing_of_a_person_is_what_a_part_is_kept_by(value: Any, shelf: Shelf) -> None:
    assert key_of(value) is NO_KEY
    engine = an_engine(page="{% drawn with a=a %}{{ a }}{% enddrawn %}")
    assert [drawn(engine, a=value), drawn(engine, a="b")] == [as_django_says(value), "b"]
    assert len(shelf) == 1
    assert parts.told_anew[-1] == "a"


def as_django_says(value: Any) -> str:
    return Engine().from_string("{{ a }}").render(Context({"a": value}))


def test_a_yes_is_no_one_and_two_kinds_of_choice_are_two() -> None:
    engine = an_engine(page="{% drawn with a=a %}{{ a }}{% enddrawn %}")
    assert [drawn(engine, a=a) for a in (True, 1, False, 0, Size.ONE, "1")] == ["True", "1", "False", "0", "1", "1"]


def test_no_more_is_kept_than_fits_and_the_oldest_goes() -> None:
    small = Shelf(3 * (BESIDE_THE_WORDS + 200))
    for number in range(20):
        small.keep(number, SafeString("x" * 100))
        assert small.weighs <= small.most_bytes
    assert small.find(0) is None
    assert small.find(19) == "x" * 100
    small.keep("too long", SafeString("x" * 10_000))
    assert small.find("too long") is None
    assert len(small) == 3
    small.clear()
    assert (len(small), small.weighs) == (0, 0)


class OwnShelf(dict[Any, SafeString]):
    def find(self, key: Any) -> SafeString | None:
        return self.get(key)

    def keep(self, key: Any, words: SafeString) -> None:
        self[key] = words


def test_a_part_may_lie_on_a_shelf_of_its_own(shelf: Shelf) -> None:
    engine = an_engine(page="{% drawn in own with kept=kept %}{% csrf_token %}{{ kept }}{% enddrawn %}")
    ana, ben = OwnShelf(), OwnShelf()
    for own, token in ((ana, "a" * 64), (ben, "b" * 64), (ana, "c" * 64)):
        found = drawn(engine, own=own, kept=True, csrf_token=token)
        assert f'value="{token}">True' in found
        assert parts.HOLE not in found
    assert (len(ana), len(ben), len(shelf)) == (1, 1, 0)
    assert not any("a" * 64 in words or "c" * 64 in words for words in ana.values())


@pytest.mark.parametrize("own", [None, ""])
def test_without_its_shelf_it_is_drawn_each_time(shelf: Shelf, own: Any) -> None:
    engine = an_engine(page="{% drawn in own with kept=kept %}{% csrf_token %}{{ kept }}{% enddrawn %}")
    for token in ("a" * 64, "b" * 64):
        assert f'value="{token}">True' in drawn(engine, own=own, kept=True, csrf_token=token)
    assert len(shelf) == 0


def test_without_a_shelf_of_its_own_no_part_may_hold_a_form() -> None:
    with pytest.raises(TemplateSyntaxError, match="csrf_token"):
        an_engine(page="{% drawn with kept=kept %}{% csrf_token %}{% enddrawn %}").get_template("page")


def test_a_part_without_a_form_asks_for_no_token() -> None:
    """One that is made sets a cookie, and makes the page another one for each visitor."""
    token = SimpleLazyObject(lambda: pytest.fail("it was asked for"))
    engine = an_engine(page="{% drawn in own with kept=kept %}{{ kept }}{% enddrawn %}")
    own = OwnShelf()
    assert [drawn(engine, own=own, kept=True, csrf_token=token) for _ in range(2)] == ["True", "True"]


class OfOnePerson:
    own_drawn_by = ("card",)

    def __init__(self, words: str) -> None:
        self.words = words


def test_what_is_one_persons_lies_on_no_shelf_that_others_share(shelf: Shelf) -> None:
    shared = an_engine(page="{% drawn with card=card %}{{ card.words }}{% enddrawn %}")
    for words in ("Ana", "Ben"):
        assert drawn(shared, card=OfOnePerson(words)) == words
    assert len(shelf) == 0
    engine = an_engine(page="{% drawn in own with card=card %}{{ card.words }}{% enddrawn %}")
    ana, ben = OwnShelf(), OwnShelf()
    for _ in range(2):
        assert drawn(engine, own=ana, card=OfOnePerson("Ana")) == "Ana"
        assert drawn(engine, own=ben, card=OfOnePerson("Ben")) == "Ben"
    assert (len(ana), len(ben)) == (1, 1)


class Told:
    """Something of one person that is told by whatever is given."""

    def __init__(self, *own_drawn_by: Any) -> None:
        self.given = own_drawn_by

    @property
    def own_drawn_by(self) -> tuple[Any, ...]:
        return self.given


WORDS = ["Ana & co", "", 0, 7, True, None, date(2026, 11, 2), time(9, 30), (), ("Ana", 7), Told("Ana", (Told(7),))]


def test_on_a_shelf_of_ones_own_words_numbers_and_days_may_be_found_by() -> None:
    engine = an_engine(page="{% drawn in own with a=a %}{{ a }}{% enddrawn %}")
    own = OwnShelf()
    for _ in range(2):
        assert [drawn(engine, own=own, a=value) for value in WORDS] == [as_django_says(value) for value in WORDS]
        assert len(own) == len(WORDS)


def test_what_is_told_by_other_words_is_another_part() -> None:
    engine = an_engine(page="{% drawn in own with a=a %}{{ a.given.0.given.0 }}{% enddrawn %}")
    own = OwnShelf()
    for word in ("Ana", "Ben", "Ana", "1", 1, True):
        assert drawn(engine, own=own, a=Told(Told(word))) == str(word)
    assert len(own) == 5


@pytest.mark.parametrize(
    "value",
    [7.5, mark_safe("<b>"), ["a"], datetime(2026, 11, 2, tzinfo=UTC), object(), ("Ana", ["a"]), Told(Told(b"x"))],
)
def test_what_may_change_afterwards_is_drawn_anew_on_any_shelf(value: Any) -> None:
    assert own_key_of(value) is NO_KEY
    own = OwnShelf()
    drawn(an_engine(page="{% drawn in own with a=a %}{{ a }}{% enddrawn %}"), own=own, a=value)
    assert not own
    assert parts.told_anew[-1] == "a"


def test_what_another_thread_is_reading_may_stand_in_a_part() -> None:
    """A process that has just begun reads the same template for several requests at once."""
    engine = an_engine(page='{% drawn with kept=kept %}{% include "other" %}{% enddrawn %}', other="{{ kept }}")
    loader: Any = engine.template_loaders[0]
    thread = Thread(target=lambda: loader.being_read.add("other"))
    thread.start()
    thread.join()
    assert drawn(engine, kept=True) == "True"
