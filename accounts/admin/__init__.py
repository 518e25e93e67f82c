from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from accounts.admin import editions, mail, subscribers, users

__all__ = ["editions", "mail", "subscribers", "users"]

# One way in for everybody: the same limits, the same second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
