from django.db import models

from content.models.publishable import Publishable


class LessonText(Publishable):
    """What a lesson says, in whichever language. The 12 minutes are the 4 minutes and `deeper` after them."""

    PARTS = ("brief", "body", "deeper", "check_question", "task", "reflection")

    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=180)
    brief = models.TextField("1 minute", help_text="110 to 240 words.")
    body = models.TextField("4 minutes", help_text="500 to 900 words.")
    deeper = models.TextField("12 minutes, added", help_text="1000 to 1900 words more. Never repeat the 4 minutes.")
    brief_html = models.TextField(editable=False, blank=True)
    body_html = models.TextField(editable=False, blank=True)
    deeper_html = models.TextField(editable=False, blank=True)
    notes = models.JSONField(default=dict, editable=False)
    check_question = models.JSONField("check question", default=dict, blank=True)
    task = models.JSONField("home task", default=dict, blank=True)
    reflection = models.TextField("reflection question", blank=True)

    class Meta(Publishable.Meta):
        abstract = True
