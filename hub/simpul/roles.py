"""Which hub this is among hubs, as the registry has it now: asked for with every request of an officer, so kept in memory."""

import asyncio
from contextlib import suppress

from hub.base.errors import ServiceNotReadyError
from hub.base.standing import Standing
from hub.db.database import Database
from hub.simpul import registry_statements as store
from hub.simpul.tables import NODE

_LOOK = 5.0  # seconds between looks, beside what is heard


class Roles:
    """`region`: HUB_WILAYAH. Looks into the registry at `start`, whenever it is told that it changed, and every few seconds."""

    def __init__(self, db: Database, region: str | None) -> None:
        self._db = db
        self._region = region
        self._standing = Standing(region)
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def standing(self) -> Standing:
        return self._standing

    def table_changed(self, table: str | None) -> None:
        """Something was written to that table; None: to any."""
        if table is None or table == NODE.name:
            self._changed.set()

    async def start(self) -> None:
        """Raises ServiceNotReadyError: who does not know where a kabupaten writes lets nobody in."""
        await self._look()
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _keep_looking(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            self._changed.clear()
            with suppress(ServiceNotReadyError):
                await self._look()

    async def _look(self) -> None:
        self._standing = await standing_of(self._db, self._region)


async def standing_of(db: Database, region: str | None) -> Standing:
    """As the registry has it now. Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        nodes = await store.nodes(conn)
        if any(n.mode != "HOSTING" and n.frozen is False for n in nodes):
            await store.thaw_left(conn)
    own = next((n for n in nodes if n.induk is not None and n.dicabut_pada is None), None)
    # a hand-over whose hub was killed is over when nobody has said for a while that it goes on
    elsewhere = {n.kode_kab: n.url for n in nodes if n.induk is None and n.mode != "HOSTING" and n.frozen is not False}
    if own is None:
        return Standing(region, elsewhere=elsewhere)
    return Standing(region, own.induk, own.serah_pada is not None, elsewhere)
