"""ZIP files whose bytes depend on their content alone: fixed dates, fixed order, sizes in the local headers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

try:
    from isal import igzip_lib
except ImportError:  # not built for this processor: zlib does the same, more slowly
    _QUICK = False
else:
    _QUICK = True

# 1 January 1980, the first day a ZIP file can name; the time of day is midnight.
_DATE = (1 << 5) | 1
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL_HEAD = struct.Struct("<4sHHHHHHIIIHHHHHI")
_OFFSET = struct.Struct("<I")
_END = struct.Struct("<4sHHHHIIH")
_DEFLATED = 8
_UTF8_NAME = 0x800


def deflate(data: bytes) -> bytes:
    """The bytes as a raw deflate stream, quickly: for files written once and read seldom."""
    if _QUICK:
        return igzip_lib.compress(data, 2, igzip_lib.COMP_DEFLATE)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def deflate_small(data: bytes) -> bytes:
    """The bytes as a raw deflate stream, as small as zlib makes it: for what is packed once and written many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@dataclass(frozen=True, slots=True)
class Member:
    """One packed file: its local header with data, and its central directory entry without the offset."""

    local: bytes
    central: bytes
    name: bytes


def member(name: bytes, data: bytes, packed: bytes) -> Member:
    """A member from a file's name, its bytes and the same bytes deflated."""
    crc = zlib.crc32(data)
    flags = 0 if name.isascii() else _UTF8_NAME
    sizes = (crc, len(packed), len(data), len(name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", 20, flags, _DEFLATED, 0, _DATE, *sizes)
    central = _CENTRAL_HEAD.pack(b"PK\x01\x02", 20, 20, flags, _DEFLATED, 0, _DATE, *sizes, 0, 0, 0, 0)
    return Member(local + name + packed, central, name)


def assemble(members: Sequence[Member]) -> bytes:
    """The ZIP file of these members, in this order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for item in members:
        pieces.append(item.local)
        directory += (item.central, _OFFSET.pack(position), item.name)
        position += len(item.local)
    listing = b"".join(directory)
    count = len(members)
    pieces += (listing, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), position, 0))
    return b"".join(pieces)


def write(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file of the parts, in the order given; the same parts give the same bytes on any day."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    return assemble([member(name.encode("utf-8"), data, deflate_small(data)) for name, data in pairs])
