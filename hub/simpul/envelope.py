"""Events of a chain as they travel: a CloudEvents 1.0 batch in JSON, the chain's fields as extension attributes, one event a line, so
that of a batch that was cut off what is whole can still be read. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

import orjson

from hub.berita.chain_event import DIRECTIONS, UP, ChainEvent, canonical, written_moment

CONTENT_TYPE = "application/cloudevents-batch+json"
_TYPE = "id.hub."  # before the kind
_MOST = 2**31 - 1  # what an Integer of CloudEvents holds
_LONGEST = 500  # characters of a field that is not content


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An event as it was sent, with the hashes that it says it has."""

    event: ChainEvent
    content_hash: bytes
    hash: bytes

    @property
    def whole(self) -> bool:
        """Whether it has the hashes that it says."""
        return self.content_hash == self.event.content_hash() and self.hash == self.event.hash()


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch that was read. `broken`: lines (1-based, as they were sent) that hold no event, with what is wrong."""

    enclosed: Sequence[Enclosed]
    broken: Sequence[tuple[int, str]]


def enclose(events: Sequence[ChainEvent]) -> bytes:
    """The batch. A part of a chain, in order."""
    return b"[\n" + b",\n".join(orjson.dumps(_envelope(e), option=orjson.OPT_SORT_KEYS) for e in events) + b"\n]"


def _envelope(e: ChainEvent) -> dict[str, Any]:
    actor = {"aktor": e.by} if e.by else {}  # an attribute of CloudEvents is never empty
    return {
        "specversion": "1.0", "id": f"{e.kode_kab}/{e.direction}/{e.epoch}/{e.number}",
        "source": f"/simpul/{e.kode_kab if e.direction == UP else e.kode_kab[:2]}", "type": _TYPE + e.kind, "subject": e.subject,
        "time": written_moment(e.at), "datacontenttype": "application/json", "kodekab": e.kode_kab, "arah": e.direction,
        "masa": e.epoch, "nomor": e.number, **actor, "sidikisi": e.content_hash().hex(), "sidiksebelum": e.before.hex(),
        "sidik": e.hash().hex(), "data": orjson.Fragment(e.content),
    }  # fmt: skip


def open_batch(content: bytes) -> Opened:
    """Read it. Where it is no JSON as a whole, each line by itself: what is whole is there, the rest is named."""
    try:
        entries: list[Any] = orjson.loads(content)
        if not isinstance(entries, list):
            return Opened((), ((1, "bukan kumpulan peristiwa"),))
        lines: Iterator[tuple[int, Any]] = iter(enumerate(entries, 1))
    except ValueError:
        lines = _single_lines(content)
    enclosed: list[Enclosed] = []
    broken: list[tuple[int, str]] = []
    for line, entry in lines:
        read = _read(entry)
        if isinstance(read, str):
            broken.append((line, read))
        else:
            enclosed.append(read)
    return Opened(enclosed, broken)


def _single_lines(content: bytes) -> Iterator[tuple[int, Any]]:
    for line, text in enumerate(content.split(b"\n"), 1):
        tidied = text.strip().removesuffix(b",")
        if tidied in (b"", b"[", b"]"):
            continue
        try:
            yield line, orjson.loads(tidied)
        except ValueError:
            yield line, None


def _read(entry: Any) -> Enclosed | str:
    """The event, or what is wrong with its envelope."""
    if not isinstance(entry, dict):
        return "terpotong, atau bukan peristiwa"
    if entry.get("specversion") != "1.0":
        return "bukan CloudEvents 1.0"
    texts: dict[str, str] = {}
    for name in ("kodekab", "arah", "type", "subject", "time", "aktor"):
        text = entry.get(name, "" if name == "aktor" else None)
        if not isinstance(text, str) or len(text) > _LONGEST or "\0" in text:
            return f"{name} tidak ada, bukan teks, atau terlalu panjang"
        texts[name] = text
    epoch, number = entry.get("masa"), entry.get("nomor")
    if not _counted(epoch) or not _counted(number):
        return "masa atau nomor bukan bilangan bulat positif"
    content_hash, before, hash_ = (_bytes(entry.get(k)) for k in ("sidikisi", "sidiksebelum", "sidik"))
    if content_hash is None or before is None or hash_ is None:
        return "sidiknya tidak ada atau tidak sah"
    data = entry.get("data")
    if not texts["type"].startswith(_TYPE) or texts["arah"] not in DIRECTIONS or not isinstance(data, dict):
        return "jenis, arah atau isinya tidak sah"
    try:
        at = datetime.fromisoformat(texts["time"])
        content = canonical(data)
    except (ValueError, TypeError):  # what JSON can say and UTF-8 cannot
        return "waktu atau isinya tidak sah"
    if at.tzinfo is None:
        return "waktunya tanpa zona"
    event = ChainEvent(
        texts["kodekab"], texts["arah"], epoch, number, texts["type"].removeprefix(_TYPE), texts["subject"], content, at,
        texts["aktor"], before,
    )  # fmt: skip
    return Enclosed(event, content_hash, hash_)


def _counted(value: object) -> TypeGuard[int]:
    return type(value) is int and 1 <= value <= _MOST


def _bytes(text: object) -> bytes | None:
    """A hash in hexadecimal."""
    if not isinstance(text, str) or len(text) != 64:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
