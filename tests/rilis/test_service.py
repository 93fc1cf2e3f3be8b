"""What everybody sees of an office's figures the moment its rekap is approved, and of its revisions, as its users ask for it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rekap.release_again import rebuild
from hub.rilis.withdrawal_statements import add, hold_withdrawals
from tests.client import Client
from tests.rekap.texts import angka
from tests.rilis.kept_pages import narrow_counts
from tests.rilis.reports import KAB, PERIODE, PROV, READ, SIBLING, SMALL, approve, report, seen


def test_a_small_count_is_hidden_with_another_that_would_tell_it(hub: Client) -> None:
    report(hub, SMALL)
    desa = {k: n for k, n in seen(hub, "DESA").items() if k in SMALL}
    assert desa["53.14.01.2005"] == "DISUPRESI"
    hidden = {k for k, n in desa.items() if n == "DISUPRESI"}
    assert len(hidden & {"53.14.01.2006", "53.14.01.2007"}) == 1
    assert {k: n for k, n in desa.items() if k not in hidden} == {k: n for k, n in SMALL.items() if k not in hidden}
    assert seen(hub, "KECAMATAN")["53.14.01"] == 54
    assert seen(hub, "KABUPATEN") == {KAB: 106}


def test_who_reaches_the_office_sees_what_it_sent_and_nobody_else_does(hub: Client) -> None:
    report(hub, SMALL)
    for officer in (KAB, PROV, ""):
        assert SMALL.items() <= seen(hub, "DESA", officer).items(), officer
    for outsider in (SIBLING, "36", None):
        assert seen(hub, "DESA", outsider)["53.14.01.2005"] == "DISUPRESI", outsider
    assert seen(hub, "DESA", SIBLING) == seen(hub, "DESA")


def test_a_count_is_told_by_no_version_beside_another(hub: Client) -> None:
    report(hub, SMALL)
    first = seen(hub, "DESA")
    # one desa grows by one: with yesterday's page the kecamatan's growth is known
    report(hub, {**SMALL, "53.14.01.2006": 21}, revision=2)
    second = seen(hub, "DESA")
    assert second["53.14.01.2005"] == "DISUPRESI"
    hidden = {k for k, n in first.items() if n == "DISUPRESI"}
    assert hidden <= {k for k, n in second.items() if n == "DISUPRESI"}
    # three typed for three hundred: the count is large now, and yesterday's stays untold
    report(hub, {**SMALL, "53.14.01.2005": 300, "53.14.01.2006": 21}, revision=3)
    then = hub.sql("SELECT isi FROM rilis_kantor WHERE elemen = 'REH09' AND periode = %s ORDER BY versi", PERIODE)
    assert len(then) == 3


def test_what_did_not_change_keeps_its_time(hub: Client) -> None:
    report(hub, SMALL)
    times = "SELECT kode_wilayah, sejak FROM angka_rilis WHERE elemen = 'REH09' AND periode = %s"
    first = dict(hub.sql(times, PERIODE))
    report(hub, SMALL, revision=2)
    assert dict(hub.sql(times, PERIODE)) == first
    report(hub, {**SMALL, "53.14.02.2018": 50}, revision=3)
    third = dict(hub.sql(times, PERIODE))
    assert {k for k, t in third.items() if t != first[k]} == {"53.14.02.2018", "53.14.02", "53.14"}


def test_noughts_and_levels(hub: Client) -> None:
    """Sensitivity 2: nothing below kecamatan; none is none."""
    report(hub, {"53.14.01.2005": 9, "53.14.01.2006": 20, "53.14.02.2018": 0, "53.14.02.2021": 0}, elemen="REH10")
    assert set(seen(hub, "DESA", elemen="REH10").values()) == {"DISUPRESI"}
    kecamatan = seen(hub, "KECAMATAN", elemen="REH10")
    assert (kecamatan["53.14.01"], kecamatan["53.14.02"]) == (29, 0)


def test_a_year_of_quarters_is_closed_where_a_quarter_is(hub: Client) -> None:
    quarters = [{"53.14.01.2005": n, "53.14.01.2006": 20, "53.14.01.2007": 31} for n in (30, 2)]
    for i, figures in enumerate(quarters, 1):
        report(hub, figures, periode=f"{PERIODE}-TW{i}")
    year = {k: n for k, n in seen(hub, "DESA").items() if k in SMALL}
    newest = {k: n for k, n in seen(hub, "DESA", periode=f"{PERIODE}-TW2").items() if k in SMALL}
    assert year == newest  # people counted once: the part that counts
    assert year["53.14.01.2005"] == "DISUPRESI"
    assert seen(hub, "KABUPATEN") == {KAB: 53}


def test_a_year_of_its_own_hides_what_its_quarters_hide(hub: Client) -> None:
    report(hub, {"53.14.01.2005": 2, "53.14.01.2006": 20, "53.14.01.2007": 31}, periode=f"{PERIODE}-TW1")
    quarter = {k for k, n in seen(hub, "DESA", periode=f"{PERIODE}-TW1").items() if n == "DISUPRESI"}
    report(hub, {"53.14.01.2005": 40, "53.14.01.2006": 80, "53.14.01.2007": 91})
    assert quarter <= {k for k, n in seen(hub, "DESA").items() if n == "DISUPRESI"}


def test_a_year_shown_before_its_quarters_stays_and_its_revisions_hide(hub: Client) -> None:
    """What was shown is known. Where a figure becomes another one, it is hidden with the quarters'."""
    one, other, third = "53.14.01.2005", "53.14.01.2006", "53.14.01.2007"
    report(hub, {one: 40, other: 80, third: 91})
    report(hub, {one: 2, other: 20, third: 31}, periode=f"{PERIODE}-TW1")
    quarter = {k for k, n in seen(hub, "DESA", periode=f"{PERIODE}-TW1").items() if n == "DISUPRESI"}
    assert quarter == {one, other}
    assert (seen(hub, "DESA")[one], seen(hub, "DESA")[other]) == (40, 80)
    report(hub, {one: 40, other: 80, third: 95}, revision=2)
    assert (seen(hub, "DESA")[one], seen(hub, "DESA")[other]) == (40, 80)
    report(hub, {one: 44, other: 86, third: 95}, revision=3)
    assert (seen(hub, "DESA")[one], seen(hub, "DESA")[other], seen(hub, "DESA")[third]) == (
        "DISUPRESI",
        "DISUPRESI",
        95,
    )


KECAMATAN = ("53.14.01", "53.14.02", "53.14.03")


def _send_flow(hub: Client, figures: Sequence[int], periode: str) -> list[Any]:
    """What everybody sees of a flow of three kecamatan after its approval."""
    approve(hub, "F02", [angka(k, "BAN08", n) for k, n in zip(KECAMATAN, figures, strict=True)], periode)
    shown = seen(hub, "KECAMATAN", periode=periode, elemen="BAN08")
    return [shown[k] for k in KECAMATAN]


def test_quarters_of_a_flow_are_hidden_where_the_year_was_shown_first(hub: Client) -> None:
    """The year less three open quarters would be the fourth; less one, what is left of it. None is one of them told either."""
    quarters = ((3, 20, 31), (12, 25, 30), (0, 22, 29), (10, 13, 40))
    whole = [sum(q) for q in zip(*quarters, strict=True)]
    assert _send_flow(hub, whole, PERIODE) == whole
    for i, q in enumerate(quarters, 1):
        assert _send_flow(hub, q, f"{PERIODE}-TW{i}") == ["DISUPRESI"] * 3
        assert seen(hub, "KABUPATEN", periode=f"{PERIODE}-TW{i}", elemen="BAN08") == {KAB: "DISUPRESI"}
    waits = "SELECT DISTINCT sebab FROM rilis_tunggu WHERE kode_kab = %s AND elemen = 'BAN08' AND periode LIKE %s"
    assert hub.sql(waits, KAB, f"{PERIODE}-TW%") == [("PERIODE",)]


def test_a_half_year_of_a_flow_is_hidden_where_one_of_its_quarters_was_shown_first(hub: Client) -> None:
    """It less the first quarter would be the second, which nobody has sent yet."""
    assert _send_flow(hub, (12, 25, 30), f"{PERIODE}-TW1") == [12, 25, 30]
    assert _send_flow(hub, (14, 45, 60), f"{PERIODE}-S1") == ["DISUPRESI"] * 3
    second = _send_flow(hub, (2, 20, 30), f"{PERIODE}-TW2")
    assert second[0] == "DISUPRESI"
    assert second != ["DISUPRESI"] * 3  # beside quarters it is decided as ever


def test_what_a_period_shows_stays_after_another_was_hidden_for_its_sake(hub: Client) -> None:
    assert _send_flow(hub, (12, 25, 30), f"{PERIODE}-TW1") == [12, 25, 30]
    assert _send_flow(hub, (40, 80, 90), PERIODE) == ["DISUPRESI"] * 3
    approve(
        hub, "F02", [angka(k, "BAN08", n) for k, n in zip(KECAMATAN, (13, 25, 30), strict=True)], f"{PERIODE}-TW1", 2
    )
    shown = seen(hub, "KECAMATAN", periode=f"{PERIODE}-TW1", elemen="BAN08")
    assert [shown[k] for k in KECAMATAN] == [13, 25, 30]


def test_everything_an_office_shows_over_many_revisions_stands_the_audit(hub: Client) -> None:
    """The released rows of every version together, as one who kept every page has them."""
    chance = random.Random(5)
    figures = dict.fromkeys(SMALL, 10)
    for revision in range(1, 5):
        figures = {k: chance.choice((n, 0, 3, 8, 40)) for k, n in figures.items()}
        report(hub, figures, revision=revision)
    narrow = narrow_counts(hub, KAB, "REH09", PERIODE)
    assert narrow == []


def test_the_audit_finds_what_the_smallest_alone_would_give_away(hub: Client) -> None:
    report(hub, SMALL)
    hub.sql("UPDATE angka_rilis a SET nilai = r.nilai, status = 'ADA' FROM angka r WHERE a.elemen = 'REH09' AND a.periode = %s "
            "AND r.elemen = a.elemen AND r.periode = a.periode AND r.kode_wilayah = a.kode_wilayah AND r.nilai >= 5", PERIODE)  # fmt: skip
    assert narrow_counts(hub, KAB, "REH09", PERIODE) != []


def test_an_older_hub_s_layer_is_made_anew_with_what_it_had_shown(hub: Client) -> None:
    report(hub, SMALL)
    decided = seen(hub, "DESA")
    # as the migration leaves it: what was shown stands, small counts are closed, nobody has decided anything
    hub.sql("DELETE FROM rilis_kantor")
    hub.sql(
        "UPDATE angka_rilis a SET nilai = CASE WHEN r.nilai >= 5 THEN r.nilai END, status = CASE WHEN r.nilai >= 5 THEN 'ADA' ELSE 'DISUPRESI' END "
        "FROM angka r WHERE a.elemen = 'REH09' AND a.periode = %s AND r.elemen = a.elemen AND r.periode = a.periode "
        "AND r.kode_wilayah = a.kode_wilayah", PERIODE,
    )  # fmt: skip
    assert [k for k, n in seen(hub, "DESA").items() if k in SMALL and n == "DISUPRESI"] == ["53.14.01.2005"]
    told: list[tuple[int, int]] = []
    count = asyncio.run(_rebuilt(hub.url, told))
    assert told[-1] == (count, count)
    assert count > 1
    versions = hub.sql("SELECT versi FROM rilis_kantor WHERE elemen = 'REH09' AND periode = %s ORDER BY 1", PERIODE)
    assert versions == [(0,), (1,)]
    now = {k: n for k, n in seen(hub, "DESA").items() if k in SMALL}
    assert now["53.14.01.2005"] == "DISUPRESI"
    assert set(decided) == set(seen(hub, "DESA"))
    # again: nothing is left to decide
    asyncio.run(_rebuilt(hub.url, told))
    assert hub.sql("SELECT count(*) FROM rilis_kantor WHERE elemen = 'REH09' AND periode = %s", PERIODE) == [(2,)]


T = TypeVar("T")


async def _rebuilt(url: str, told: list[tuple[int, int]]) -> int:
    return await _with(url, lambda db: rebuild(db, lambda done, total: told.append((done, total))))


async def _with(url: str, what: Callable[[Database], Awaitable[T]]) -> T:
    db = Database(login_url(url), 2)
    await db.open()
    try:
        return await what(db)
    finally:
        await db.close()


def test_an_approval_waits_for_a_withdrawal_under_way_and_sees_it(hub: Client) -> None:
    """Else it would show again what has just been withdrawn."""
    report(hub, {KAB: 300})

    async def withdrawing(db: Database) -> None:
        async with db.as_owner() as conn:
            await hold_withdrawals(conn, PROV)
            approving = asyncio.create_task(asyncio.to_thread(report, hub, {KAB: 310}, revision=2))
            await asyncio.sleep(1.0)
            assert not approving.done()
            await add(conn, KAB, "REH09", PERIODE, "salah unggah")
        await approving

    asyncio.run(_with(hub.url, withdrawing))
    assert seen(hub, "KABUPATEN", PROV) == {KAB: 310}
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}


def test_money_and_results_follow_the_count_they_tell(hub: Client) -> None:
    """BAN02 is what the families of BAN01 got; KIN02 may name an element by its code."""
    desa = list(SMALL)
    counts, rupiah = dict(zip(desa, (3, 20, 31, 40, 12), strict=True)), 600_000
    cells = [angka(w, "BAN01", n) for w, n in counts.items()] + [
        angka(w, "BAN02", n * rupiah) for w, n in counts.items()
    ]
    approve(hub, "F02", cells)
    hidden = {k for k, n in seen(hub, "DESA", elemen="BAN01").items() if n == "DISUPRESI"}
    assert desa[0] in hidden
    assert {k for k, n in seen(hub, "DESA", elemen="BAN02").items() if n == "DISUPRESI"} == hidden
    assert seen(hub, "KECAMATAN", elemen="BAN02")["53.14.01"] == 54 * rupiah


def test_a_result_is_hidden_when_what_it_names_is_hidden_later(hub: Client) -> None:
    named = [{"rincian": "indikator", "pilihan": "REH09"}]
    approve(hub, "F12", [angka(KAB, "KIN02", 3, rincian=named)])
    results = {"w": KAB, "t": "KABUPATEN", "e": ["KIN02"], "p": [PERIODE], "r": ["indikator"]}

    def shown_result() -> tuple[object, ...]:
        (row,) = hub.ask(READ, results)["agregat"]
        return row["nilai"], row["status"]

    assert shown_result() == (None, "DISUPRESI")  # nobody has said yet how many there are
    report(hub, {KAB: 300})
    assert shown_result() == (3, "ADA")
    report(hub, {KAB: 3}, revision=2)
    assert seen(hub, "KABUPATEN") == {KAB: "DISUPRESI"}
    assert shown_result() == (None, "DISUPRESI")
