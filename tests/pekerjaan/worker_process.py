"""A worker in a process of its own, for a test to kill: `python -m tests.pekerjaan.worker_process URL SECONDS`. Each job says its
number of the process on stdout when it begins, takes so many seconds, and says "done"."""

import asyncio
import sys

from hub.base.logs import configure_logs
from hub.db.database import Database
from tests.pekerjaan.jobs import opened, working


async def _main(url: str, seconds: float) -> None:
    async def release(db: Database, provinsi: str, formulir: str, periode: str) -> None:
        print("begun", provinsi, formulir, periode, flush=True)
        await asyncio.sleep(seconds)
        print("done", flush=True)

    async with opened(url) as db, working(db, release):
        print("ready", flush=True)
        await asyncio.Event().wait()


configure_logs("error")
asyncio.run(_main(sys.argv[1], float(sys.argv[2])))
