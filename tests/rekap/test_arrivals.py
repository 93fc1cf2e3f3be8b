"""Batches that come together do not take the interpreter from each other."""

import asyncio
import time

from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.arrivals import Arrivals


def test_batches_are_computed_one_after_the_other() -> None:
    """The other thread is left to who submits by hand meanwhile."""
    under_way: list[int] = []
    most = 0

    def work(place: int) -> None:
        nonlocal most
        under_way.append(place)
        most = max(most, len(under_way))
        time.sleep(0.02)
        under_way.remove(place)

    async def several() -> None:
        db = Database("postgresql://nowhere", 1)
        arrivals = Arrivals(db, KatalogCache(db))
        await asyncio.gather(*(arrivals.computed(10_000, work, n) for n in range(4)))

    asyncio.run(several())
    assert most == 1
