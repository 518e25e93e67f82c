"""What stands in front of the site must be counted, or its limits count everybody as one visitor."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def count_proxies(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A proxy that ends TLS is a proxy: without its number, five wrong passwords of anybody lock out all."""
    if settings.BEHIND_TLS_PROXY and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        words = "BEHIND_TLS_PROXY is true and TRUSTED_PROXY_COUNT is 0, so every visitor counts as the proxy."
        hint = "Set TRUSTED_PROXY_COUNT to how many proxies of your own stand in front: 1 for one."
        return [Error(words, hint=hint, id="unloop.E010")]
    return []
