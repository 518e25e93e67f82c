"""The words people agree to, by version. Append only: old words are the proof of old consents.

The words of another language have a version of their own, named by it: 2026-11-es.
"""

from collections.abc import Mapping


def version_in(language: str, version: str, words: Mapping[str, str]) -> str:
    """The version in which somebody of a language is asked; es-mx is asked as es, all others in English."""
    own = f"{version}-{language.partition('-')[0]}"
    return own if own in words else version


NEWSLETTER_WORDS = {
    "2026-11": (
        "Send me free tips on back pain, worry, sleep and moving by email. "
        "I can change or stop them with one click in any letter."
    ),
    "2026-11-es": (
        "Quiero recibir por correo consejos gratuitos sobre el dolor de espalda, la preocupación, el sueño y el "
        "movimiento. "
        "Puedo cambiarlos o dejar de recibirlos con un clic en cualquier carta."
    ),
}
NEWSLETTER_VERSION = "2026-11"
NEWSLETTER_VERSIONS = {"es": "2026-11-es"}
"""Language -> its words of today; all others are asked in English."""


def newsletter_version(language: str) -> str:
    """The words in which somebody of a language is asked; es-mx is asked as es."""
    return NEWSLETTER_VERSIONS.get(language.partition("-")[0], NEWSLETTER_VERSION)


def language_of_newsletter(version: str) -> str:
    """The language of the words of a version, today's or an earlier one; empty for words that are not ours."""
    if version not in NEWSLETTER_WORDS:
        return ""
    return next((language for language in NEWSLETTER_VERSIONS if version.endswith(f"-{language}")), "en")


HEALTH_WORDS = {
    "2026-11": (
        "Unloop may keep my answers about pain, worry and sleep in my account, to make my plan and show my progress. "
        "I can see them, take them with me, or erase them at any time."
    ),
    "2026-11-es": (
        "Unloop puede guardar en mi cuenta mis respuestas sobre el dolor, la preocupación y el sueño, para hacer mi "
        "plan y mostrar cómo me va. Puedo verlas, llevármelas o borrarlas cuando quiera."
    ),
}
HEALTH_VERSION = "2026-11"

REMINDERS_WORDS = {
    "2026-11": "Send me a reminder by email at the time I chose. I can turn it off in my profile at any time.",
    "2026-11-es": (
        "Quiero recibir un recordatorio por correo a la hora que elegí. Puedo quitarlo en mi perfil cuando quiera."
    ),
    "2026-12": (
        "Remind me on the days and at the hour I chose, in the way I chose. I can stop it in any reminder, and on the "
        "page of my reminders, at any time."
    ),
    "2026-12-es": (
        "Quiero recibir recordatorios los días y a la hora que he elegido, de la forma que he elegido. Puedo dejar de "
        "recibirlos desde cualquier recordatorio, o en la página de mis recordatorios, en cualquier momento."
    ),
}
REMINDERS_VERSION = "2026-12"

REMINDERS_BY_CHANCE_WORDS = {
    "2026-12": (
        "Leave out about half of my reminders by chance, to see whether they help me. Unloop may compare the days with "
        "a reminder and the days without one. I can take this back at any time."
    ),
    "2026-12-es": (
        "Quiero que se omita al azar más o menos la mitad de mis recordatorios, para ver si me ayudan. Unloop puede "
        "comparar los días con recordatorio y los días sin él. Puedo retirarlo en cualquier momento."
    ),
}
REMINDERS_BY_CHANCE_VERSION = "2026-12"

COURSE_LETTERS_WORDS = {
    "2026-11": (
        "Write to me about my course too: when a lesson waits, when I have been away, and when I finish. "
        "For this the letters look at which lessons I finished and when I last came, and at no answer of mine."
    ),
    "2026-11-es": (
        "Quiero recibir también cartas sobre mi curso: cuando espera una lección, cuando llevo tiempo sin venir y "
        "cuando termino. Para eso las cartas miran qué lecciones terminé y cuándo vine por última vez, y ninguna de "
        "mis respuestas."
    ),
}
COURSE_LETTERS_VERSION = "2026-11"

POOLING_WORDS = {
    "2026-11": (
        "My ratings may be counted together with those of at least 20 people, without my name, to make better "
        "suggestions for others. I can take this back at any time."
    ),
    "2026-11-es": (
        "Mis valoraciones se pueden contar junto con las de al menos 20 personas, sin mi nombre, para hacer mejores "
        "propuestas a otras. Puedo retirar esto cuando quiera."
    ),
}
POOLING_VERSION = "2026-11"

RESEARCH_WORDS = {
    "2026-11": (
        "My answers on pain, worry and mood, how long I have had the pain and how often I practised may be given to "
        "researchers, without my name and with moved dates. Somebody who knows me well may still find me in them. I "
        "can take this back at any time; what was handed out before stays out."
    ),
    "2026-11-es": (
        "Mis respuestas sobre dolor, preocupación y ánimo, cuánto hace que tengo el dolor y cuántas veces practiqué "
        "pueden darse a investigadores, sin mi nombre y con las fechas movidas. Alguien que me conozca bien podría "
        "encontrarme en ellas. Puedo retirarlo cuando quiera; lo que ya se entregó sigue fuera."
    ),
}
RESEARCH_VERSION = "2026-11"
