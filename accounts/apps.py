from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import own_data, personal_data  # models exist only from here on

        for source in own_data.OWN_SOURCES:
            personal_data.register(source)
