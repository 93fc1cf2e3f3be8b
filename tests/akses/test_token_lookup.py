"""Many guesses at once are few statements."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from hub.akses.lookup import BatchedLookup
from hub.akses.statements import TokenRow
from hub.base.errors import ServiceNotReadyError

RIGHT = b"right"
ROW = TokenRow(UUID(int=1), "uji", "ADMIN", "", datetime.now(UTC), None, None, None)


class Table:
    def __init__(self) -> None:
        self.statements: list[set[bytes]] = []
        self.down = False

    async def find(self, hashes: Iterable[bytes]) -> dict[bytes, TokenRow]:
        self.statements.append(set(hashes))
        await asyncio.sleep(0.01)
        if self.down:
            raise ServiceNotReadyError("tidak menjawab")
        return {RIGHT: ROW} if RIGHT in self.statements[-1] else {}


def test_what_is_asked_meanwhile_is_one_statement() -> None:
    async def run() -> None:
        table = Table()
        lookup = BatchedLookup(table.find)
        answers = await asyncio.gather(
            *(lookup.get(str(n).encode()) for n in range(500)), lookup.get(RIGHT), lookup.get(RIGHT)
        )
        assert answers == [None] * 500 + [ROW, ROW]
        assert len(table.statements) <= 2

    asyncio.run(run())


def test_one_after_another_are_gathered_where_there_is_a_pause() -> None:
    async def guess(lookup: BatchedLookup[bytes, TokenRow], name: str) -> None:
        for n in range(3):
            assert await lookup.get(f"{name}{n}".encode()) is None

    async def run() -> None:
        table = Table()
        lookup = BatchedLookup(table.find, 0.05)
        await asyncio.gather(*(guess(lookup, name) for name in "abcdefgh"))
        assert len(table.statements) <= 4  # 24 guesses

    asyncio.run(run())


def test_an_outage_is_told_to_all_and_is_over_with_the_next() -> None:
    async def run() -> None:
        table = Table()
        lookup = BatchedLookup(table.find)
        table.down = True
        answers = await asyncio.gather(*(lookup.get(str(n).encode()) for n in range(3)), return_exceptions=True)
        assert all(isinstance(answer, ServiceNotReadyError) for answer in answers)
        table.down = False
        assert await lookup.get(RIGHT) is ROW

    asyncio.run(run())


def test_one_who_leaves_takes_nothing_from_the_others() -> None:
    async def run() -> None:
        lookup = BatchedLookup(Table().find)
        leaving, staying = asyncio.create_task(lookup.get(RIGHT)), asyncio.create_task(lookup.get(RIGHT))
        await asyncio.sleep(0)
        leaving.cancel()
        assert await staying is ROW
        with pytest.raises(asyncio.CancelledError):
            await leaving

    asyncio.run(run())
