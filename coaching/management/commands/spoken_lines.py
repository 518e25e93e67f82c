import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coaching.voices.of_files import spoken_lines
from content.files.library import LIBRARY, read_library


class Command(BaseCommand):
    help = "Prints every line that a voice has to say, as JSON: one a line, with its language, places and seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=LIBRARY, help="Read the files of another folder.")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default="", help="The lines of this language alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        library = read_library(options["folder"])
        asked = options["language"]
        for language in [asked] if asked else [code for code, _name in settings.LANGUAGES]:
            for line in spoken_lines(library, language):
                self.stdout.write(json.dumps({"language": language, **asdict(line)}, ensure_ascii=False))
