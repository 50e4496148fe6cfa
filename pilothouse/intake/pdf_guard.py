"""Would this PDF fill the memory? Asked before its words or pages are looked at, which know no limit.

A stream may pack a thousand times its size, and one packed twice a million times; and a file of few bytes may name
millions of objects. Both are counted without unpacking more than `MOST_UNPACKED` at once.

Limits: pictures are not asked, as they are unpacked line by line and only when a page is drawn; nor are streams packed
otherwise than by Flate, which pack less.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Any

MB = 1024 * 1024
MOST_UNPACKED = 64 * MB
_MOST_OF_PACKING = 1032  # Flate cannot pack more
_BYTES_OF_AN_OBJECT = 400  # in memory
_PIECE = MB
_PACKED_OBJECTS = re.compile(rb"/N[ \r\n\t]{1,9}(\d{1,9})\b")
_FLATE = {"/FlateDecode", "/Fl"}


class Bomb(ValueError):
    """The PDF would fill the memory."""


def refuse_too_many_objects(data: bytes) -> None:
    """Asked of the bytes: packed objects are counted where they are packed."""
    objects = sum(int(found.group(1)) for found in _PACKED_OBJECTS.finditer(data))
    if objects * _BYTES_OF_AN_OBJECT > 10 * len(data) + 200 * MB:
        raise Bomb(f"{objects} objects")


def refuse_bombs(streams: Iterable[Any], faults: tuple[type[Exception], ...]) -> None:
    """Asked of the streams of an open PDF; `faults` are what its library says of a damaged one."""
    for stream in streams:
        try:
            bursts = stream.get("/Subtype") != "/Image" and _bursts(stream, faults)
        except faults:
            continue
        if bursts:
            raise Bomb("a stream")


def _bursts(stream: Any, faults: tuple[type[Exception], ...]) -> bool:
    filters = _filters(stream)
    packed = sum(name in _FLATE for name in filters)
    if not packed:
        return False
    raw = bytes(stream.read_raw_bytes())
    if packed == 1 and len(raw) * _MOST_OF_PACKING < MOST_UNPACKED:
        return False
    if len(filters) == 1:
        return _unpacks_to_too_much(raw)
    try:
        stream.read_bytes()  # the library has the same limit
    except faults:
        return True
    return False


def _filters(stream: Any) -> list[str]:
    filters = stream.get("/Filter", ())
    alone = str(filters)
    return [alone] if alone.startswith("/") else [str(name) for name in filters]


def _unpacks_to_too_much(raw: bytes) -> bool:
    unpacker, size, waiting = zlib.decompressobj(), 0, raw
    while waiting and size <= MOST_UNPACKED:
        try:
            size += len(unpacker.decompress(waiting, _PIECE))
        except zlib.error:
            return False
        waiting = unpacker.unconsumed_tail
    return size > MOST_UNPACKED
