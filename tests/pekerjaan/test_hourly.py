"""Once an hour, also after a database that was away."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from hub.base.errors import ServiceNotReadyError
from hub.pekerjaan import hourly
from hub.pekerjaan.hourly import Telling, tell_hourly


def test_it_is_told_once_an_hour_and_a_failed_hour_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 30, 7, tzinfo=UTC)
    told: list[str] = []
    away = [ServiceNotReadyError("x"), ValueError("a defect")]

    async def begin() -> None:
        told.append("begun")

    async def tell() -> None:
        if away:
            raise away.pop()
        told.append(f"{now:%H}")

    async def hours() -> None:
        nonlocal now
        running = asyncio.create_task(tell_hourly(Telling(begin, tell), 0.001))
        async with asyncio.timeout(30):
            for count in (1, 2, 3):
                while len(told) < count:  # noqa: ASYNC110 - what is waited for has no event
                    await asyncio.sleep(0.001)
                now += timedelta(hours=1)
        await asyncio.sleep(0.05)
        running.cancel()

    monkeypatch.setattr(hourly, "_hour", lambda: now)
    asyncio.run(hours())
    assert told[:3] == ["begun", "08", "09"]
    assert not away
