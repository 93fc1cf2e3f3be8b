"""From approvals to the province's totals as everybody sees them: kabupaten come in one by one, the hub's worker does the rest."""

import asyncio
from typing import Any

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rekap.release_again import release_waiting
from tests.client import Client
from tests.rekap.texts import angka
from tests.rilis.reports import READ, approve, report
from tests.waiting_jobs import run_jobs

PROV, PERIODE = "53", "2017"
SINCE = READ.replace("status }", "status dirilisPada kelengkapan { disetujui } terisi { dari berisi } }")


def jobs(hub: Client) -> int:
    async def work() -> int:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            return await run_jobs(db, release_waiting)
        finally:
            await db.close()

    return asyncio.run(work())


def total(hub: Client, as_whom: str | None = None, periode: str = PERIODE) -> Any:
    (row,) = hub.ask(SINCE, {"w": PROV, "t": "PROVINSI", "e": ["REH09"], "p": [periode]}, as_whom)["agregat"]
    return row


def test_totals_come_when_no_office_is_told_by_them(hub: Client) -> None:
    seen = []
    for kab, n in (("53.15", 3), ("53.13", 4), ("53.12", 60), ("53.11", 3), ("53.10", 2)):
        report(hub, {kab: n}, kab=kab)
        assert jobs(hub) >= 1
        row = total(hub)
        seen.append(row["nilai"])
        assert total(hub, PROV)["nilai"] is not None
    assert seen[:3] == [None, None, None]  # one or two hidden offices beside open ones: each would know the other
    assert seen[-1] == 72
    last = total(hub)
    assert last["kelengkapan"]["disetujui"] == 5
    assert last["dirilisPada"] is not None
    assert total(hub, PROV)["dirilisPada"] is None


def test_a_revision_that_a_shown_total_would_tell_waits(hub: Client) -> None:
    for kab, n in (("53.15", 3), ("53.13", 4), ("53.11", 3), ("53.10", 2), ("53.12", 60)):
        report(hub, {kab: n}, kab=kab)
    jobs(hub)
    before = total(hub)
    assert before["nilai"] == 72
    # all but one become large: with yesterday's total the last one would stand alone
    for kab in ("53.13", "53.11", "53.10"):
        report(hub, {kab: 500}, kab=kab, revision=2)
        jobs(hub)
    waiting = hub.sql(
        "SELECT kode_kab FROM rilis_tunggu WHERE elemen = 'REH09' AND periode = %s AND sebab = 'REVISI'", PERIODE
    )
    shown = dict(hub.sql("SELECT kode_kab, nilai FROM angka_rilis WHERE elemen = 'REH09' AND periode = %s", PERIODE))
    assert shown["53.15"] is None
    # whatever is open, yesterday's total less it leaves more than one office, or one whose count stays wide
    assert sum(n is None for k, n in shown.items() if k != PROV) >= 2
    assert waiting or shown["53.10"] is None


def test_the_money_of_a_revision_that_waits_waits_with_it(hub: Client) -> None:
    """A family gets a fixed sum: what it comes to now tells how many there are now."""

    def paid(kab: str, families: int, revision: int = 1) -> None:
        cells = [angka(kab, "BAN01", families), angka(kab, "BAN02", families * 600_000)]
        approve(hub, "F02", cells, revision=revision, kab=kab)
        jobs(hub)

    for kab, families in (("53.15", 3), ("53.13", 4), ("53.11", 3), ("53.10", 2), ("53.12", 60)):
        paid(kab, families)
    for kab in ("53.13", "53.11", "53.10"):
        paid(kab, 500, revision=2)
    waiting = [
        k
        for (k,) in hub.sql(
            "SELECT kode_kab FROM rilis_tunggu WHERE elemen = 'BAN01' AND periode = %s AND sebab = 'REVISI'", PERIODE
        )
    ]
    assert waiting
    money = dict(hub.sql("SELECT kode_kab, nilai FROM angka_rilis WHERE elemen = 'BAN02' AND periode = %s", PERIODE))
    assert {k: money[k] for k in waiting} == dict.fromkeys(waiting)
    assert money["53.12"] == 60 * 600_000
