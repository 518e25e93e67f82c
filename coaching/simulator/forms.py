"""The simulator's form: every item of the intake at once, and up to two changes to try."""

from typing import Any

from django import forms

from coaching.core.intake.answers import AnswerError, clean_all
from coaching.core.intake.questionnaires import STEPS, WHOLE_LISTS
from coaching.core.questions.items import Answers, Item, Kind
from coaching.core.simulator.what_if import CautionChange, EvidenceChange
from coaching.intake.forms import choices_of
from content.core.vocabulary import Action, Condition, Grade, Need
from content.models import Technique

UNASKED = ("goal", "values", "self_harm")
NO_CAUTION = "none"


class SimulatorForm(forms.Form):
    minutes_a_day = forms.IntegerField(min_value=5, max_value=120, initial=30)
    evidence_technique = forms.ChoiceField(required=False, label="Technique")
    evidence_need = forms.ChoiceField(required=False, label="Need")
    evidence_grade = forms.ChoiceField(required=False, label="Grade to try")
    caution_technique = forms.ChoiceField(required=False, label="Technique")
    caution_condition = forms.ChoiceField(required=False, label="Condition")
    caution_action = forms.ChoiceField(required=False, label="What it should do")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        techniques = list(Technique.objects.values_list("slug", "name"))
        self._offer("evidence_technique", techniques)
        self._offer("evidence_need", Need.choices())
        self._offer("evidence_grade", [(grade.value, f"{grade.value}: {grade.label}") for grade in Grade])
        self._offer("caution_technique", techniques)
        self._offer("caution_condition", Condition.choices())
        self._offer("caution_action", [*Action.choices(), (NO_CAUTION, "No caution at all")])
        for item in asked_items():
            self.fields[item.id] = _field(item)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "No change"), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        raw = {item.id: data.get(item.id) for item in asked_items()}
        try:
            self.answers: Answers = clean_all(raw)
        except AnswerError as error:
            self.add_error(error.item if error.item in self.fields else None, error.words)
        self.changes: list[EvidenceChange | CautionChange] = [*self._evidence(data), *self._caution(data)]
        return data

    def _evidence(self, data: dict[str, Any]) -> list[EvidenceChange]:
        technique, need, grade = parts = self._parts(data, "evidence", "technique", "need", "grade")
        if not self._is_whole("evidence_technique", parts):
            return []
        return [EvidenceChange(technique=technique, need=Need(need), grade=Grade(grade))]

    def _caution(self, data: dict[str, Any]) -> list[CautionChange]:
        technique, condition, does = parts = self._parts(data, "caution", "technique", "condition", "action")
        if not self._is_whole("caution_technique", parts):
            return []
        action = None if does == NO_CAUTION else Action(does)
        return [CautionChange(technique=technique, condition=Condition(condition), action=action)]

    def _parts(self, data: dict[str, Any], change: str, *names: str) -> list[str]:
        return [data.get(f"{change}_{name}") or "" for name in names]

    def _is_whole(self, field: str, parts: list[str]) -> bool:
        if any(parts) and not all(parts):
            self.add_error(field, "Choose all three, or none of them.")
        return all(parts)


def asked_items() -> list[Item]:
    """Staff try whole lists; a person answers them in groups."""
    alone = [item for step in STEPS for item in step.items if not item.among and item.id not in UNASKED]
    return [*alone, *WHOLE_LISTS]


def _field(item: Item) -> forms.Field:
    choices = choices_of(item)
    if item.kind is Kind.TICKS:
        return forms.MultipleChoiceField(
            choices=choices, required=False, label=item.question, widget=forms.SelectMultiple(attrs={"size": 6})
        )
    return forms.ChoiceField(choices=[("", "not answered"), *choices], required=False, label=item.question)
