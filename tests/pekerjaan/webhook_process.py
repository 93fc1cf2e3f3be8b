"""A hub's worker that tells another program, in a process of its own, for a test to kill:
`python -m tests.pekerjaan.webhook_process URL ADDRESS`."""

import asyncio
import sys

from hub.base.logs import configure_logs
from tests.pekerjaan.jobs import opened
from tests.pekerjaan.messages import telling


async def _main(url: str, address: str) -> None:
    async with opened(url) as db, telling(db, address, timeout=30, most=50):
        print("ready", flush=True)
        await asyncio.Event().wait()


configure_logs("error")
asyncio.run(_main(sys.argv[1], sys.argv[2]))
