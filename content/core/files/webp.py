"""Tells from the parts of a WebP file whether it holds a picture and nothing else.

A WebP is a RIFF container: a head with the length of all that follows, then parts, each with a name of four
signs, a length and its bytes, padded to an even number. Place and camera (EXIF), words about the picture
(XMP), a colour profile, moving pictures and whatever a stranger added are parts of other names; bytes behind
the last part belong to none. Source: the WebP container specification, RFC 9649, section 2.
"""

import struct

HEAD = 12
SHOWS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
"""The picture itself, in its lossy or lossless form; the flags of an extended file; what is see-through."""


def is_bare(data: bytes) -> bool:
    """Whether every byte of a file belongs to one still picture. That it can be drawn is for others to try."""
    if len(data) < HEAD or data[:4] != b"RIFF" or data[8:HEAD] != b"WEBP":
        return False
    names = _names(data)
    return bool(names) and set(names) <= SHOWS


def _names(data: bytes) -> list[bytes]:
    """The names of the parts; none when the lengths that the file gives are not those that it has."""
    (length,) = struct.unpack("<I", data[4:8])
    names, place = [], HEAD
    while place + 8 <= len(data):
        name, size = struct.unpack("<4sI", data[place : place + 8])
        names.append(name)
        place += 8 + size + size % 2
    return names if place == len(data) == length + 8 else []
