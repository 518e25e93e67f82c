import gc
import os
from importlib import import_module

# Next to nothing of what is loaded is ever thrown away: to look through it again and again takes a fourth of a start.
gc.disable()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from config.machine.counting import count_together  # noqa: E402
from config.machine.postgresql import patience  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
count_together(settings.VAR_DIR)
patience.a_person_waits()
django_itself = get_wsgi_application()

# What follows needs the apps to be there.
from config.pages import settled, standby  # noqa: E402
from config.ready.front import in_front_of  # noqa: E402

# Here, and not while the first person waits.
import_module(settings.ROOT_URLCONF)
gc.enable()
settled.begin()
standby.start(django_itself)
application = in_front_of(django_itself)
