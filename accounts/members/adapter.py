"""How the account library is fitted to this site: its addresses, its mail, its words."""

import logging
from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string, select_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import unproved
from accounts.core.addresses import normal_address
from accounts.core.devices import device_of
from accounts.guard import known_browser, log_in_tries, marks
from accounts.guard.recovery_codes import SEEDS, open_seed
from accounts.guard.session_store import DEVICE
from accounts.mail import emails, patience
from accounts.members import going
from accounts.models import Leaving, User
from accounts.newsletter import subscriptions
from accounts.sealing import seal

log = logging.getLogger("unloop.accounts")
# Anybody can have these sent to any mailbox, and its owner needs nothing in them to come in.
TO_ANYBODY = ("account/email/unknown_account", "account/email/account_already_exists")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is locked. Write to us if you think that is a mistake."),
        "email_password_mismatch": _("The address and the password do not go together. Check both and try again."),
        "enter_current_password": _("That is not your current password."),
        "incorrect_code": _("That is not the code we sent. Check it, or ask for a new one."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("That was a lot of tries. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("That was a lot of tries. Wait a minute, then try again."),
        "duplicate_email": _("This is already your address."),
        "email_taken": _("That address cannot be used here."),
    }

    def clean_email(self, email: str) -> str:
        return normal_address(email)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix in TO_ANYBODY and not patience.take_turn(email, at=timezone.now()):
            return
        context = {"email": email, **context}
        context["subject"] = render_to_string(f"{template_prefix}_subject.txt", context).strip()
        context["text"] = render_to_string(f"{template_prefix}_message.txt", context).strip()
        html = select_template([f"{template_prefix}_message.html", "accounts/emails/plain.html"])
        mail = emails.Mail(to=email, subject=context["subject"], text=context["text"], html=html.render(context))
        emails.post(mail, at=timezone.now())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Whoever asked for erasing and comes back within the days for it can keep the account with one tap."""
        asked = Leaving.objects.filter(user=user, gone_at__gt=timezone.now()).first()
        return redirect(going.keep_address(asked)) if asked else super().respond_user_inactive(request, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = normal_address(str(credentials.get("email") or ""))
        self._login_failed_rl_usage = log_in_tries.take(request, address, self.get_client_ip(request))
        if not self._login_failed_rl_usage:
            log.info("Too many tries: address %s, from %s.", marks.address_mark(address), self.source(request))
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        whose = marks.address_mark(normal_address(str(credentials.get("email") or "")))
        log.info("A log-in was refused: address %s, from %s.", whose, self.source(request))

    def source(self, request: HttpRequest) -> str:
        return marks.source_mark(self.get_client_ip(request))

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: EmailAddress, signup: bool) -> bool:  # noqa: FBT001 - as the library spells it
        """Whoever signs up is in even when the mailbox just had a code: they ask for theirs later."""
        return unproved.may_be_sent_a_code(request, email_address.email)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:  # noqa: FBT001
        """No code goes to an address that is somebody's already: its owner is told, and the browser is told nothing."""
        address = emailconfirmation.email_address
        if unproved.is_of_another(address):
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **options: Any) -> None:
        """Nothing of an account goes to an address that is not proved to be its own."""
        if user.is_proved:
            super().send_notification_mail(template_prefix, user, *args, **options)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Without a proved address there is none to look the account up by."""
        return super().reauthenticate(user, password) if user.is_proved else user.check_password(password)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address is proved to be the account's own, after sign-up or when it changes."""
        if unproved.is_of_another(email_address):
            messages.error(request, self.error_messages["email_taken"])
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            subscriptions.join_account(email_address.user, email_address.email, at=timezone.now())
        return confirmed

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Nothing is tied to an address before it is proved."""
        log.info("Account %s logged in, from %s.", marks.account_mark(user.pk), self.source(request))
        request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
        if not user.email:
            return super().post_login(request, user, **details)
        subscriptions.join_account(user, user.email, at=timezone.now())
        response = super().post_login(request, user, **details)
        known_browser.remember(request, response, normal_address(user.email))
        return response


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Enter the one shown now."),
    }

    def encrypt(self, text: str) -> str:
        """Seeds of apps and of recovery codes, as the library keeps them."""
        return seal(text, SEEDS)

    def decrypt(self, encrypted_text: str) -> str:
        """A code whose hash alone is kept can be compared, and not read."""
        return open_seed(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """A first name for a passkey, to be changed at will."""
        return str(_("My passkey"))

    def build_totp_svg(self, url: str) -> str:
        """On a ground of its own: dark on dark, as a dark page would show it, no camera can read it."""
        # With the first of them, as in coaching/summary/qr.py.
        import qrcode  # noqa: PLC0415
        from qrcode.image.svg import SvgPathFillImage  # noqa: PLC0415

        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()
