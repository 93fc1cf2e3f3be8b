"""From approvals to the province's totals as everybody sees them: kabupaten come in one by one, the hub's worker does the rest."""

from typing import Any

import pytest

from hub.rilis import service
from tests.cli.run_commands import run_here
from tests.client import Client
from tests.rekap.texts import angka
from tests.rilis.reports import KAB, PERIODE, PROV, READ, approve, jobs, report, seen, total


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
        "SELECT kode_kab FROM rilis_tunggu WHERE elemen = 'REH09' AND periode = %s AND sebab LIKE 'REVISI%%'", PERIODE
    )
    shown = dict(hub.sql("SELECT kode_kab, nilai FROM angka_rilis WHERE elemen = 'REH09' AND periode = %s", PERIODE))
    assert shown["53.15"] is None
    # whatever is open, yesterday's total less it leaves more than one office, or one whose count stays wide
    assert sum(n is None for k, n in shown.items() if k != PROV) >= 2
    assert waiting or shown["53.10"] is None


async def _every_one(_: Any, __: Any, revised: dict[str, Any], ___: Any) -> set[str]:
    """As if an open total would tell a count beside each of these revisions."""
    return set(revised)


def test_the_money_of_a_revision_that_waits_waits_with_it(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A family gets a fixed sum: what it comes to now tells how many there are now."""
    one, other, rupiah = "53.14.01.2005", "53.14.01.2006", 600_000

    def families(count: int) -> list[dict[str, Any]]:
        return [
            angka(w, e, n * f) for w, n in ((one, count), (other, 31)) for e, f in (("BAN01", 1), ("BAN02", rupiah))
        ]

    approve(hub, "F02", families(40))
    monkeypatch.setattr(service, "_telling_totals", _every_one)
    approve(hub, "F02", families(2), revision=2)
    assert hub.sql("SELECT elemen FROM rilis_tunggu WHERE sebab = 'REVISI_TOTAL'") == [("BAN01",)]
    assert seen(hub, "DESA", elemen="BAN01")[one] == 40
    assert seen(hub, "DESA", elemen="BAN02")[one] == 40 * rupiah
    assert seen(hub, "DESA", PROV, elemen="BAN02")[one] == 2 * rupiah


def test_what_a_revision_that_waits_states_waits_with_it(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(as_whom: str | None = None) -> tuple[int, int]:
        (row,) = hub.ask(READ, {"w": KAB, "t": "KABUPATEN", "e": ["REH09"], "p": [PERIODE]}, as_whom)["agregat"]
        return row["nilai"], row["tertulis"]

    def send(count: int, revision: int) -> None:
        cells = [angka("53.14.01.2005", "REH09", count), angka("53.14.01.2006", "REH09", 31)]
        approve(hub, "F05", cells, revision=revision, totalTertulis=[{"elemen": "REH09", "tertulis": count + 31}])

    send(40, 1)
    assert told() == (71, 71)
    monkeypatch.setattr(service, "_telling_totals", _every_one)
    send(9, 2)
    assert (told(), told(PROV)) == ((71, 71), (40, 40))
    monkeypatch.undo()
    jobs(hub)
    assert told() == (40, 40)


def test_a_result_that_names_an_element_waits_with_its_revision(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result tells how many there are now: while that is not shown, nor is it, however often it is sent."""
    named = [{"rincian": "indikator", "pilihan": "REH09"}]
    results = {"w": KAB, "t": "KABUPATEN", "e": ["KIN02"], "p": [PERIODE], "r": ["indikator"]}

    def result(revision: int, value: int) -> Any:
        approve(hub, "F12", [angka(KAB, "KIN02", value, rincian=named)], revision=revision)
        return shown()

    def shown(as_whom: str | None = None) -> Any:
        return hub.ask(READ, results, as_whom)["agregat"][0]["nilai"]

    report(hub, {KAB: 300})
    assert result(1, 300) == 300
    monkeypatch.setattr(service, "_telling_totals", _every_one)
    report(hub, {KAB: 250}, revision=2)
    assert shown() is None
    assert result(2, 250) is None
    assert shown(PROV) == 250
    monkeypatch.undo()
    jobs(hub)
    assert shown() == 250


def test_a_joint_decision_frees_revisions_too(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    report(hub, {KAB: 300})
    jobs(hub)
    monkeypatch.setattr(service, "_telling_totals", _every_one)
    report(hub, {KAB: 250}, revision=2)
    jobs(hub)
    assert seen(hub, "KABUPATEN") == {KAB: 300}
    still = run_here(hub.url, "rilis", "bersama", PROV)
    assert "1 perbaikan kabupaten/kota menunggu di 53, 0 kini tampil, 1 masih menunggu." in still.stderr
    listed = run_here(hub.url, "rilis", "status", PROV, columns=240).stdout
    assert "REVISI_TOTAL" in listed
    assert "total provinsi yang pernah tampil" in " ".join(listed.replace("│", " ").split())
    monkeypatch.undo()
    done = run_here(hub.url, "rilis", "bersama", PROV)
    assert "1 perbaikan kabupaten/kota menunggu di 53, 1 kini tampil, 0 masih menunggu." in done.stderr
    assert seen(hub, "KABUPATEN") == {KAB: 250}
