"""The day's reminders: from their hour on, once a day, again when they failed."""

import asyncio
from contextlib import suppress
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from hub.base.errors import ServiceNotReadyError
from hub.db.database import WIB
from hub.pekerjaan import daily
from hub.pekerjaan.daily import Reminding, remind_daily


class _Clock:
    """What day and hour it is, as the test says."""

    def __init__(self, day: int, hour: int) -> None:
        self.moment = datetime(2026, 1, day, hour, 30, tzinfo=WIB)

    def now(self, zone: Any) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


async def _looks(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("failure", [None, ServiceNotReadyError("weg"), ZeroDivisionError("defect")])
def test_from_its_hour_on_once_a_day_and_again_when_it_failed(
    monkeypatch: pytest.MonkeyPatch, failure: Exception | None
) -> None:
    clock = _Clock(10, 7)
    monkeypatch.setattr(daily, "datetime", clock)
    db: Any = SimpleNamespace(zone=WIB, today=clock.today)
    done: list[date] = []
    failures = [failure] if failure else []

    async def remind(_: Any) -> int:
        if failures:
            raise failures.pop()
        done.append(clock.today())
        return 3

    async def go() -> None:
        task = asyncio.create_task(remind_daily(db, Reminding(remind, 8), 0.005))
        await _looks(2)
        assert done == [], "it is too early"
        for day, hour, expected in ((10, 8, 1), (10, 23, 1), (11, 0, 1), (11, 12, 2), (12, 7, 2), (14, 8, 3)):
            clock.moment = clock.moment.replace(day=day, hour=hour)
            await _looks(3)
            assert len(done) == expected, (day, hour)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    with structlog.testing.capture_logs() as logs:
        asyncio.run(go())
    assert [d.day for d in done] == [10, 11, 14]
    assert any(e["log_level"] == "error" for e in logs) is isinstance(failure, ZeroDivisionError)
