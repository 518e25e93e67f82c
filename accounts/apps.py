from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.mfa import signals as second_step
        from anymail.signals import tracking

        from accounts.backups import settling  # models exist only from here on
        from accounts.erasing import leaving, tombstones
        from accounts.guard import factor_changes
        from accounts.letters import after_restore
        from accounts.members import own_data, personal_data
        from accounts.newsletter import subscriptions
        from accounts.sending import notices

        for source in own_data.OWN_SOURCES:
            personal_data.register(source)
        tombstones.register(personal_data.who_can_be_erased())
        tombstones.register(subscriptions.which_can_be_erased())
        settling.register(leaving.wait_once_more)
        settling.register(after_restore.settle)
        for changed in (second_step.authenticator_added, second_step.authenticator_removed):
            changed.connect(factor_changes.factor_changed)
        second_step.authenticator_reset.connect(factor_changes.factor_changed)
        second_step.authenticator_used.connect(factor_changes.factor_used)
        second_step.authentication_failed.connect(factor_changes.factor_failed)
        tracking.connect(notices.on_event)
