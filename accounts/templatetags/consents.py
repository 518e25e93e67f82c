from django import template

from accounts.members import health_consent

register = template.Library()


@register.simple_tag
def health_consent_words() -> str:
    """The words a person agrees to when an account keeps their answers."""
    return health_consent.WORDS
