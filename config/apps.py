from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register


class StaffAdminConfig(AdminConfig):
    """Django's admin with our first page. It names it by its path: models may not be imported yet."""

    default_site = "config.admin_site.StaffSite"

    def ready(self) -> None:
        from config.machine.proxies import count_proxies

        super().ready()
        register(count_proxies, Tags.security, deploy=True)
