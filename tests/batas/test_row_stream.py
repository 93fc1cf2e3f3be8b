"""Rows on their way to the database: what stands still is ended, nothing of it is stored, and what only takes its time is not."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from hub.base.errors import TimeLimitError
from hub.batas import row_stream
from hub.batas.service import BatasFeature, BatasSource, LaporanBatas, Progress, import_batas
from hub.db.database import Database
from hub.db.private_cluster import login_url
from tests.batas.boundary_hub import A, Hub, feature, square
from tests.cli.hub_process import wait_until

_PATIENCE = 0.5
_LONG = 30.0  # seconds in which everything here has ended


def _import(hub: Hub, rows: Iterator[BatasFeature | None], **options: Any) -> LaporanBatas:
    """With little patience; and never longer than _LONG, whatever it does."""

    async def work() -> LaporanBatas:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            async with asyncio.timeout(_LONG):
                return await import_batas(db, rows, A, BatasSource("uji", "v1"), patience=_PATIENCE, **options)
        finally:
            await db.close()

    return asyncio.run(work())


def _backends(hub: Hub) -> list[tuple[Any, ...]]:
    """Of the hub itself, in a transaction."""
    return hub.sql(
        "SELECT pid, state, wait_event, query FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
    )


def test_a_file_that_is_not_read_any_further_ends_the_import(hub_wilayah: Hub) -> None:
    over = threading.Event()

    def rows() -> Iterator[BatasFeature]:
        yield feature("53.14.01.2005", square(0, 0))
        over.wait()

    with pytest.raises(TimeLimitError, match=r"selama 0\.5 detik: berkasnya tidak terbaca.*tidak ada yang disimpan"):
        _import(hub_wilayah, rows())
    over.set()
    assert hub_wilayah.stored() == []
    assert _backends(hub_wilayah) == []


def test_a_server_that_takes_no_rows_ends_the_import(hub_wilayah: Hub) -> None:
    """Its process is stopped in the middle of the COPY; when it goes on, it finds that it is to end."""
    stopped: list[int] = []

    def rows() -> Iterator[BatasFeature]:
        for n in range(1_000_000):
            if n == 200:
                stopped.extend(p for p, _, _, query in _backends(hub_wilayah) if query.startswith("COPY"))
                os.kill(stopped[0], signal.SIGSTOP)
            yield feature("53.14.01.2005", square(n % 1000, 0), number=n)

    try:
        with pytest.raises(TimeLimitError, match="basis data tidak menerima; periksa servernya"):
            _import(hub_wilayah, rows())
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert len(stopped) == 1
    wait_until(lambda: _backends(hub_wilayah) == [], "the backend lives on", _LONG)
    assert hub_wilayah.stored() == []


def test_reading_that_takes_its_time_is_not_ended_as_long_as_it_says_so(hub_wilayah: Hub) -> None:
    def rows() -> Iterator[BatasFeature | None]:
        until = time.monotonic() + 4 * _PATIENCE
        while time.monotonic() < until:
            time.sleep(_PATIENCE / 10)
            yield None
        yield feature("53.14.01.2005", square(0, 0))

    report = _import(hub_wilayah, rows())
    assert (report.features_read, report.stored) == (1, 1)


def test_reading_that_works_at_one_row_for_ever_is_ended(hub_wilayah: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_stream, "AT_WORK", 2 * _PATIENCE)
    over = threading.Event()

    def rows() -> Iterator[BatasFeature | None]:
        yield feature("53.14.01.2005", square(0, 0))
        while not over.wait(_PATIENCE / 10):
            yield None

    with pytest.raises(TimeLimitError, match=r"tanpa satu baris pun selesai.*tidak ada yang disimpan"):
        _import(hub_wilayah, rows())
    over.set()
    assert hub_wilayah.stored() == []
    assert _backends(hub_wilayah) == []


def test_half_an_hour_is_enough_for_one_row() -> None:
    assert row_stream.STANDSTILL < row_stream.AT_WORK <= 3600


def test_what_comes_after_the_rows_may_take_as_long_as_it_likes(hub_wilayah: Hub) -> None:
    """Drawing the map has a progress of its own."""

    def stage(what: str, done: int, total: int) -> None:
        if what == "menyimpan batas":
            time.sleep(3 * _PATIENCE)

    assert (
        _import(hub_wilayah, iter([feature("53.14.01.2005", square(0, 0))]), progress=Progress(stage=stage)).stored == 1
    )


def test_what_reading_raises_is_raised_and_nothing_is_stored(hub_wilayah: Hub) -> None:
    def rows() -> Iterator[BatasFeature]:
        yield feature("53.14.01.2005", square(0, 0))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _import(hub_wilayah, rows())
    assert hub_wilayah.stored() == []


def test_an_import_waits_for_the_one_before_it_for_as_long_as_that_takes(hub_wilayah: Hub) -> None:
    held = threading.Event()

    def hold(release: Callable[[], None]) -> None:
        with psycopg.connect(hub_wilayah.url) as conn:
            conn.execute("SELECT pg_advisory_xact_lock(hashtext('hub_batas'))")
            held.set()
            time.sleep(3 * _PATIENCE)
        release()

    over = threading.Event()
    threading.Thread(target=hold, args=(over.set,)).start()
    assert held.wait(_LONG)
    assert _import(hub_wilayah, iter([feature("53.14.01.2005", square(0, 0))])).stored == 1
    assert over.wait(_LONG)
