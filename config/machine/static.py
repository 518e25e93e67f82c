"""Static files: hashed names, compressed once, imports of modules by those names, and one style sheet for all pages."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

AN_IMPORT = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[tuple[str, str, bool]]:
        """Where a style sheet of ours names another by `@import "other.css";`, that one stands in its place.

        A browser that meets an import asks for it only then, which on a phone costs a trip to the server and back.
        """
        for name in [] if options.get("dry_run") else list(paths):
            if name.endswith(".css") and self._take_in(name, paths):
                paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)

    def _take_in(self, name: str, paths: Paths) -> int:
        """Puts the imported ones into the collected copy of this file; how many they were."""

        def words_of(imported: re.Match[str]) -> str:
            storage, path = paths[str(PurePosixPath(name).with_name(imported[1]))]
            with storage.open(path) as file:
                return file.read().decode()

        storage, path = paths[name]
        with storage.open(path) as file:
            whole, count = AN_IMPORT.subn(words_of, file.read().decode())
        if count:
            self.delete(name)
            self.save(name, ContentFile(whole.encode()))
        return count
