#!/usr/bin/env python
import os
import sys

from config.machine.one_sentence import sentence_of

LONG = {"worker", "runserver"}
"""What runs on, and in several threads. Any other command needs one connection, and hears why it cannot have it."""

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not LONG & set(sys.argv[1:2]):
        os.environ.setdefault("DATABASE_POOL", "0")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except Exception as trouble:
        words = sentence_of(trouble)
        if words is None or "--traceback" in sys.argv:
            raise
        sys.exit(f"manage.py: {words}")
