"""What a serving hub tells of itself once an hour."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from hub.base.errors import ServiceNotReadyError

_log = structlog.get_logger("hub.pekerjaan")


@dataclass(frozen=True, slots=True)
class Telling:
    """`begin`: once, before the first hour is over; `tell`: each hour. Both safe to repeat."""

    begin: Callable[[], Awaitable[None]]
    tell: Callable[[], Awaitable[None]]


def _hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


async def tell_hourly(telling: Telling, look: float) -> None:
    """For ever. `look`: seconds between looks at the clock; an hour that failed is tried again at the next one."""
    begun, told = False, _hour()
    while True:
        try:
            if not begun:
                await telling.begin()
                begun = True
            elif (hour := _hour()) != told:
                await telling.tell()
                told = hour
        except ServiceNotReadyError:
            pass
        except Exception as error:
            _log.error("ringkasan per jam gagal", coba_lagi_detik=look, exc_info=error)
        await asyncio.sleep(look)
