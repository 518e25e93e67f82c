"""Static files: hashed names, compressed once, imports of modules by those names, and one style sheet for all pages.

Our scripts are sent without their comments: those are for who reads the repository, and a phone would pay for them.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = re.compile(r"js/[\w-]+\.js")
A_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
"""One that has its lines for itself. Whatever stands behind code stays, so that no string can be taken for one."""

AN_IMPORT = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]
Change = Callable[[str, str, Paths], tuple[str, int]]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[tuple[str, str, bool]]:
        """Where a style sheet of ours names another by `@import "other.css";`, that one stands in its place.

        A browser that meets an import asks for it only then, which on a phone costs a trip to the server and back.
        A script of ours loses its comments.
        """
        for name in [] if options.get("dry_run") else list(paths):
            if name.endswith(".css") and self._write_anew(name, paths, self._with_imports):
                paths[name] = (self, name)
            if OURS.fullmatch(name) and self._write_anew(name, paths, self._without_comments):
                paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)

    def _write_anew(self, name: str, paths: Paths, change: Change) -> int:
        """Changes the collected copy of this file; at how many places."""
        text, count = change(name, self._words_of(name, paths), paths)
        if count:
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
        return count

    def _words_of(self, name: str, paths: Paths) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    def _with_imports(self, name: str, text: str, paths: Paths) -> tuple[str, int]:
        def imported(line: re.Match[str]) -> str:
            return self._words_of(str(PurePosixPath(name).with_name(line[1])), paths)

        return AN_IMPORT.subn(imported, text)

    def _without_comments(self, name: str, text: str, paths: Paths) -> tuple[str, int]:
        return A_COMMENT.subn("", text)
