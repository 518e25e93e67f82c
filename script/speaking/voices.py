"""The voices that speak here, and how their recordings are made."""

from content.core.voices.manifest import Voice

PACE = 0.85
FASTEST = 1.15
"""A line that is longer than its step is spoken faster, and never faster than this."""

STYLES = {"heart": "af_heart", "michael": "am_michael", "dora": "ef_dora", "alex": "em_alex"}
"""The name of the file of each voice in `kokoro-js`."""


def _voice(name: str, language: str, says: str) -> Voice:
    made = f"kokoro-82m v1.0 {STYLES[name]}; pace {PACE}, faster in a short step; mp3 24 kHz mono 24 kbit/s; -20 LUFS"
    return Voice(name=name, language=language, says=says, settings=made)


VOICES = (
    _voice("heart", "en", "Heart, a woman"),
    _voice("michael", "en", "Michael, a man"),
    _voice("dora", "es", "Dora, una mujer"),
    _voice("alex", "es", "Alex, un hombre"),
)
"""The first of a language speaks unless somebody chose another. Settings are part of the name of each recording:
whoever changes them makes all of it anew."""
