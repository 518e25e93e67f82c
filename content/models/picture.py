"""Pictures in lessons, and the files that browsers get.

The bytes are in the database. Web processes on several machines share nothing else, a backup of it is
then a backup of the whole library, and a picture appears and goes with its row. That is meant for some
hundred pictures of a few sizes, each well below a megabyte: pages never read these columns, and a file is
asked for once and then kept by browsers and proxies, because its name is a digest of what it holds.

A picture is a row of the library: its file is its original and its words. The row names the original by its
digest, and originals stay, so that a picture can be what it was, as every row can.
"""

from typing import Any

from django.db import models
from django.urls import reverse

from content.models.row import NamedRow


class Picture(NamedRow):
    AUTHORED = ("description", "digest")

    slug = models.SlugField("name", max_length=60, unique=True, help_text="Texts say ![what it shows](picture:name).")
    description = models.CharField(
        max_length=300, help_text="What somebody who cannot see it should know. A text may say it in its own words."
    )
    digest = models.CharField("the picture", max_length=64, editable=False)
    drawn_from = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(name="picture_has_a_description", condition=~models.Q(description="")),
        ]

    def __str__(self) -> str:
        return self.slug


class PictureOriginal(models.Model):
    """What pictures are drawn from, kept to the byte and never given to a browser. `content/files/originals.py`"""

    digest = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class PictureFileQuerySet(models.QuerySet[Any]):
    def without_bytes(self) -> "PictureFileQuerySet":
        return self.defer("data")


class PictureFile(models.Model):
    """One picture in one width and one format."""

    FORMATS = {"avif": "image/avif", "webp": "image/webp"}

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="files")
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in FORMATS])
    width = models.PositiveIntegerField()
    data = models.BinaryField()

    objects = PictureFileQuerySet.as_manager()

    class Meta:
        ordering = ["picture", "kind", "width"]
        constraints = [
            models.UniqueConstraint(name="picture_file_once_a_width", fields=["picture", "kind", "width"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:picture", args=[self.name])
