"""The bytes of a list that somebody brought, kept in pieces, and read again without ever being in memory whole."""

import codecs
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.core.importing.files import ALPHABETS, ImportFileError, Layout, encoding_of, layout_of, start_of
from accounts.models import ImportChunk, SubscriberImport, User

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 512 * 1024
LOOKED_AT = 256 * 1024
"""How many bytes of a beginning the guesses go by."""


class KeptFile(RawIOBase):
    """One piece at a time; `told` is how many bytes have been read."""

    def __init__(self, brought: SubscriberImport) -> None:
        self.coming = _pieces(brought)
        self.rest = b""
        self.told = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        if not self.rest:
            self.rest = next(self.coming, b"")
        count = min(len(view), len(self.rest))
        view[:count], self.rest = self.rest[:count], self.rest[count:]
        self.told += count
        return count


def _pieces(brought: SubscriberImport) -> Iterator[bytes]:
    """By number, each in a query of its own: a cursor left open would keep a connection busy while rows are written."""
    for number in range(brought.chunks.count()):
        yield bytes(brought.chunks.get(number=number).data)


def text_of(brought: SubscriberImport) -> tuple[KeptFile, TextIOWrapper]:
    file = KeptFile(brought)
    # Line ends are left as they are, also within cells; a lone CR ends a line too.
    return file, TextIOWrapper(BufferedReader(file), encoding=brought.encoding, newline="")


@transaction.atomic
def keep(file: UploadedFile, *, by: User | None, at: datetime) -> SubscriberImport:
    """The file in pieces, with a first idea of how to read it. Raises ImportFileError."""
    made = SubscriberImport.objects.create(file_name=str(file.name)[:200], made_by=by, made_at=at, touched_at=at)
    is_utf8, size = _write(made, file.chunks(PIECE))
    made.size, made.encoding = size, encoding_of(beginning(made), is_utf8=is_utf8)
    layout = layout_of(_decoded(made), made.encoding)
    made.separator, made.has_headings = layout.separator, layout.has_headings
    made.save(update_fields=["size", "encoding", "separator", "has_headings"])
    first_rows(made)
    return made


def _write(made: SubscriberImport, pieces: Iterable[bytes]) -> tuple[bool, int]:
    """Whether all of it is UTF-8, and how long it is."""
    decoder, is_utf8, size = codecs.getincrementaldecoder("utf-8")(), True, 0
    for number, piece in enumerate(pieces):
        ImportChunk.objects.create(brought=made, number=number, data=piece)
        is_utf8, size = is_utf8 and _goes_on(decoder, piece), size + len(piece)
    return is_utf8 and _goes_on(decoder, b"", is_end=True), size


def _goes_on(decoder: codecs.IncrementalDecoder, piece: bytes, *, is_end: bool = False) -> bool:
    try:
        decoder.decode(piece, is_end)
    except UnicodeDecodeError:
        return False
    return True


def beginning(brought: SubscriberImport) -> bytes:
    first = brought.chunks.filter(number=0).values_list("data", flat=True).first()
    return bytes(first)[:LOOKED_AT] if first else b""


def _decoded(brought: SubscriberImport) -> str:
    """The beginning as text; a sign cut in half at its end is left out."""
    return codecs.getincrementaldecoder(brought.encoding)("replace").decode(beginning(brought))


def layout_now(brought: SubscriberImport) -> Layout:
    return Layout(encoding=brought.encoding, separator=brought.separator, has_headings=brought.has_headings)


def check_layout(brought: SubscriberImport, layout: Layout) -> None:
    """Whether the beginning can be read so. Raises ImportFileError."""
    try:
        text = codecs.getincrementaldecoder(layout.encoding)("strict").decode(beginning(brought))
    except UnicodeError:
        alphabet = ALPHABETS.get(layout.encoding, layout.encoding)
        raise ImportFileError(f"The file holds signs that are not {alphabet}. It is read as before.") from None
    _rows_of(text, layout, is_whole=brought.size <= LOOKED_AT)


def first_rows(brought: SubscriberImport) -> list[list[str]]:
    """Headings and the rows that follow, as far as they lie in the beginning. Raises ImportFileError."""
    return _rows_of(_decoded(brought), layout_now(brought), is_whole=brought.size <= LOOKED_AT)


def _rows_of(text: str, layout: Layout, *, is_whole: bool) -> list[list[str]]:
    rows = start_of(text, layout, is_whole=is_whole)
    if len(rows) <= int(layout.has_headings):
        raise ImportFileError("The file has headings and no rows." if rows else "The file holds no rows.")
    return rows
