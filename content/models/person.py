from django.db import models

from content.models.row import NamedRow


class StoryPerson(NamedRow):
    """A made-up person whose story runs through the lessons."""

    AUTHORED = ("name", "age", "about")

    name = models.CharField(max_length=60)
    age = models.PositiveSmallIntegerField()
    about = models.TextField()

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "story people"

    def __str__(self) -> str:
        return self.name
