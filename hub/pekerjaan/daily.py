"""What a serving hub does once a day, at an hour of its office: note the reminders of the day.

No clock of a database and no leader: each hub does it on its own once the hour has come, also when it starts later that day. What was noted
is not noted again, so it does not matter how many do it, or how often one is stopped on the way.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from hub.base.errors import ServiceNotReadyError
from hub.db.database import Database

_log = structlog.get_logger("hub.pekerjaan")


@dataclass(frozen=True, slots=True)
class Reminding:
    """`remind`: notes what is due today and answers how many that were, safe to repeat; `hour`: of the office's day, 0 to 23."""

    remind: Callable[[Database], Awaitable[int]]
    hour: int


async def remind_daily(db: Database, reminding: Reminding, look: float) -> None:
    """For ever. `look`: seconds between looks at the clock; a day that failed is tried again at the next one."""
    done: date | None = None
    while True:
        today = db.today()
        if today != done and datetime.now(db.zone).hour >= reminding.hour:
            try:
                if count := await reminding.remind(db):
                    _log.info("pengingat dicatat", banyaknya=count)
                done = today
            except ServiceNotReadyError:
                pass
            except Exception as error:
                _log.error("pengingat gagal dicatat", coba_lagi_detik=look, exc_info=error)
        await asyncio.sleep(look)
