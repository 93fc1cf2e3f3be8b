"""What travels between hubs in one body: a head (a JSON object on the first line) and below it a content that nobody on the way reads.
Packed by zstd, and unpacked within a bound: who sends little must not make much of it here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import zstandard

from hub.base.errors import BodyLimitError, InvalidInputError

MEDIA_TYPE = "application/vnd.hub.simpul"
ENCODING = "zstd"
LARGEST = 8 * 2**20  # bytes on the wire
_LARGEST_UNPACKED = 64 * 2**20
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """`head`: what the two hubs say to each other; `content`: what is carried."""

    head: Mapping[str, Any]
    content: bytes = field(default=b"", repr=False)


def pack(frame: Frame) -> bytes:
    line = orjson.dumps(dict(frame.head))
    return zstandard.ZstdCompressor(level=_LEVEL).compress(line + b"\n" + frame.content)


def unpack(body: bytes) -> Frame:
    """Raises InvalidInputError, BodyLimitError."""
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=_LARGEST_UNPACKED).stream_reader(
            body, read_across_frames=False
        )
        text = reader.read(_LARGEST_UNPACKED + 1)
    except zstandard.ZstdError:
        raise InvalidInputError("Kiriman simpul bukan zstd yang utuh; kirim ulang.") from None
    if len(text) > _LARGEST_UNPACKED:
        raise BodyLimitError(
            f"Kiriman simpul terlalu besar; paling banyak {_LARGEST_UNPACKED // 2**20} MiB sesudah dibuka."
        )
    line, newline, content = text.partition(b"\n")
    try:
        head = orjson.loads(line)
    except ValueError:
        head = None
    if not newline or not isinstance(head, dict):
        raise InvalidInputError("Kiriman simpul terpotong atau tidak berkepala; kirim ulang.")
    return Frame(head, content)
