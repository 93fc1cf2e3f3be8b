"""Importing lists of regions: what opens, closes, is renamed, moves; what is refused and said."""

import asyncio
import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.wilayah.draft import ListLine
from hub.wilayah.files import read_changes, read_region_list
from hub.wilayah.service import LaporanWilayah, ListHeldBackError, Trust, import_wilayah
from tests.wilayah.imported_lists import (
    BANTEN,
    BASE,
    A,
    B,
    C,
    counts,
    everything,
    import_list,
    in_force_on,
    lineage,
    names,
    sql,
    trace,
)
from tests.wilayah.national_list import names_in

MADE_OF = ("53.14.02", A, "53.14.11", B, "dari_desa")


def test_two_imports_of_one_list_at_once_are_one_after_the_other(database_url: str) -> None:
    rows = [ListLine(i, k, n) for i, (k, n) in enumerate(BASE.items(), 2)]

    async def together() -> list[LaporanWilayah]:
        db = Database(database_url, 4)
        await db.open()
        try:
            return await asyncio.gather(*(import_wilayah(db, rows, A, source="uji") for _ in range(4)))
        finally:
            await db.close()

    reports = asyncio.run(together())
    assert sorted(r.opened for r in reports) == [0, 0, 0, len(BASE)]
    assert sorted(r.unchanged for r in reports) == [0, len(BASE), len(BASE), len(BASE)]


def import_in_turn(url: str, listings: Sequence[tuple[dict[str, str], date]]) -> None:
    """Several lists, one after the other, over one connection."""

    async def work() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            for regions, valid_from in listings:
                await import_wilayah(
                    db,
                    [ListLine(0, k, n) for k, n in regions.items()],
                    valid_from,
                    source="uji",
                    trust=Trust(close_any=True),
                )
        finally:
            await db.close()

    asyncio.run(work())


def test_the_first_list_opens_every_region(database_url: str) -> None:
    laporan = import_list(database_url, BASE, A)
    assert (laporan.lines_read, *counts(laporan)) == (8, 8, 0, 0, 0, 0)
    assert laporan.temuan == []
    rows = sql(
        database_url, "SELECT kode_kab, kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk FROM wilayah ORDER BY 2"
    )  # fmt: skip
    assert rows == [
        ("53", "53", A, None, 1, "PROVINSI", "Nusa Tenggara Timur", None),
        ("53.14", "53.14", A, None, 2, "KABUPATEN", "Rote Ndao", "53"),
        ("53.14", "53.14.02", A, None, 3, "KECAMATAN", "Rote Barat Laut", "53.14"),
        ("53.14", "53.14.02.2018", A, None, 4, "DESA", "Holulai", "53.14.02"),
        ("53.14", "53.14.02.2021", A, None, 4, "DESA", "Saindule", "53.14.02"),
        ("53.14", "53.14.07", A, None, 3, "KECAMATAN", "Rote Barat", "53.14"),
        ("53.14", "53.14.07.1001", A, None, 4, "KELURAHAN", "Busalangga", "53.14.07"),
        ("53.14", "53.14.07.2004", A, None, 4, "DESA", "Boa", "53.14.07"),
    ]


def test_a_later_list_opens_what_it_adds(database_url: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(database_url, {**BASE, "53.14.07.2005": "Oenitas"}, B)
    assert counts(laporan) == (1, 0, 0, 0, 8)
    assert "53.14.07.2005" not in in_force_on(database_url, date(2021, 12, 31))
    assert in_force_on(database_url, B)["53.14.07.2005"] == "Oenitas"
    assert trace(database_url, "53.14.07.2004") == [(A, None, "Boa")]


def test_a_later_list_closes_what_it_no_longer_has(database_url: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(database_url, {k: n for k, n in BASE.items() if k != "53.14.07.2004"}, B)
    assert counts(laporan) == (0, 1, 0, 0, 7)
    assert trace(database_url, "53.14.07.2004") == [(A, B, "Boa")]
    assert "53.14.07.2004" in in_force_on(database_url, date(2021, 12, 31))
    assert "53.14.07.2004" not in in_force_on(database_url, B)


def test_a_new_spelling_becomes_the_name_and_the_old_one_an_alias(database_url: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(database_url, {**BASE, "53.14.07.2004": "Bo'a"}, B)
    assert counts(laporan) == (0, 0, 1, 0, 7)
    assert trace(database_url, "53.14.07.2004") == [(A, None, "Bo'a")]
    alias = sql(database_url, "SELECT kode_kab, kode, berlaku_sejak, alias, sumber FROM alias_wilayah")
    assert alias == [("53.14", "53.14.07.2004", A, "Boa", "uji")]
    assert names(database_url, "53.14.07.2004") == [(B, "Boa"), (None, "Bo'a")]


def test_a_region_that_moved_is_linked_to_where_it_went(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if k != "53.14.02.2018"}
    new |= {"53.14.11": "Loaholu", "53.14.11.2002": "Holulai"}
    changes = [("pindah", "53.14.02.2018", "53.14.11.2002"), ("tambah", "", "53.14.11")]
    laporan = import_list(database_url, new, B, changes)
    assert counts(laporan) == (2, 1, 0, 1, 7)
    assert (laporan.temuan, laporan.links_from) == ([], "daftar perubahan")
    assert lineage(database_url) == [MADE_OF, ("53.14.02.2018", A, "53.14.11.2002", B, "pindah")]
    assert trace(database_url, "53.14.02.2018") == [(A, B, "Holulai")]


def test_without_a_list_of_changes_moves_are_found_by_name(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if k != "53.14.02.2018"}
    laporan = import_list(database_url, {**new, "53.14.11": "Loaholu", "53.14.11.2002": "HOLULAI"}, B)
    assert laporan.links_from == "nama yang sama"
    assert lineage(database_url) == [MADE_OF, ("53.14.02.2018", A, "53.14.11.2002", B, "pindah")]


def test_a_code_that_comes_to_mean_another_place_is_two_regions(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {**BASE, "53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai"}
    changes = [("pindah_nomor", "53.14.02.2018", "53.14.02.2022"), ("tambah", "", "53.14.02.2018")]
    laporan = import_list(database_url, new, B, changes)
    assert counts(laporan) == (2, 1, 0, 1, 7)
    assert trace(database_url, "53.14.02.2018") == [(A, B, "Holulai"), (B, None, "Tasilo")]
    assert lineage(database_url) == [("53.14.02.2018", A, "53.14.02.2022", B, "pindah_nomor")]
    assert sql(database_url, "SELECT count(*) FROM alias_wilayah") == [(0,)]


def test_two_desa_that_swap_their_codes_are_each_linked_to_itself(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {**BASE, "53.14.02.2018": "Saindule", "53.14.02.2021": "Holulai"}
    laporan = import_list(database_url, new, B)
    assert counts(laporan) == (2, 2, 0, 2, 6)
    assert lineage(database_url) == [
        ("53.14.02.2018", A, "53.14.02.2021", B, "pindah"),
        ("53.14.02.2021", A, "53.14.02.2018", B, "pindah"),
    ]


def test_a_region_whose_parent_is_nowhere_cannot_be_used_nor_its_children(database_url: str) -> None:
    regions = {**BASE, "53.14.99.2001": "Yatim", "53.98.01": "Piatu", "53.98.01.2001": "Cucu"}
    temuan = [
        "baris 10: 53.14.99.2001 Yatim: induknya (53.14.99) tidak ada di berkas maupun di hub",
        "baris 11: 53.98.01 Piatu: induknya (53.98) tidak ada di berkas maupun di hub",
        "baris 12: 53.98.01.2001 Cucu: induknya (53.98.01) tidak ada di berkas maupun di hub",
    ]
    with pytest.raises(ListHeldBackError) as held:
        import_list(database_url, regions, A)
    assert held.value.laporan.broken == temuan
    assert in_force_on(database_url, A) == {}
    laporan = import_list(database_url, regions, A, trust=Trust(accept_broken=True))
    assert (laporan.opened, laporan.broken) == (8, temuan)
    assert in_force_on(database_url, A).keys() == BASE.keys()


def test_lines_that_cannot_be_used_hold_the_list_until_they_are_waived(database_url: str) -> None:
    regions = [
        *BASE.items(), ("53.14.x", "Salah"), ("", "Kosong"), ("53.14.07.5001", "Lima"), ("53.14.07.2009", "  "),
        ("5314072004", "Boa Kembar"),
    ]  # fmt: skip
    temuan = [
        'baris 10: "53.14.x" bukan kode wilayah',
        'baris 11: "" bukan kode wilayah',
        "baris 12: 53.14.07.5001: angka pertama desa harus 1, 2 atau 3",
        "baris 13: 53.14.07.2009: nama kosong",
        "baris 14: 53.14.07.2004: kode kembar dalam berkas (juga baris 8)",
    ]
    with pytest.raises(ListHeldBackError, match="5 baris tidak dapat dipakai") as held:
        import_list(database_url, regions, A)
    assert held.value.laporan.broken == temuan
    assert in_force_on(database_url, A) == {}
    laporan = import_list(database_url, regions, A, trust=Trust(accept_broken=True))
    assert (laporan.lines_read, laporan.opened, laporan.broken) == (13, 8, temuan)
    assert in_force_on(database_url, A)["53.14.07.2004"] == "Boa"


def test_an_older_list_is_refused_and_nothing_changes(database_url: str) -> None:
    import_list(database_url, BASE, B)
    before = everything(database_url)
    with pytest.raises(InvalidInputError, match="sudah ada daftar yang lebih baru") as error:
        import_list(database_url, {"53": "NTT", "53.15": "Manggarai Barat"}, A)
    assert "berlaku sejak 2020-01-01" in error.value.message
    assert "(sejak 2022-01-01)" in error.value.message
    assert everything(database_url) == before
    assert import_list(database_url, BANTEN, A).opened == 2  # another province keeps its own time


def test_the_same_list_again_changes_nothing(database_url: str) -> None:
    new = {**BASE, "53.14.02.2018": "Tasilo", "53.14.02.2022": "Holulai", "53.14.07.2004": "Bo'a"}
    del new["53.14.07.1001"]
    changes = [
        ("pindah_nomor", "53.14.02.2018", "53.14.02.2022"), ("tambah", "", "53.14.02.2018"), ("hapus", "53.14.07.1001", ""),
        ("ganti_ejaan", "53.14.07.2004", "53.14.07.2004"),
    ]  # fmt: skip
    import_list(database_url, BASE, A)
    laporan = import_list(database_url, new, B, changes)
    assert laporan.temuan == []
    before = everything(database_url), lineage(database_url)
    for repeated in (changes, None):
        again = import_list(database_url, new, B, repeated)
        assert counts(again) == (0, 0, 0, 0, len(new))
        assert again.temuan == []
        assert (everything(database_url), lineage(database_url)) == before


def test_a_partial_list_closes_nothing(database_url: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(
        database_url, {"53.14.07.2005": "Oenitas", "53.14.07.2004": "Bo'a"}, B, trust=Trust(is_partial=True)
    )
    assert counts(laporan) == (1, 0, 1, 0, 0)
    assert laporan.temuan == []
    assert in_force_on(database_url, B).keys() == {*BASE, "53.14.07.2005"}


def test_a_list_of_one_province_leaves_the_others_alone(database_url: str) -> None:
    import_list(database_url, {**BASE, **BANTEN}, A)
    laporan = import_list(
        database_url, {"36": "Banten", "36.01": "Kabupaten Pandeglang"}, B, trust=Trust(close_any=True)
    )
    assert counts(laporan) == (1, 1, 0, 0, 1)
    assert in_force_on(database_url, B).keys() == {*BASE, "36", "36.01"}


def test_every_region_in_force_has_its_parent_in_force(database_url: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(
        database_url, {k: n for k, n in BASE.items() if k != "53.14.07"}, B
    )  # the kecamatan's row was lost
    now = in_force_on(database_url, B)
    assert [k for k in now if "." in k and k.rpartition(".")[0] not in now] == []
    assert any("53.14.07" in t for t in laporan.temuan)


def test_changes_that_do_not_fit_the_list_are_said(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if k != "53.14.02.2018"} | {"53.14.02.2030": "Baru"}
    laporan = import_list(database_url, new, B, [("pindah", "53.14.02.2021", "53.14.02.2031")])
    assert sorted(laporan.temuan) == [
        "53.14.02.2018: ditutup karena daftar, tetapi tidak ada di daftar perubahan",
        "53.14.02.2030: dibuka karena daftar, tetapi tidak ada di daftar perubahan",
        "perubahan baris 2: pindah 53.14.02.2021 → 53.14.02.2031 tidak cocok dengan daftar",
    ]
    assert lineage(database_url) == []
    assert trace(database_url, "53.14.02.2021") == [(A, None, "Saindule")]  # a line that does not fit moves nothing


def test_an_empty_list_does_nothing(database_url: str) -> None:
    import_list(database_url, BASE, A)
    before = everything(database_url)
    assert counts(import_list(database_url, {}, B)) == (0, 0, 0, 0, 0)
    assert everything(database_url) == before


def test_two_desa_may_bear_one_alias_and_one_desa_many(database_url: str) -> None:
    import_list(database_url, BASE, A)
    import_list(database_url, {**BASE, "53.14.07.2004": "Bo'a", "53.14.02.2021": "Sainduleh"}, B)
    import_list(database_url, {**BASE, "53.14.07.2004": "Boa", "53.14.02.2021": "Saindule Raya"}, C)
    alias = sql(database_url, "SELECT kode, alias FROM alias_wilayah ORDER BY 1, 2")
    assert alias == [
        ("53.14.02.2021", "Saindule"), ("53.14.02.2021", "Sainduleh"), ("53.14.07.2004", "Bo'a"), ("53.14.07.2004", "Boa"),
    ]  # fmt: skip
    assert names(database_url, "53.14.02.2021") == [(B, "Saindule"), (C, "Sainduleh"), (None, "Saindule Raya")]
    assert names(database_url, "53.14.07.2004") == [
        (B, "Boa"),
        (C, "Bo'a"),
        (None, "Boa"),
    ]  # it took its first name again


DESA = st.sampled_from([f"53.14.0{k}.200{d}" for k in (1, 2) for d in (1, 2, 3)])
REGIONS = st.dictionaries(DESA, st.sampled_from(["Alfa", "Beta", "Gama", "Delta"]), min_size=1)
FIXED = {"53": "Nusa Tenggara Timur", "53.14": "Rote Ndao", "53.14.01": "Utara", "53.14.02": "Selatan"}


@settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(listings=st.lists(REGIONS, min_size=2, max_size=4))
def test_on_each_lists_day_exactly_its_regions_are_in_force(database_url: str, listings: list[dict[str, str]]) -> None:
    with psycopg.connect(database_url) as conn:
        conn.execute("TRUNCATE wilayah, alias_wilayah, nama_wilayah, silsilah")
    import_in_turn(
        database_url, [({**FIXED, **regions}, date(year, 1, 1)) for year, regions in enumerate(listings, 2020)]
    )
    for year, regions in enumerate(listings, 2020):
        assert in_force_on(database_url, date(year, 1, 1)).keys() == FIXED.keys() | regions.keys()
        assert in_force_on(database_url, date(year, 12, 31)).keys() == FIXED.keys() | regions.keys()
    assert in_force_on(database_url, date(2099, 1, 1)) == {**FIXED, **listings[-1]}
    for old, old_since, new, new_since, _ in lineage(database_url):
        assert (old_since, new_since) in [(s, until) for s, until, _ in trace(database_url, old)]
        assert new_since in [s for s, _, _ in trace(database_url, new)]


_NAME_ON = """CASE WHEN w.nama_sejak > %s THEN (SELECT n.nama FROM nama_wilayah n WHERE n.kode_kab = w.kode_kab AND n.kode = w.kode
  AND n.berlaku_sejak = w.berlaku_sejak AND n.sampai > %s ORDER BY n.sampai LIMIT 1) ELSE w.nama END"""


def test_the_national_lists_of_2020_and_2025(database_url: str, data: Path) -> None:
    async def work() -> tuple[LaporanWilayah, LaporanWilayah]:
        db = Database(database_url, 2)
        await db.open()
        try:
            first = await import_wilayah(db, read_region_list(data / "wilayah_2020.csv"), A, source="2020")
            changes = read_changes(data / "pemekaran_2020_2025.csv")
            second = await import_wilayah(db, read_region_list(data / "wilayah_2025.csv"), C, changes, source="2025")
            return first, second
        finally:
            await db.close()

    first, second = asyncio.run(work())
    assert (first.lines_read, first.opened, first.temuan) == (91_227, 91_227, [])
    assert (second.lines_read, second.opened - second.closed, second.links, second.temuan) == (91_599, 372, 6_618, [])
    yesterday = date(2024, 12, 31)
    old, new = in_force_on(database_url, yesterday), in_force_on(database_url, C)
    assert (len(old), len(new)) == (91_227, 91_599)
    called = dict(sql(database_url, f"SELECT kode, {_NAME_ON} FROM wilayah w WHERE berlaku_sejak <= %s AND hari_terakhir >= %s", *[yesterday] * 4))  # fmt: skip
    assert called == names_in(data / "wilayah_2020.csv")
    assert called["11.02.03.2002"] == "Kisam" != new["11.02.03.2002"]
    assert (
        sum(called[k] != n for k, n in old.items())
        == sql(database_url, "SELECT count(*) FROM nama_wilayah")[0][0]
        > 2_000
    )
    assert ("53.14.02", A, "53.14.11", C, "dari_desa") in lineage(database_url)
    assert (old.get("53.14.11"), new["53.14.11"]) == (None, "Loaholu")
    assert trace(database_url, "53.14.02.2018") == [(A, C, "Holulai")]
    links = [t for t in lineage(database_url) if t[0] == "53.14.02.2018"]
    assert links == [("53.14.02.2018", A, "53.14.11.2002", C, "pindah")]
    reused = list(csv.DictReader((data / "kode_dipakai_ulang.csv").read_text(encoding="utf-8").splitlines()))
    assert len(reused) == 10
    for b in reused:
        assert trace(database_url, b["kode"]) == [(A, C, b["nama_2020"]), (C, None, b["nama_2025"])]
    for day, regions in ((yesterday, old), (C, new)):
        assert [k for k in regions if "." in k and k.rpartition(".")[0] not in regions] == [], day
