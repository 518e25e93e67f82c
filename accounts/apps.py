from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as second_step
        from anymail.signals import tracking
        from django.contrib.auth.signals import user_logged_out

        from accounts.backups import settling  # models exist only from here on
        from accounts.erasing import leaving, tombstones
        from accounts.guard import factor_changes, what_happened
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
        for new in (account.password_changed, account.password_set, account.password_reset):
            new.connect(what_happened.password_changed)
        account.email_changed.connect(what_happened.address_changed)
        account.email_confirmed.connect(what_happened.address_proved)
        for wrong in (
            account.login_code_rejected,
            account.password_reset_code_rejected,
            account.email_verification_code_rejected,
        ):
            wrong.connect(what_happened.code_refused)
        user_logged_out.connect(what_happened.logged_out)
        tracking.connect(notices.on_event)
