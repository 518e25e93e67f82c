from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from anymail.signals import tracking

        from accounts.members import own_data, personal_data  # models exist only from here on
        from accounts.sending import notices

        for source in own_data.OWN_SOURCES:
            personal_data.register(source)
        tracking.connect(notices.on_event)
