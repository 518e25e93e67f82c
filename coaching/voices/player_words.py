"""What the player says of our own voice: its dials, and its place on a device.

They come with the list of voices (`/voices/<language>/`), so that a practice page without sound is not larger for them.
"""

from django.utils.translation import gettext as _


def player_words() -> dict[str, str]:
    """In the language that is active now."""
    return {
        "who": _("Who speaks"),
        "how_fast": _("How fast"),
        "slower": _("A little slower"),
        "pace": _("As recorded"),
        "faster": _("A little faster"),
        "how_loud": _("How loud"),
        "full": _("As loud as the device"),
        "softer": _("Softer"),
        "quiet": _("Very soft"),
        "hear": _("Hear it"),
        "keep": _("Keep this practice with its voice ({})"),
        "keeping": _("It is being put on this device."),
        "kept": _("The voice of this practice is on this device now. You can hear it without a network."),
        "remove": _("Take its voice off this device"),
        "removed": _("The voice is off this device. The practice itself stays."),
        "no_room": _("This device has no room for the voice. The practice itself stays, and your device can speak."),
        "not_now": _("That did not work just now. Please try again when there is a network."),
    }
