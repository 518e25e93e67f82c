"""Texts that readers see: lessons, guides and tips, with their checks, preview and publishing."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.admin.history import compare_address
from content.admin.moves import MovingAdmin, move_address, panel
from content.admin.rows import ReviewDueFilter, RowAdmin, StateFilter
from content.core.vocabulary import Status, Topic
from content.editing.desk import at_stage
from content.editing.previews import phone_link, preview_link
from content.models import Guide, Ladder, Lesson, LessonVariant, Publishable, StepRule, Tip
from content.models.variant import variant_slug
from content.reading.usage import Usage, usage_of_lessons

MARKDOWN_ROWS = {"brief": 14, "body": 36, "deeper": 50}
REVIEW: Any = ("Review", {"fields": ["reviewed_by", "reviewed_on", "next_review", "changes"]})
STANDING: Any = ("Where it stands", {"fields": ["where", "preview", "against_its_file"]})


class StageFilter(admin.SimpleListFilter):
    """A published text with changes in review is found under both."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Status.choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {status.value: status for status in Status}
        wanted = known.get(self.value() or "")
        if wanted is Status.PUBLISHED:
            return queryset.filter(status=wanted.value)
        return queryset.filter(at_stage(wanted)) if wanted else queryset


class TextAdmin(MovingAdmin, RowAdmin):
    search_fields = ["title", "slug", "summary"]
    readonly_fields = ["where", "preview"]
    prepopulated_fields = {"slug": ["title"]}

    @admin.display(description="where it stands", ordering="status")
    def where(self, text: Publishable) -> str:
        if text.status == "published" and text.publish_at and text.publish_at > timezone.now():
            return f"Scheduled for {text.publish_at:%Y-%m-%d %H:%M} UTC"
        if text.proposal_status == Status.PUBLISHED.value:
            return f"Published, changes follow on {text.proposal_at:%Y-%m-%d %H:%M} UTC"
        if text.proposal:
            return f"Published, changes: {text.get_proposal_status_display().lower()}"
        return text.get_status_display()

    @admin.display(description="preview")
    def preview(self, text: Any) -> SafeString | str:
        if text.pk is None:
            return "Save first."
        words = '<a href="{}">Open the preview</a> · <a href="{}">On a phone</a> (each link works for a week)'
        return format_html(words, preview_link(text), phone_link(text))

    def view_on_site(self, obj: Any) -> str | None:
        return obj.get_absolute_url() if obj.is_published(timezone.now()) else None

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        if text := kwargs.get("obj"):
            names = ("send", "publish", "send_back", "withdraw")
            moves = {name: move_address(text, name) for name in names}
            context |= {"panel": panel(request, text), "moves": moves, "compare_address": compare_address(text)}
        return super().render_change_form(request, context, **kwargs)


@admin.register(Lesson)
class LessonAdmin(TextAdmin):
    list_display = ["title", "where", "standing", "course", "technique", "next_review"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter, ("course", admin.EmptyFieldListFilter), "technique"]
    list_select_related = ["technique"]
    search_fields = [*TextAdmin.search_fields, "brief", "body", "deeper"]
    autocomplete_fields = ["technique", "card", "related"]
    fieldsets = [
        STANDING,
        (None, {"fields": ["title", "slug", "summary", "course", "position"]}),
        ("Where it belongs", {"fields": ["technique", "card", "needs", "related"]}),
        (
            "The text, in three sizes",
            {
                "fields": ["brief", "body", "deeper"],
                "description": "Markdown. Footnotes are reference keys: [^wood19]. A story begins with a name: "
                "> **Nadia.** … Links go to pages here, such as /practice/breathing/.",
            },
        ),
        ("What the reader does", {"fields": ["check_question", "task", "reflection"]}),
        REVIEW,
    ]

    def get_list_display(self, request: HttpRequest) -> Any:
        counts = usage_of_lessons()

        @admin.display(description="readers")
        def readers(lesson: Lesson) -> str:
            return counts.get(lesson.slug, Usage()).words

        return [*self.list_display, readers]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if rows := MARKDOWN_ROWS.get(db_field.name):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": rows})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(LessonVariant)
class LessonVariantAdmin(TextAdmin):
    list_display = ["title", "lesson", "language", "where", "standing", "next_review"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter, "language"]
    list_select_related = ["lesson"]
    search_fields = ["title", "slug", "summary", "brief", "body", "deeper"]
    autocomplete_fields = ["lesson"]
    key_fields = ("lesson", "language")
    prepopulated_fields: Any = {}
    fieldsets = [
        STANDING,
        (None, {"fields": ["lesson", "language", "label", "title", "summary"]}),
        (
            "The text, in three sizes",
            {
                "fields": ["brief", "body", "deeper"],
                "description": "Markdown, with the sources of the lesson. How easy it reads is scored in Spanish "
                "alone, and the list of words to avoid is English: have it read by somebody whose language it is.",
            },
        ),
        ("What the reader does", {"fields": ["check_question", "task", "reflection", "card_words"]}),
        REVIEW,
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if rows := MARKDOWN_ROWS.get(db_field.name):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": rows})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.slug = variant_slug(obj.lesson_id, obj.language)
        super().save_model(request, obj, form, change)


@admin.register(Tip)
class TipAdmin(TextAdmin):
    list_display = ["title", "where", "standing", "about", "practice", "next_review"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter, "practice"]
    list_select_related = ["practice"]
    search_fields = [*TextAdmin.search_fields, "body"]
    autocomplete_fields = ["practice"]
    fieldsets = [
        STANDING,
        (None, {"fields": ["title", "slug", "summary", "topics", "practice", "position"]}),
        ("The text", {"fields": ["body"], "description": "Markdown, with at least one source such as [^wood19]."}),
        REVIEW,
    ]

    @admin.display(description="topics")
    def about(self, tip: Tip) -> str:
        return ", ".join(Topic(topic).label for topic in tip.topics)


@admin.register(Guide)
class GuideAdmin(TextAdmin):
    list_display = ["title", "where", "standing", "technique", "skin", "minutes"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter, "skin", "technique"]
    list_select_related = ["technique"]
    autocomplete_fields = ["technique"]
    fieldsets = [
        STANDING,
        (None, {"fields": ["title", "slug", "technique", "skin", "summary", "minutes", "position"]}),
        (
            "What it asks of the body",
            {
                "fields": ["demands"],
                "description": "All that somebody does in it, also what is only a choice. The cautions of each hold.",
            },
        ),
        ("What is said", {"fields": ["ready", "stop", "pattern", "own_length", "steps"]}),
        REVIEW,
    ]


@admin.register(Ladder)
class LadderAdmin(TextAdmin):
    """It has no page of its own: its rungs are said on many, so there is nothing to preview."""

    list_display = ["title", "where", "standing", "technique", "next_review"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter]
    list_select_related = ["technique"]
    search_fields = ["title", "slug", "basis"]
    readonly_fields = ["where"]
    autocomplete_fields = ["technique", "sources"]
    fieldsets = [
        ("Where it stands", {"fields": ["where", "against_its_file"]}),
        (None, {"fields": ["title", "slug", "technique"]}),
        ("The steps", {"fields": ["rungs", "basis", "sources"]}),
        REVIEW,
    ]


@admin.register(StepRule)
class StepRuleAdmin(TextAdmin):
    """What a weekly review proposes, and when. All rules stand on one page, so there is nothing to preview."""

    list_display = ["title", "order", "move", "where", "standing", "next_review"]
    list_filter = [StageFilter, ReviewDueFilter, StateFilter, "move"]
    search_fields = ["title", "slug", "words", "basis"]
    readonly_fields = ["where"]
    autocomplete_fields = ["sources"]
    fieldsets = [
        ("Where it stands", {"fields": ["where", "against_its_file"]}),
        (None, {"fields": ["title", "slug", "order", "move"]}),
        ("When it speaks, and what it says", {"fields": ["when", "words", "basis", "sources"]}),
        REVIEW,
    ]
