from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext as _


class OpenSession(models.Model):
    """One log-in that stands: on what kind of device, and since when. It goes with its session."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="open_session")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions")
    began_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True, help_text="Such as “Firefox on Android”.")

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"Log-in of {self.began_at:%d %B %Y}"

    @property
    def device_in_words(self) -> str:
        """In the language of the page; empty where nothing of the device is known."""
        browser, both, system = self.device.partition(" on ")
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if both else browser
