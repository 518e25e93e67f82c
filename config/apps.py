from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin with our first page. It names it by its path: models may not be imported yet."""

    default_site = "config.admin_site.StaffSite"
