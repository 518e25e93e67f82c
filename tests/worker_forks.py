"""Workers without the seconds that each would need to load: forked from a process that has loaded them already.

Each line on standard input asks for one; its process id is the answer.
"""

import os
import signal
import sys

import django
from django.core.management import call_command, load_command_class

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    load_command_class("accounts", "worker")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            call_command("worker", interval=0.2)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
