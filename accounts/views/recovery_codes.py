"""The page of recovery codes: shown once, and hashed in the same moment. It stands before the account library's own."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from django.views.generic import RedirectView

from accounts.guard.recovery_codes import keep_hashes_alone


class RecoveryCodesPage(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if context["can_view_codes"]:
            keep_hashes_alone(Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.RECOVERY_CODES))
        return context


recovery_codes = RecoveryCodesPage.as_view()
# A second door to the codes would be a second place that has to forget them.
recovery_codes_file = RedirectView.as_view(pattern_name="mfa_view_recovery_codes")
