"""The account library's forms in this site's words."""

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import unproved
from accounts.core.addresses import address_fault, normal_address
from accounts.core.consent_words import NEWSLETTER_WORDS, newsletter_version
from accounts.core.typed import code_as_meant
from accounts.forms.fields import AddressField
from accounts.guard import log_in_tries
from accounts.models import Consent, ConsentKind, User

LATER = EmailVerificationMethod.OPTIONAL
PASSWORD_HELP = _("At least 10 characters. A few words in a row work well.")
CODE_HELP = _("8 digits, from the email we just sent.")
WORDS: dict[str, tuple[Any, Any]] = {
    "login": (_("Email address"), ""),
    "email": (_("Email address"), ""),
    "password": (_("Password"), ""),
    "oldpassword": (_("Current password"), ""),
    "password1": (_("New password"), PASSWORD_HELP),
    "password2": (_("New password, once more"), ""),
    "code": (_("Code"), CODE_HELP),
    "name": (_("What shall it be called?"), _("So that you know it again, such as “my phone”.")),
    "passwordless": (_("Let it open my account by itself, without the password"), ""),
}


class AsMeant:
    """Cleans a field of the account library from what was really typed or pasted: unseen signs, spaces in a code."""

    def __init__(self, field: forms.Field, meant: Callable[[str], str]) -> None:
        self.clean, self.meant = field.clean, meant

    def __call__(self, value: object) -> object:
        return self.clean(self.meant(value) if isinstance(value, str) else value)


MEANT = {"code": code_as_meant, "login": normal_address, "email": normal_address}


class Worded:
    """Gives each field this site's label and hint, no placeholder that vanishes as one types, and no length at which a
    browser cuts off what is pasted: the site refuses what is too long.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            for unwanted in ("placeholder", "maxlength"):
                field.widget.attrs.pop(unwanted, None)
            field.label, field.help_text = WORDS.get(name, (field.label, field.help_text))
            if name in MEANT:
                field.clean = AsMeant(field, MEANT[name])  # type: ignore[method-assign]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric"}


def helper(label: Any) -> FormHelper:
    made = FormHelper()
    made.add_input(Submit("", label, css_class="first"))
    return made


class LoginForm(Worded, account_forms.LoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = helper(_("Log in"))

    def clean_login(self) -> str:
        return normal_address(self.cleaned_data["login"])


class SignupForm(Worded, account_forms.SignupForm):
    email = AddressField(fault=address_fault)
    newsletter = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].label = _("Choose a password")
        self.fields["email"].help_text = _(
            "We send a code to it. You are in at once, and enter the code when you like."
        )
        self.fields["newsletter"].label = NEWSLETTER_WORDS[self.words_version]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "email", "password1", "newsletter", ButtonHolder(Submit("", _("Sign up"), css_class="first"))
        )

    @property
    def words_version(self) -> str:
        return newsletter_version(get_language() or "")

    def validate_unique_email(self, value: str) -> str:
        """Whether it is taken changes nothing here: both go the same way."""
        return value

    def try_save(self, request: HttpRequest) -> tuple[User, HttpResponse]:
        """In at once: the code is for later."""
        user = self.save(request)
        return user, complete_signup(request, user=user, email_verification=LATER)

    def save(self, request: HttpRequest) -> User:
        """As the library does it, but the address stays a wish until it is proved, whether or not it is taken."""
        user: User = get_adapter().new_user(request)
        user.set_password(self.cleaned_data["password1"])
        user.save()
        self.custom_signup(request, user)
        unproved.wish_for(user, self.cleaned_data["email"])
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        super().custom_signup(request, user)
        if self.cleaned_data["newsletter"]:
            words, version = NEWSLETTER_WORDS[self.words_version], self.words_version
            kind = ConsentKind.NEWSLETTER
            Consent.objects.give(user, kind, words=words, words_version=version, at=timezone.now())


class ConfirmEmailCodeForm(Worded, account_forms.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        """The code alone. Others may wish for the same address, and whether one owns it is asked when it is proved."""
        return str(account_forms.BaseConfirmCodeForm.clean_code(self))


class ConfirmPasswordResetCodeForm(Worded, account_forms.ConfirmPasswordResetCodeForm):
    pass


class AddEmailForm(Worded, account_forms.AddEmailForm):
    email = AddressField(fault=address_fault)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = _("New email address")
        self.fields["email"].help_text = _("We send a code to it. Until you enter the code, your old address stays.")
        if not self.user.is_proved:
            self.fields["email"].label = _("Email address")
            self.fields["email"].help_text = _("We send a code to it.")

    def save(self, request: HttpRequest) -> EmailAddress:
        if not self.user.is_proved:
            unproved.wish_for(self.user, self.cleaned_data["email"])
        return super().save(request)


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    pass


class ResetPasswordForm(Worded, account_forms.ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        """A wish for an address is not the address: the code would open an account that somebody else made."""
        address: str = super().clean_email()
        adapter, request = get_adapter(), context.request
        if not log_in_tries.take_reset(request, normal_address(address), adapter.get_client_ip(request)):
            raise adapter.validation_error("rate_limited")
        self.users = [user for user in self.users if user.is_proved]
        return address


class ResetPasswordKeyForm(Worded, account_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Worded, account_forms.ReauthenticateForm):
    pass


class AuthenticateForm(Worded, mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = _("From your authenticator app, or one of your recovery codes.")


class ReauthenticateCodeForm(Worded, mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = _("From your authenticator app, or one of your recovery codes.")


class ActivateTotpForm(Worded, totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = _("The 6 digits your app shows now.")


class AddPasskeyForm(Worded, webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(Worded, webauthn_forms.EditWebAuthnForm):
    pass
