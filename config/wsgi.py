import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.machine.counting import count_together
from config.machine.postgresql import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
count_together(settings.VAR_DIR)
patience.a_person_waits()
django_itself = get_wsgi_application()

# What follows needs the apps to be there.
from config.pages import standby  # noqa: E402
from config.ready.front import in_front_of  # noqa: E402

standby.start(django_itself)
application = in_front_of(django_itself)
