"""What cells add up to: breakdown totals, kecamatan, kabupaten, and the status of each sum."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal
from itertools import product

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.angka.cells import CleanCell
from hub.angka.rollup import Angka, AngkaRow, Completion, add_up, rollup
from hub.angka.verify import Discrepancy, verify_rollup
from hub.base.actor import Actor, Role
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.temuan import Location
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, RincianDimension
from hub.rekap.draft import Cell, Column, Place, RekapDraft
from hub.rekap.service import Receipt, RekapWorkflow

FAST = settings(max_examples=100, deadline=None, derandomize=True)
GAPS = ["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU"]
LOCATION = Location()


CHOICES = {
    "JK": "L P", "umur": "0-4 60+", "golongan": "III IV", "jabatan": "pelaksana kabid", "komponen_pkh": "SD SMP", "jenis_ppks": "2 3",
    "versi": "1 2", "a": "1 2", "b": "1 2 3", "c": "1 2",
}  # fmt: skip


def dimension(kode: str, *, adds_up: bool = True, is_open: bool = False) -> RincianDimension:
    return RincianDimension(kode, kode, tuple(CHOICES[kode].split()), is_open, {}, adds_up, {}, kode == "versi")


def elemen(kode: str = "BAN01", aggregation: str = "JUMLAH", rincian: Iterable[RincianDimension] = ()) -> Elemen:
    return Elemen(
        kode, "F02", kode, "KPM", Level.DESA, False, "TRIWULAN", aggregation, "UNIK", 0, True, "NAIK", None, None, None, None,
        None, tuple(rincian),
    )  # fmt: skip


def cell(e: Elemen, wilayah: str, nilai: int | str, **rincian: str) -> CleanCell:
    """A cell; a text for `nilai` is the status of a gap."""
    r = tuple(sorted(rincian.items()))
    if isinstance(nilai, str):
        return CleanCell(wilayah, e, r, None, nilai, LOCATION)
    return CleanCell(wilayah, e, r, Decimal(nilai), "ADA" if nilai else "NOL", LOCATION)


def table(rows: Iterable[AngkaRow]) -> dict[tuple[str, Rincian], tuple[int | None, str]]:
    result: dict[tuple[str, Rincian], tuple[int | None, str]] = {}
    for b in rows:
        assert (b.wilayah, b.rincian) not in result, "the same figure twice"
        result[b.wilayah, b.rincian] = (None if b.angka.nilai is None else int(b.angka.nilai), b.angka.status)
    return result


def test_desa_add_up_to_kecamatan_and_kabupaten_and_no_further() -> None:
    e = elemen()
    rows = rollup([cell(e, "53.14.01.2001", 3), cell(e, "53.14.01.2002", 4), cell(e, "53.14.02.2001", 5)])
    assert table(rows) == {
        ("53.14.01.2001", ()): (3, "ADA"),
        ("53.14.01.2002", ()): (4, "ADA"),
        ("53.14.02.2001", ()): (5, "ADA"),
        ("53.14.01", ()): (7, "ADA"),
        ("53.14.02", ()): (5, "ADA"),
        ("53.14", ()): (12, "ADA"),
    }


def test_a_kecamatan_that_reports_itself_adds_to_the_kabupaten_beside_desa_of_others() -> None:
    e = elemen()
    figures = table(rollup([cell(e, "53.14.01", 100), cell(e, "53.14.02.2001", 5)]))
    assert figures["53.14", ()] == (105, "ADA")
    assert figures["53.14.01", ()] == (100, "ADA")


def test_the_sum_of_a_kecamatan_is_not_added_to_the_kabupaten_beside_what_it_is_of() -> None:
    e = elemen(rincian=[dimension("JK")])
    got = table(rollup([cell(e, "53.14.01.2001", 5, JK="P"), cell(e, "53.14.01", 4, JK="L")]))
    assert got["53.14.01", (("JK", "P"),)] == got["53.14", (("JK", "P"),)] == (5, "ADA")
    assert got["53.14", (("JK", "L"),)] == (4, "ADA")


def test_a_province_statement_stays_where_it_is() -> None:
    e = elemen()
    assert table(rollup([cell(e, "36", 393)])) == {("36", ()): (393, "ADA")}


def test_elements_are_never_added_to_each_other() -> None:
    a, b = elemen("BAN01"), elemen("BAN03")
    rows = rollup([cell(a, "53.14.01", 1), cell(b, "53.14.01", 10), cell(b, "53.14.02", 20)])
    kab = {x.elemen.kode: x.angka.nilai for x in rows if x.wilayah == "53.14"}
    assert kab == {"BAN01": 1, "BAN03": 30}


@pytest.mark.parametrize("aggregation", ["TIDAK", "HITUNG_ULANG"])
def test_elements_that_do_not_add_up_over_areas_stay_where_they_were_reported(aggregation: str) -> None:
    e = elemen("WIL06", aggregation)
    rows = rollup([cell(e, "53.14.01", 24), cell(e, "53.14.02", 30)])
    assert table(rows) == {("53.14.01", ()): (24, "ADA"), ("53.14.02", ()): (30, "ADA")}


def test_counted_institutions_add_up_like_sums() -> None:
    e = elemen("LEM14", "HITUNG")
    assert table(rollup([cell(e, "53.14.01", 2), cell(e, "53.14.02", 3)]))["53.14", ()] == (5, "ADA")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([3, 4], (7, "ADA")),
        ([0, 0], (0, "NOL")),
        ([5, "TIDAK_ADA_DATA"], (5, "ADA")),
        ([0, "TIDAK_DILAKSANAKAN"], (0, "NOL")),
        (["TIDAK_DILAKSANAKAN", "TIDAK_DILAKSANAKAN"], (None, "TIDAK_DILAKSANAKAN")),
        (["TIDAK_BERLAKU"], (None, "TIDAK_BERLAKU")),
        (["TIDAK_BERLAKU", "TIDAK_DILAKSANAKAN"], (None, "TIDAK_ADA_DATA")),
        (["TIDAK_ADA_DATA", "TIDAK_BERLAKU"], (None, "TIDAK_ADA_DATA")),
        ([], (None, "TIDAK_ADA_DATA")),
    ],
)
def test_numbers_win_over_gaps_and_gaps_of_one_kind_stay_that_kind(
    parts: list[int | str], expected: tuple[int | None, str]
) -> None:
    e = elemen()
    angka = add_up(Angka(s.nilai, s.status) for s in (cell(e, "53.14.01", b) for b in parts))
    assert (angka.nilai, angka.status) == expected
    if parts:
        wilayah = [cell(e, f"53.14.{i:02d}", b) for i, b in enumerate(parts, 1)]
        assert table(rollup(wilayah))["53.14", ()] == expected


def test_large_sums_of_money_are_exact() -> None:
    e = elemen("BAN02")
    cells = [cell(e, f"53.14.01.{2000 + i}", 10**15 + i) for i in range(1, 100)]
    assert table(rollup(cells))["53.14", ()] == (99 * 10**15 + 4950, "ADA")
    fractions = [Angka(Decimal("0.1"), "ADA")] * 3
    assert add_up(fractions) == Angka(Decimal("0.3"), "ADA")


def test_a_breakdown_gives_its_total() -> None:
    e = elemen(rincian=[dimension("JK")])
    figures = table(rollup([cell(e, "53.14.01", 12, JK="L"), cell(e, "53.14.01", 9, JK="P")]))
    assert figures["53.14.01", ()] == (21, "ADA")
    assert figures["53.14", ()] == (21, "ADA")
    assert figures["53.14", (("JK", "L"),)] == (12, "ADA")


def test_a_total_that_was_reported_itself_stands() -> None:
    e = elemen(rincian=[dimension("JK")])
    figures = table(rollup([cell(e, "53.14", 12, JK="L"), cell(e, "53.14", 9, JK="P"), cell(e, "53.14", 25)]))
    assert figures["53.14", ()] == (25, "ADA")
    with_gap = table(rollup([cell(e, "53.14", 12, JK="L"), cell(e, "53.14", "TIDAK_BERLAKU")]))
    assert with_gap["53.14", ()] == (None, "TIDAK_BERLAKU")


def test_choices_that_overlap_are_not_added_up() -> None:
    e = elemen(rincian=[dimension("komponen_pkh", adds_up=False)])
    figures = table(rollup([cell(e, "53.14.01", 5, komponen_pkh="SD"), cell(e, "53.14.02", 7, komponen_pkh="SD")]))
    assert figures["53.14", (("komponen_pkh", "SD"),)] == (12, "ADA")
    assert not any(rincian == () for _, rincian in figures)


def test_only_the_breakdown_that_adds_up_is_summed_over() -> None:
    e = elemen(rincian=[dimension("JK"), dimension("jenis_ppks", adds_up=False)])
    figures = table(rollup([cell(e, "53.14", 3, JK="L", jenis_ppks="2"), cell(e, "53.14", 4, JK="P", jenis_ppks="2")]))
    assert figures["53.14", (("jenis_ppks", "2"),)] == (7, "ADA")
    assert {r for _, r in figures} == {
        (("JK", "L"), ("jenis_ppks", "2")),
        (("JK", "P"), ("jenis_ppks", "2")),
        (("jenis_ppks", "2"),),
    }


def test_of_two_breakdowns_with_the_same_total_the_simpler_one_gives_it() -> None:
    e = elemen(rincian=[dimension("JK"), dimension("golongan"), dimension("jabatan")])
    by_sex = [cell(e, "53.14", 10, JK="L"), cell(e, "53.14", 10, JK="P")]
    detailed = [
        cell(e, "53.14", n, golongan=g, jabatan=j)
        for g, j, n in (("III", "pelaksana", 7), ("III", "kabid", 0), ("IV", "pelaksana", 0), ("IV", "kabid", 8))
    ]
    figures = table(rollup([*detailed, *by_sex]))
    assert figures["53.14", ()] == (20, "ADA")
    assert figures["53.14", (("golongan", "III"),)] == (7, "ADA")
    assert figures["53.14", (("jabatan", "kabid"),)] == (8, "ADA")


def test_the_order_of_the_cells_does_not_change_a_total() -> None:
    e = elemen(rincian=[dimension("JK"), dimension("golongan")])
    by_sex = [cell(e, "53.14", 10, JK="L"), cell(e, "53.14", 11, JK="P")]
    by_golongan = [cell(e, "53.14", 7, golongan="III"), cell(e, "53.14", 8, golongan="IV")]
    one, other = table(rollup(by_sex + by_golongan)), table(rollup(by_golongan + by_sex))
    assert one["53.14", ()] == other["53.14", ()]


def test_breakdowns_are_completed_in_each_region_on_its_own() -> None:
    e = elemen(rincian=[dimension("JK")])
    figures = table(rollup([cell(e, "53.14.01", 12, JK="L"), cell(e, "53.14.01", 0, JK="P"), cell(e, "53.14.02", 30)]))
    assert figures["53.14", ()] == (42, "ADA")
    assert figures["53.14", (("JK", "L"),)] == (12, "ADA")
    assert ("53.14.02", (("JK", "L"),)) not in figures


def test_the_dimensions_of_a_row_are_written_in_order() -> None:
    e = elemen(rincian=[dimension("JK"), dimension("umur")])
    assert {b.dimensions for b in rollup([cell(e, "53.14", 1, umur="60+", JK="L")])} == {"JK|umur", "JK", "umur", ""}


def test_half_a_breakdown_is_no_total_at_any_level() -> None:
    e = elemen(rincian=[dimension("JK")])
    figures = table(rollup([cell(e, "53.14.01", 4, JK="L")]))
    assert figures["53.14.01", ()] == figures["53.14", ()] == (None, "TIDAK_ADA_DATA")
    assert figures["53.14", (("JK", "L"),)] == (4, "ADA")


@pytest.mark.parametrize(
    ("other", "total"),
    [
        ("TIDAK_ADA_DATA", (None, "TIDAK_ADA_DATA")),
        ("TIDAK_BERLAKU", (4, "ADA")),
        ("TIDAK_DILAKSANAKAN", (4, "ADA")),
        (0, (4, "ADA")),
    ],
)
def test_a_choice_without_data_is_not_there_one_that_says_why_is(
    other: int | str, total: tuple[int | None, str]
) -> None:
    e = elemen(rincian=[dimension("JK")])
    assert table(rollup([cell(e, "53.14", 4, JK="L"), cell(e, "53.14", other, JK="P")]))["53.14", ()] == total


def test_an_open_breakdown_makes_no_total() -> None:
    e = elemen(rincian=[dimension("JK", is_open=True)])
    figures = table(rollup([cell(e, "53.14", 4, JK="L"), cell(e, "53.14", 3, JK="P")]))
    assert figures["53.14", ()] == (None, "TIDAK_ADA_DATA")


def test_the_breakdown_that_is_whole_makes_the_total_though_a_simpler_one_is_not() -> None:
    e = elemen(rincian=[dimension("golongan"), dimension("JK"), dimension("umur")])
    parts = [cell(e, "53.14", 2, JK=sex, umur=age) for sex in ("L", "P") for age in ("0-4", "60+")]
    figures = table(rollup([cell(e, "53.14", 7, golongan="III"), *parts]))
    assert figures["53.14", ()] == (8, "ADA")
    assert figures["53.14", (("JK", "L"),)] == (4, "ADA")
    fewer = table(rollup([cell(e, "53.14", 7, golongan="III"), *parts[1:]]))
    assert fewer["53.14", ()] == fewer["53.14", (("JK", "L"),)] == (None, "TIDAK_ADA_DATA")
    assert fewer["53.14", (("JK", "P"),)] == (4, "ADA")


@pytest.mark.parametrize(
    ("versions", "newest"),
    [
        ({"1": 10_000, "2": 10_500}, 10_500),
        ({"2": 10_500, "1": 10_000}, 10_500),
        ({"2": 10_500, "3": 9_000, "10": 8_000}, 8_000),
        ({"2020-08-24": 5, "2020-01-28": 7}, 5),
        ({"2": 7, "2020-01-28": 5}, 5),
        ({"1": 7, "2": "TIDAK_ADA_DATA"}, 7),
    ],
)
def test_of_versions_of_a_target_the_newest_is_the_target(versions: dict[str, int | str], newest: int) -> None:
    e = elemen("BEN05", rincian=[dimension("versi", adds_up=False, is_open=True)])
    figures = table(rollup(cell(e, "53.14", n, versi=v) for v, n in versions.items()))
    assert figures["53.14", ()] == (newest, "ADA")
    stated = table(rollup([cell(e, "53.14", 1), *(cell(e, "53.14", n, versi=v) for v, n in versions.items())]))
    assert stated["53.14", ()] == (1, "ADA")


# A kecamatan is reported itself, or by desa, or not at all: never both (the checks refuse that).
CONTENT = st.one_of(st.integers(0, 1000), st.sampled_from(GAPS))
KECAMATAN = st.one_of(CONTENT, st.lists(CONTENT, max_size=4))


@FAST
@given(st.lists(KECAMATAN, max_size=6))
def test_the_kabupaten_is_the_sum_of_the_cells_whatever_the_mix(given: list[int | str | list[int | str]]) -> None:
    e = elemen()
    cells: list[CleanCell] = []
    for i, k in enumerate(given, 1):
        parts = [(f"53.14.{i:02d}", k)] if not isinstance(k, list) else [
            (f"53.14.{i:02d}.{2000 + j}", d) for j, d in enumerate(k, 1)
        ]  # fmt: skip
        cells += [cell(e, wilayah, nilai) for wilayah, nilai in parts]
    result = table(rollup(cells))
    if not cells:
        assert result == {}
        return
    angka = [int(s.nilai) for s in cells if s.nilai is not None]
    statuses = {s.status for s in cells if s.nilai is None}
    if angka:
        assert result["53.14", ()] == (sum(angka), "ADA" if sum(angka) else "NOL")
    else:
        assert result["53.14", ()] == (None, statuses.pop() if len(statuses) == 1 else "TIDAK_ADA_DATA")
    kecamatan = [n for (w, _), (n, _) in result.items() if len(w) == 8 and n is not None]
    assert sum(kecamatan) == sum(angka)
    assert "53" not in {w for w, _ in result}


@FAST
@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.permutations(range(12)))
def test_every_total_of_a_full_table_is_the_sum_of_its_cells(nilai: list[int], order: list[int]) -> None:
    e = elemen(rincian=[dimension("a"), dimension("b"), dimension("c")])
    pilihan = [("a", "12"), ("b", "123"), ("c", "12")]
    keys = [tuple((n, p) for (n, _), p in zip(pilihan, choice, strict=True)) for choice in product("12", "123", "12")]
    full: dict[Rincian, Angka] = {k: Angka(Decimal(n), "ADA" if n else "NOL") for k, n in zip(keys, nilai, strict=True)}
    result = Completion(e).of({keys[i]: full[keys[i]] for i in order})
    assert len(result) == 3 * 4 * 3  # each breakdown: one of its choices, or summed over
    for rincian, angka in result.items():
        assert angka.nilai == sum(n for k, n in zip(keys, nilai, strict=True) if set(rincian) <= set(k))


@FAST
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("LP"), st.integers(0, 50)), min_size=1, max_size=12))
def test_breakdowns_and_areas_may_be_summed_in_either_order(rows: list[tuple[int, str, int]]) -> None:
    e = elemen(rincian=[dimension("JK")])
    nilai = {(k, sex): n for k, sex, n in rows}
    figures = table(rollup(cell(e, f"53.14.{k:02d}", n, JK=sex) for (k, sex), n in nilai.items()))
    by_sex = {sex: figures["53.14", (("JK", sex),)][0] or 0 for _, sex in nilai}
    assert by_sex == {sex: sum(n for (_, j), n in nilai.items() if j == sex) for sex in by_sex}
    whole = [k for k in {k for k, _ in nilai} if {(k, "L"), (k, "P")} <= nilai.keys()]
    assert figures["53.14", ()][0] == (sum(nilai[k, sex] for k in whole for sex in "LP") if whole else None)
    assert all((figures[f"53.14.{k:02d}", ()][0] is None) == (k not in whole) for k, _ in nilai)


def test_one_choice_may_be_told_by_its_parts_and_another_by_its_total() -> None:
    e = elemen(rincian=[dimension("a", adds_up=False), dimension("JK")])
    figures = table(
        rollup([cell(e, "53.14", 2, a="1", JK="L"), cell(e, "53.14", 3, a="1", JK="P"), cell(e, "53.14", 7, a="2")])
    )
    assert figures["53.14", (("a", "1"),)] == (5, "ADA")
    assert figures["53.14", (("a", "2"),)] == (7, "ADA")


def test_half_of_one_choice_says_nothing_of_it_though_another_is_told_by_its_total() -> None:
    e = elemen(rincian=[dimension("a", adds_up=False), dimension("JK")])
    figures = table(rollup([cell(e, "53.14", 2, a="1", JK="L"), cell(e, "53.14", 7, a="2")]))
    assert figures["53.14", (("a", "1"),)] == (None, "TIDAK_ADA_DATA")


@pytest.mark.parametrize(
    ("formulir", "elemen_kode", "given"),
    [
        ("F10", "SDM03", [("53.14.01", {"JK": "L"}, 1), ("53.14.01", {"JK": "P"}, 0), ("53.14.03", {}, 1)]),
        # families have no sex: the kinds of PPKS that they are stand beside those that are counted by sex
        ("F07", "PPK01", [
            ("53.14.01.2005", {"jenis_ppks": "24"}, 12), ("53.14.01.2005", {"jenis_ppks": "9", "JK": "L"}, 6),
            ("53.14.01.2005", {"jenis_ppks": "9", "JK": "P"}, 7), ("53.14.01.2005", {"jenis_ppks": "8", "JK": "P"}, 9),
        ]),
    ],
)  # fmt: skip
def test_the_proof_agrees_where_some_figures_come_by_a_breakdown_and_others_as_a_total(
    demo_url: str, formulir: str, elemen_kode: str, given: list[tuple[str, dict[str, str], int]]
) -> None:
    cells = [
        Cell(Place(kode=w), Column(elemen_kode, tuple(r.items())), Decimal(n), None, LOCATION) for w, r, n in given
    ]
    draft = RekapDraft("53.14", formulir, Periode.read("2021-S1"), "bukti", None, tuple(cells))

    async def work() -> list[Discrepancy]:
        db = Database(demo_url, 2)
        await db.open()
        try:
            workflow = RekapWorkflow(db, KatalogCache(db))
            result = await workflow.submit(Actor(Role.KABUPATEN, "53.14", "uji"), draft)
            assert isinstance(result, Receipt), result
            assert result.kunci is not None
            await workflow.approve(Actor(Role.PROVINSI, "53", "uji"), result.kunci, result.revisi)
            return (await verify_rollup(db))[1]
        finally:
            await db.close()

    assert asyncio.run(work()) == []
    with psycopg.connect(demo_url) as conn:
        told = conn.execute(
            "SELECT rincian->>'jenis_ppks', nilai FROM angka WHERE kode_wilayah = '53.14' AND periode = '2021-S1' AND elemen = %s "
            "AND dimensi = 'jenis_ppks' ORDER BY 1", (elemen_kode,),
        ).fetchall()  # fmt: skip
    assert told == ([("24", 12), ("8", None), ("9", 13)] if formulir == "F07" else [])
