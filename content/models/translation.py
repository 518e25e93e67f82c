from django.db import models

from content.models.fields import RuledCharField


class Translation(models.Model):
    """A text of the library in another language, by its very words: changed words have none, and their page says so.

    The texts that came with the library have theirs in `templates/locale`. What staff write or change has it here.
    """

    language = RuledCharField(max_length=5, choices=[("es", "Spanish")], default="es")
    english = models.TextField(help_text="Word for word as it stands in the library.")
    words = models.TextField("in that language")
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated"]
        constraints = [models.UniqueConstraint(name="translated_once", fields=["language", "english"])]

    def __str__(self) -> str:
        return self.words[:80]
