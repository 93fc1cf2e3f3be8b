"""Taking in one event of the other end's chain: what it does is written in one transaction with that it was taken in, so that it is done
exactly once, wherever the hub is killed.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from hub.base.temuan import Temuan
from hub.berita.chain_event import ChainEvent, written_moment
from hub.db.database import Conn
from hub.simpul.receipts import REFUSED, TAKEN, Answered, told


class TakenAlreadyError(Exception):
    """Somebody has taken in this event a moment earlier; nothing was written."""


class UnknownKindError(Exception):
    """The event says more than this hub knows yet; nothing was written, and it waits."""


class ContentError(Exception):
    """The content of an event is not what its kind says."""


class Taking:
    """`begin` and `keep` are called in the transaction that writes, first and last. `answered`: what became of it, once that transaction
    has ended well."""

    def __init__(self, event: ChainEvent) -> None:
        self.event = event
        self.answered: Answered | None = None

    async def begin(self, conn: Conn) -> None:
        """Hold the end of what was taken in. Raises TakenAlreadyError where this event is not the next."""
        cursor = await conn.execute("SELECT nomor FROM hub_rantai_pegang(%s)", (self.event.kode_kab,))
        row = await cursor.fetchone()
        if row is None or row[0] != self.event.number - 1:
            raise TakenAlreadyError

    async def keep(self, conn: Conn, taken: bool, temuan: Sequence[Temuan]) -> None:
        """Write down that it was taken in, and what was made of it."""
        e, verdict, found = self.event, TAKEN if taken else REFUSED, told(temuan)
        cursor = await conn.execute(
            "SELECT hub_saat() FROM hub_rantai_terima(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                e.kode_kab, e.epoch, e.number, e.kind, e.subject, e.content, e.at, e.by, verdict, orjson.dumps(found).decode(),
            ),
        )  # fmt: skip
        row = await cursor.fetchone()
        assert row is not None
        self.answered = Answered(e.number, verdict, written_moment(row[0]), found)


def text_of(data: dict[str, Any], name: str) -> str:
    """Raises ContentError."""
    value = data.get(name)
    if not isinstance(value, str) or "\0" in value:
        raise ContentError(name)
    return value


def number_of(data: dict[str, Any], name: str) -> int:
    """Not negative. Raises ContentError."""
    value = data.get(name)
    if type(value) is not int or not 0 <= value < 2**31:
        raise ContentError(name)
    return value
