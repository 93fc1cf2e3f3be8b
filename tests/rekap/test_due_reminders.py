"""The hub's own reminders: on its days around a deadline, each once, whatever stops or doubles it."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from hub.pekerjaan.webhook import set_active
from hub.rekap.reminder_service import LATEST, reached, remind_due
from tests.cli.hub_process import environment
from tests.hub_server import SETTINGS
from tests.pekerjaan.jobs import opened
from tests.project_files import ROOT

TODAY = datetime.now(SETTINGS.zone).date()
KAB, PROV, FORM, PERIOD = "53.15", "53", "F02", "2023"
DAYS = (7, 1, -1)
_SET = "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) VALUES (%s, %s, %s, %s, %s, 'x', '')"
_KEPT = "SELECT kode_kab, tenggat, hari FROM pengingat WHERE formulir = %s AND periode = %s ORDER BY id"


def due(url: str, day: date, wilayah: str = KAB, number: int = 1, periode: str = PERIOD) -> None:
    with psycopg.connect(url) as conn:
        conn.execute(_SET, (FORM, periode, wilayah, number, day))


def kept(url: str, periode: str = PERIOD) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(_KEPT, (FORM, periode)).fetchall()


def remind(url: str, days: tuple[int, ...] = DAYS, today: date | None = None) -> int:
    """The day's work, as of today or of another day."""

    async def go() -> int:
        async with opened(url) as db:
            if today is not None:
                db.today = lambda: today  # type: ignore[method-assign]
            return await remind_due(db, days)

    return asyncio.run(go())


@pytest.mark.parametrize(("left", "which"), [(8, None), (7, 7), (6, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-30, -1)])
def test_the_day_that_was_reached_last(left: int, which: int | None) -> None:
    assert reached(TODAY + timedelta(days=left), TODAY, DAYS) == which


def test_each_day_once_however_often_it_is_looked_at(demo_url: str) -> None:
    day = TODAY + timedelta(days=7)
    due(demo_url, day)
    for _ in range(3):
        remind(demo_url)
    assert kept(demo_url) == [(KAB, day, 7)]
    remind(demo_url, today=day - timedelta(days=4))
    assert len(kept(demo_url)) == 1
    for now in (day - timedelta(days=1), day, day + timedelta(days=1), day + timedelta(days=9)):
        remind(demo_url, today=now)
    assert kept(demo_url) == [(KAB, day, 7), (KAB, day, 1), (KAB, day, -1)]


def test_a_hub_that_was_off_tells_what_holds_now_and_not_what_it_slept_through(demo_url: str) -> None:
    day = TODAY - timedelta(days=5)
    due(demo_url, day)
    due(demo_url, TODAY - timedelta(days=LATEST + 1), periode="2022")
    remind(demo_url)
    assert kept(demo_url) == [(KAB, day, -1)]
    assert kept(demo_url, "2022") == [], "what is due for longer is left to people"


def test_an_extension_is_a_deadline_of_its_own(demo_url: str) -> None:
    day, later = TODAY - timedelta(days=1), TODAY + timedelta(days=6)
    due(demo_url, day)
    remind(demo_url)
    due(demo_url, later, number=2)
    remind(demo_url)
    remind(demo_url)
    assert kept(demo_url) == [(KAB, day, -1), (KAB, later, 7)]


def test_all_offices_of_a_province_but_those_that_have_sent_and_provinces_without_an_office_here(demo_url: str) -> None:
    due(demo_url, TODAY + timedelta(days=1), PROV)
    due(demo_url, TODAY + timedelta(days=1), "36")
    with psycopg.connect(demo_url) as conn:
        conn.execute("UPDATE token SET dicabut_pada = now() WHERE wilayah = '36'")
        offices = {
            k
            for (k,) in conn.execute(
                "SELECT kode FROM wilayah WHERE tingkat = 2 AND kode_induk = '53' AND berlaku_sampai IS NULL"
            )
        }
        for kab, status in (
            ("53.15", "DIAJUKAN"),
            ("53.16", "DISETUJUI"),
            ("53.17", "DRAF"),
            ("53.18", "DIKEMBALIKAN"),
        ):
            sent = None if status == "DRAF" else "2024-01-01"
            conn.execute(
                "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, tenggat, diajukan_pada) VALUES (%s, %s, %s, %s, 1, %s, %s)",
                (kab, FORM, PERIOD, status, TODAY + timedelta(days=1), sent),
            )
            if sent:
                conn.execute(
                    "INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) "
                    "VALUES (%s, %s, %s, 1, 1, 0, 0) ON CONFLICT DO NOTHING",
                    (kab, FORM, PERIOD),
                )
        # all parts of the year came
        conn.execute(
            "INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) VALUES ('53.19', %s, %s, 1, 1, 0, 0)",
            (FORM, PERIOD),
        )
    remind(demo_url)
    assert {k for k, *_ in kept(demo_url)} == offices - {"53.15", "53.16", "53.19"}


def test_what_the_catalogue_expects_is_reminded_of_without_a_set_deadline(demo_url: str) -> None:
    last = date(TODAY.year, TODAY.month, 1) - timedelta(days=1)
    periode = f"{last:%Y-%m}"
    day = last + timedelta(days=10)
    remind(demo_url, today=day - timedelta(days=7))
    found = kept(demo_url, periode)
    assert len(found) > 5
    assert {(d, n) for _, d, n in found} == {(day, 7)}


def test_no_days_no_reminders(demo_url: str) -> None:
    due(demo_url, TODAY)
    assert remind(demo_url, ()) == 0
    assert kept(demo_url) == []


def test_two_hubs_at_once_note_each_once(demo_url: str) -> None:
    due(demo_url, TODAY + timedelta(days=7), PROV)

    async def go() -> list[int]:
        async with opened(demo_url) as one, opened(demo_url) as two:
            await set_active(one, True)
            return await asyncio.gather(*(remind_due(db, DAYS) for db in (one, two) for _ in range(3)))

    counts = asyncio.run(go())
    assert sorted(counts)[:-1] == [0] * 5
    _each_once(demo_url)


_LOOP = """
import asyncio, sys
from hub.rekap.reminder_service import remind_due
from tests.pekerjaan.jobs import opened
async def main():
    async with opened(sys.argv[1]) as db:
        print("ready", flush=True)
        await remind_due(db, (7, 1, -1))
        print("done", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def test_a_hub_that_is_killed_on_the_way_has_noted_all_or_none(demo_url: str) -> None:
    due(demo_url, TODAY + timedelta(days=7), PROV)

    async def activate() -> None:
        async with opened(demo_url) as db:
            await set_active(db, True)

    asyncio.run(activate())
    chance = random.Random(16)
    seen = set()
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", _LOOP, demo_url], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            time.sleep(chance.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
        seen.add(len(kept(demo_url)))
    remind(demo_url)
    assert seen <= {0, len(kept(demo_url))}
    _each_once(demo_url)


def _each_once(url: str) -> None:
    with psycopg.connect(url) as conn:
        (rows, different) = conn.execute(
            "SELECT count(*), count(DISTINCT (kode_kab, formulir, periode, tenggat, hari)) FROM pengingat"
        ).fetchone() or (0, 0)
        jobs = conn.execute(
            "SELECT count(*), count(DISTINCT args->>'id') FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook'"
        ).fetchone()
    assert rows == different > 20
    assert jobs == (rows, rows), "each reminder leaves one message, in its own transaction"


def test_its_own_channel_says_that_it_was_the_hub(demo_url: str) -> None:
    due(demo_url, TODAY)
    remind(demo_url)
    with psycopg.connect(demo_url) as conn:
        assert conn.execute(
            "SELECT DISTINCT saluran, oleh, kantor FROM pengingat WHERE formulir = %s AND periode = %s", (FORM, PERIOD)
        ).fetchall() == [("hub", "", "")]
