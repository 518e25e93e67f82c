"""Pictures: uploaded once, judged by what they hold, and named in texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.admin.forms import RowForm
from content.admin.history import change_address
from content.admin.merging import FieldMerge
from content.admin.rows import RowAdmin, StateFilter
from content.core.files.formats import Format
from content.core.files.shapes import SLUG
from content.files.originals import digest_of
from content.models import Picture, Row
from content.pictures.drawing import PictureError, keep_original, original_from, shown
from content.pictures.uses import texts_with

UPLOAD_HELP = "JPEG, PNG, WebP or AVIF, 10 MB at most. Place and camera are taken out of it."


class PictureForm(RowForm):
    upload = forms.FileField(label="The picture", help_text=UPLOAD_HELP)

    class Meta:
        model = Picture
        fields = ("slug", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = b""
        self.fields["upload"].required = self.instance.pk is None

    def clean_slug(self) -> Any:
        name = self.cleaned_data["slug"]
        if not SLUG.match(name):
            raise forms.ValidationError("Lower-case letters and digits, with one - or _ between them: warm-hands.")
        return name

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.original = original_from(upload.file, upload.size)
            except PictureError as error:
                raise forms.ValidationError(str(error)) from None
        return upload

    def _values(self, cleaned: dict[str, Any], of: Format) -> dict[str, Any]:
        drawn = {"digest": digest_of(self.original)} if self.original else {}
        return super()._values(cleaned, of) | drawn


@admin.register(Picture)
class PictureAdmin(RowAdmin):
    form = PictureForm
    list_display = ["slug", "description", "width", "height", "standing", "updated"]
    list_filter = [StateFilter]
    search_fields = ["slug", "description"]
    fields = ["slug", "description", "upload", "as_shown", "shown_in", "against_its_file"]
    readonly_fields = ["as_shown", "shown_in"]

    @admin.display(description="as readers see it")
    def as_shown(self, picture: Picture) -> SafeString | str:
        if not picture.pk:
            return "Save first."
        one = shown([picture.slug])[picture.slug]
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" class="sample"><p><code>![{}](picture:{})</code></p>',
            one.source,
            picture.description,
            one.width,
            one.height,
            picture.description,
            picture.slug,
        )

    @admin.display(description="shown in")
    def shown_in(self, picture: Picture) -> SafeString | str:
        links = [(change_address(text), text) for text in texts_with(picture.slug)] if picture.pk else []
        return (
            format_html_join(", ", '<a href="{}">{}</a>', links) or "No text yet. Only what a text shows is exported."
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A text may name it; what is not wanted any more is not named."""
        return False

    def _said_by_others(self, request: HttpRequest, row: Row) -> list[FieldMerge]:
        """A file cannot be sent along to a page that asks to choose; what the first said stays in the history."""
        return [] if request.FILES else super()._said_by_others(request, row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if form.original:
            keep_original(form.original)
        super().save_model(request, obj, form, change)
