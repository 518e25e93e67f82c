"""The one address at which the operator's mail provider reports bounces and complaints, if one is named."""

from typing import Any

from anymail.urls import urlpatterns as of_all_providers
from django.conf import settings


def provider_urls() -> list[Any]:
    return [each for each in of_all_providers if each.name == f"{settings.MAIL_PROVIDER}_tracking_webhook"]
