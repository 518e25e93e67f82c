"""Pictures: uploaded once, judged by what they hold, and named in texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.models import Picture
from content.pictures import Drawn, PictureError, draw, keep, shown
from content.rendering import render_texts_with

UPLOAD_HELP = "JPEG, PNG, WebP or AVIF, 10 MB at most. Place and camera are taken out of it."


class PictureForm(forms.ModelForm):
    upload = forms.FileField(label="The picture", help_text=UPLOAD_HELP)

    class Meta:
        model = Picture
        fields = ("slug", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drawn: Drawn | None = None
        self.fields["upload"].required = self.instance.pk is None

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.drawn = draw(upload.file, upload.size)
            except PictureError as error:
                raise forms.ValidationError(str(error)) from None
        return upload


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    form = PictureForm
    list_display = ["slug", "description", "width", "height", "updated"]
    search_fields = ["slug", "description"]
    fields = ["slug", "description", "upload", "as_shown"]
    readonly_fields = ["as_shown"]

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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*(["slug"] if obj else []), *super().get_readonly_fields(request, obj)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A text may name it; what is not wanted any more is not named."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if form.drawn:
            keep(obj, form.drawn)
        else:
            super().save_model(request, obj, form, change)
        render_texts_with(obj.slug)
