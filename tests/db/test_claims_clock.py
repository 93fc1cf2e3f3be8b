"""Claims go on being believed when somebody sets a clock while connections are open."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from hub.base.actor import Actor, Role
from hub.db import claims
from hub.db.database import Conn, Database, Statement
from hub.db.private_cluster import login_url

_OFFICER = Actor(Role.KABUPATEN, "53.14", "uji")
_SOUND = "SELECT hub_klaim_sah()"


class Clock:
    """This machine's, as one may set it; and the one nobody sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = self.passed = 0.0
        monkeypatch.setattr(claims, "time", lambda: time.time() + self.ahead + self.passed)
        monkeypatch.setattr(claims, "monotonic", lambda: time.monotonic() + self.passed, raising=False)


async def _by_the_hub(db: Database) -> object:
    async with db.as_owner() as conn:
        return await (await conn.execute(_SOUND)).fetchone()


async def _by_an_officer(db: Database) -> object:
    async with db.as_actor(_OFFICER) as conn:
        return await (await conn.execute(_SOUND)).fetchone()


async def _by_a_reader(db: Database) -> object:
    return ((await db.read_json(_OFFICER, [Statement("SELECT to_json(hub_klaim_sah())", {})]))[0] == b"true",)


@pytest.mark.parametrize("asked", [_by_the_hub, _by_an_officer, _by_a_reader])
@pytest.mark.parametrize("seconds", [-600.0, 600.0, -86_400.0])
def test_a_clock_that_is_set_under_open_connections_costs_no_claim(
    shared_demo_url: str,
    monkeypatch: pytest.MonkeyPatch,
    asked: Callable[[Database], Awaitable[object]],
    seconds: float,
) -> None:
    clock = Clock(monkeypatch)

    async def work() -> None:
        db = Database(login_url(shared_demo_url), 1)
        await db.open()
        try:
            assert await asked(db) == (True,)
            clock.ahead = seconds
            for _ in range(2):
                assert await asked(db) == (True,)
        finally:
            await db.close()

    asyncio.run(work())


def test_the_databases_clock_is_looked_at_once_a_minute_and_not_with_every_claim(
    shared_demo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    asked: list[Conn] = []
    plain = claims.HubConnection.recognise

    async def counted(self: claims.HubConnection) -> None:
        asked.append(self)
        await plain(self)

    monkeypatch.setattr(claims.HubConnection, "recognise", counted)

    async def work() -> None:
        db = Database(login_url(shared_demo_url), 1)
        await db.open()
        try:
            async with db.as_owner() as mine:
                before = asked.count(mine)
            for passed, times in ((0.0, 0), (61.0, 1), (100.0, 1), (122.0, 2)):
                clock.passed = passed
                for _ in range(3):
                    assert await _by_the_hub(db) == (True,)
                assert asked.count(mine) - before == times
        finally:
            await db.close()

    asyncio.run(work())
