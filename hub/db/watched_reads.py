"""Which reads of officers are written down: those that name something most sensitive. Before they are answered, so that none is read
unseen."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hub.base.actor import Actor
from hub.base.uuid7 import uuid7
from hub.db.connections import Conn

CELLS = "rekap_nilai"
"""Cells of rekap are read by table, not by element: whatever they are of."""
_CODE = re.compile(r"\d\d(\.\d\d){0,2}(\.\d{4})?")


class Asked(Protocol):
    """A statement and its values."""

    @property
    def sql(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class WatchedRead:
    """`what`: codes of elements, forms and indicators that were named, or CELLS; `where`: codes of regions."""

    what: tuple[str, ...]
    where: tuple[str, ...]


def watched(statements: Sequence[Asked], names: frozenset[str]) -> WatchedRead | None:
    """What of these statements is written down; None: nothing."""
    texts = {t for s in statements for t in _texts(s.params.values())}
    what = texts & names
    if names and any(CELLS in s.sql for s in statements):
        what.add(CELLS)
    if not what:
        return None
    return WatchedRead(tuple(sorted(what)), tuple(sorted(t for t in texts if _CODE.fullmatch(t))))


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from _texts(value)


async def write_down(conn: Conn, actor: Actor, read: WatchedRead) -> None:
    """`conn`: a transaction of the hub itself."""
    await conn.execute(
        "INSERT INTO bacaan_peka (kode_kab, id, oleh, peran, yang, wilayah) VALUES (%s, %s, %s, %s, %s, %s)",
        (actor.wilayah, uuid7(), actor.name, actor.role.value, list(read.what), list(read.where)),
    )
