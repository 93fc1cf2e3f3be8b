"""A catalogue that changes how sensitive an element is: closed at once, decided again by the job, nobody has to think of it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rekap.release_again import behind, rebuild
from tests.cli.run_commands import run_here
from tests.client import Client
from tests.rekap.texts import angka
from tests.rilis.reports import KAB, PERIODE, PROV, READ, SMALL, approve, jobs, report, seen, sensitivity, total

OPEN = "REH09"
"""Of sensitivity 1 in the shipped catalogue; where a scene begins with it open, that is installed first."""


def marks(hub: Client) -> list[tuple[str, str]]:
    """Kabupaten and element of what is not decided again yet."""
    return hub.sql(
        "SELECT kode_kab, elemen FROM rilis_tunggu WHERE sebab = 'KATALOG' AND periode = %s ORDER BY 1, 2", PERIODE
    )


def desa(hub: Client, kode: str, as_whom: str | None = None) -> dict[str, Any]:
    return {k: n for k, n in seen(hub, "DESA", as_whom, elemen=kode).items() if k in SMALL}


def test_what_becomes_sensitive_is_closed_at_once_and_decided_by_the_job(hub: Client) -> None:
    sensitivity(hub, **{OPEN: 0})
    report(hub, SMALL, elemen=OPEN)
    assert desa(hub, OPEN) == SMALL
    sensitivity(hub, **{OPEN: 1})
    assert set(desa(hub, OPEN).values()) == {"DISUPRESI"}
    assert seen(hub, "KABUPATEN", elemen=OPEN) == {KAB: "DISUPRESI"}
    assert desa(hub, OPEN, PROV) == SMALL
    assert (KAB, OPEN) in marks(hub)
    listed = run_here(hub.url, "rilis", "status", PROV, columns=240).stdout
    assert "KATALOG" in listed
    assert not _ask(hub.url, behind), "a job is left for it"
    jobs(hub)
    assert marks(hub) == []
    now = desa(hub, OPEN)
    assert now["53.14.01.2005"] == "DISUPRESI"
    hidden = {k for k, n in now.items() if n == "DISUPRESI"}
    assert len(hidden) == 2
    assert {k: n for k, n in now.items() if k not in hidden} == {k: n for k, n in SMALL.items() if k not in hidden}
    assert seen(hub, "KECAMATAN", elemen=OPEN)["53.14.01"] == 54


def test_what_becomes_more_sensitive_hides_what_was_hidden_and_more(hub: Client) -> None:
    """Seven were shown; of the most sensitive fewer than ten are not."""
    figures = {"53.14.01.2005": 3, "53.14.01.2006": 20, "53.14.01.2007": 31, "53.14.02.2018": 7}
    report(hub, figures)
    jobs(hub)
    before = {k for k, n in desa(hub, "REH09").items() if n == "DISUPRESI"}
    sensitivity(hub, REH09=2)
    assert {seen(hub, "KECAMATAN")[k] for k in ("53.14.01", "53.14.02")} == {"DISUPRESI"}
    jobs(hub)
    kecamatan = seen(hub, "KECAMATAN")
    assert (kecamatan["53.14.01"], kecamatan["53.14.02"], seen(hub, "KABUPATEN")) == (54, 7, {KAB: 61})
    sensitivity(hub, REH09=3)
    jobs(hub)
    assert set(seen(hub, "KECAMATAN").values()) == {"DISUPRESI"}
    assert seen(hub, "KABUPATEN") == {KAB: 61}
    # back again: what was hidden first is not told by the way
    sensitivity(hub, REH09=1)
    jobs(hub)
    assert before <= {k for k, n in desa(hub, "REH09").items() if n == "DISUPRESI"}


def test_a_count_that_was_shown_is_closed_when_it_is_small_by_now(hub: Client) -> None:
    report(hub, {KAB: 7})
    assert seen(hub, "KABUPATEN") == {KAB: 7}
    sensitivity(hub, REH09=3)
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}
    jobs(hub)
    assert marks(hub) == []
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}
    assert total(hub)["status"] == "DISUPRESI"
    # sent again unchanged, and then with more
    report(hub, {KAB: 7}, revision=2)
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}
    report(hub, {KAB: 70}, revision=3)
    jobs(hub)
    assert hub.sql(
        "SELECT DISTINCT nilai FROM angka_rilis_riwayat WHERE elemen = 'REH09' AND periode = %s", PERIODE
    ) == [(None,)]


def test_an_approval_before_the_job_decides_it_as_the_job_would(hub: Client) -> None:
    sensitivity(hub, **{OPEN: 0})
    report(hub, SMALL, elemen=OPEN)
    sensitivity(hub, **{OPEN: 1})
    report(hub, {**SMALL, "53.14.02.2018": 41}, elemen=OPEN, revision=2)
    assert (KAB, OPEN) not in marks(hub)
    now = desa(hub, OPEN)
    assert (now["53.14.01.2005"], now["53.14.02.2018"]) == ("DISUPRESI", 41)


def test_totals_of_the_province_stay_closed_until_all_is_decided(hub: Client) -> None:
    sensitivity(hub, **{OPEN: 0})
    for kab, n in (("53.15", 30), ("53.13", 4), ("53.12", 60), ("53.11", 3)):
        report(hub, {kab: n}, kab=kab, elemen=OPEN)
    jobs(hub)
    assert _total(hub) == 97
    sensitivity(hub, **{OPEN: 1})
    assert _total(hub) == "DISUPRESI"
    jobs(hub)
    rows = dict(
        hub.sql(
            "SELECT kode_kab, nilai FROM angka_rilis WHERE elemen = %s AND periode = %s AND tingkat = 2", OPEN, PERIODE
        )
    )
    assert (rows["53.13"], rows["53.11"], rows["53.12"]) == (None, None, 60)
    assert hub.sql(
        "SELECT count(*) FROM angka_rilis WHERE elemen = %s AND periode = %s AND tingkat = 1", OPEN, PERIODE
    ) == [(1,)]


def _total(hub: Client) -> Any:
    (row,) = hub.ask(READ, {"w": PROV, "t": "PROVINSI", "e": [OPEN], "p": [PERIODE]})["agregat"]
    return row["nilai"] if row["nilai"] is not None else row["status"]


def test_what_is_sensitive_no_more_is_open_at_once(hub: Client) -> None:
    for kab, n in ((KAB, 3), ("53.15", 40)):
        report(hub, {kab: n}, kab=kab)
    jobs(hub)
    assert total(hub)["nilai"] is None
    sensitivity(hub, REH09=0)
    assert seen(hub, "KABUPATEN") == {KAB: 3}
    assert total(hub)["nilai"] == 43
    assert hub.sql("SELECT FROM rilis_tunggu WHERE elemen = 'REH09'") == []
    jobs(hub)
    assert total(hub)["nilai"] == 43
    report(hub, {KAB: 4}, revision=2)
    jobs(hub)
    assert total(hub)["nilai"] == 44
    # and closed again, though it was decided once
    sensitivity(hub, REH09=1)
    assert (seen(hub, "KABUPATEN"), total(hub)["status"]) == ({KAB: "DISUPRESI"}, "DISUPRESI")
    jobs(hub)
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}
    assert marks(hub) == []


def test_money_and_results_go_with_the_count_they_tell(hub: Client) -> None:
    sensitivity(hub, **{OPEN: 0})
    one, other = "53.14.01.2005", "53.14.01.2006"
    approve(
        hub, "F02", [angka(w, e, n * f) for w, n in ((one, 3), (other, 31)) for e, f in (("BAN01", 1), ("BAN02", 9))]
    )
    named = [{"rincian": "indikator", "pilihan": OPEN}]
    report(hub, {KAB: 3}, elemen=OPEN)
    approve(hub, "F12", [angka(KAB, "KIN02", 3, rincian=named)])
    jobs(hub)
    results = {"w": KAB, "t": "KABUPATEN", "e": ["KIN02"], "p": [PERIODE], "r": ["indikator"]}

    def result() -> Any:
        return hub.ask(READ, results)["agregat"][0]["nilai"]

    assert (result(), seen(hub, "DESA", elemen="BAN02")[one]) == (3, "DISUPRESI")
    sensitivity(hub, **{"BAN01": 0, OPEN: 1})
    assert result() is None
    jobs(hub)
    assert (result(), seen(hub, "DESA", elemen="BAN02")[one]) == (None, 27)
    sensitivity(hub, **{OPEN: 0})
    assert (result(), seen(hub, "DESA", elemen="BAN02")[one]) == (3, "DISUPRESI")
    jobs(hub)
    assert (result(), seen(hub, "DESA", elemen="BAN02")[one]) == (3, "DISUPRESI")
    assert marks(hub) == []


@pytest.mark.parametrize("shown", [True, False])
def test_a_hub_that_starts_finds_what_an_older_one_closed_or_left_open(hub: Client, shown: bool) -> None:
    sensitivity(hub, **{OPEN: 0})
    report(hub, SMALL, elemen=OPEN)
    if shown:
        hub.sql("UPDATE elemen SET sensitif = 1 WHERE kode = %s", OPEN)
    else:
        sensitivity(hub, **{OPEN: 1})
        hub.sql("DELETE FROM rilis_tunggu")
        hub.sql("DELETE FROM procrastinate.procrastinate_jobs")
    assert _ask(hub.url, behind)
    _ask(hub.url, rebuild)
    assert not _ask(hub.url, behind)
    assert desa(hub, OPEN)["53.14.01.2005"] == ("DISUPRESI" if not shown else 3)


def _ask(url: str, what: Callable[[Database], Any]) -> Any:
    async def work() -> Any:
        db = Database(login_url(url), 2)
        await db.open()
        try:
            return await what(db)
        finally:
            await db.close()

    return asyncio.run(work())
