"""What names and lineage come to when lists follow each other."""

import psycopg
import pytest

from hub.base.errors import InvalidInputError
from hub.db.migrate import migrate
from hub.wilayah.service import ListHeldBackError, Trust
from tests.wilayah.imported_lists import BASE, A, B, C, import_list, lineage, names, sql


def test_a_correction_of_the_same_day_leaves_the_name_before_it(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {**BASE, "53.14.02.2022": "Baru"}
    import_list(database_url, {**new, "53.14.07.2004": "Boha"}, B)
    import_list(database_url, {**new, "53.14.07.2004": "Bo'a", "53.14.02.2022": "Barru"}, B)
    assert names(database_url, "53.14.07.2004") == [(B, "Boa"), (None, "Bo'a")]
    assert names(database_url, "53.14.02.2022") == [(None, "Barru")]  # it never bore the other for a day
    assert sql(database_url, "SELECT kode, nama_sejak FROM wilayah WHERE nama_sejak IS NOT NULL") == [
        ("53.14.07.2004", B)
    ]


def test_a_list_older_than_the_newest_name_changes_nothing(database_url: str) -> None:
    import_list(database_url, BASE, A)
    import_list(database_url, {**BASE, "53.14.07.2004": "Bo'a"}, C)
    with pytest.raises(InvalidInputError, match="lebih baru"):
        import_list(database_url, BASE, B)
    assert names(database_url, "53.14.07.2004") == [(C, "Boa"), (None, "Bo'a")]


def test_regions_above_the_desa_come_from_where_their_desa_came_from(database_url: str) -> None:
    """A new kabupaten with a new kecamatan, made of two desa of two kecamatan; one of these ends with it."""
    old = {**BASE, "53.14.03": "Lobalain", "53.14.03.2002": "Kuli"}
    import_list(database_url, old, A)
    gone = ("53.14.03", "53.14.03.2002", "53.14.02.2018")
    new = {k: n for k, n in old.items() if k not in gone}
    new |= {"53.22": "Baru", "53.22.01": "Satu", "53.22.01.2001": "Kuli", "53.22.01.2002": "Holulai"}
    import_list(database_url, new, B)
    assert [x for x in lineage(database_url) if x[4] == "dari_desa"] == [
        ("53.14", A, "53.22", B, "dari_desa"),
        ("53.14.02", A, "53.22.01", B, "dari_desa"),
        ("53.14.03", A, "53.22.01", B, "dari_desa"),
    ]


def test_what_goes_on_and_only_took_or_gave_a_desa_is_what_it_was(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if k != "53.14.02.2018"}
    import_list(database_url, {**new, "53.14.07.2009": "Holulai"}, B)
    assert lineage(database_url) == [("53.14.02.2018", A, "53.14.07.2009", B, "pindah")]


def test_where_a_list_says_what_a_kecamatan_came_from_its_desa_are_not_asked(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if not k.startswith("53.14.07")}
    new |= {"53.14.12": "Rote Barat", "53.14.12.2001": "Boa", "53.14.12.2002": "Holulai"}
    del new["53.14.02.2018"]
    changes = [
        ("pindah", "53.14.07", "53.14.12"), ("pindah", "53.14.07.2004", "53.14.12.2001"),
        ("pindah", "53.14.02.2018", "53.14.12.2002"),
    ]  # fmt: skip
    import_list(database_url, new, B, changes)
    assert [x[:3:2] for x in lineage(database_url) if len(x[0]) == 8] == [("53.14.07", "53.14.12")]


def test_names_among_the_aliases_of_before_are_taken_over(empty: str) -> None:
    """Taro was Talo, then Tarro, each until its day; Toro was never its name."""
    migrate(empty, "0029_rapat")
    with psycopg.connect(empty) as conn:
        conn.execute("""
INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) VALUES
  ('53', '53', '2020-01-01', 1, 'PROVINSI', 'Taro'), ('36', '36', '2020-01-01', 1, 'PROVINSI', 'Banten');
INSERT INTO alias_wilayah (kode_kab, kode, berlaku_sejak, alias, sampai, sumber) VALUES
  ('53', '53', '2020-01-01', 'Talo', '2022-01-01', 'uji'), ('53', '53', '2020-01-01', 'Tarro', '2025-01-01', 'uji'),
  ('53', '53', '2020-01-01', 'Toro', null, 'uji'), ('36', '36', '2020-01-01', 'Bantam', '2020-01-01', 'uji')""")
    migrate(empty)
    assert names(empty, "53") == [(B, "Talo"), (C, "Tarro"), (None, "Taro")]
    assert sql(empty, "SELECT kode, nama_sejak FROM wilayah ORDER BY 1") == [("36", None), ("53", C)]


MOVED = {k: n for k, n in BASE.items() if k != "53.14.02.2018"} | {"53.14.07.2009": "Pindahan"}
_LINK = ("53.14.02.2018", A, "53.14.07.2009", B)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("PINDAH", "pindah"), (" Pindah Induk ", "pindah_induk"), ("pindah-nomor", "pindah_nomor"), ("Perpindahan", "pindah"),
        ("Pemekaran", "pecah"), ("PECAH", "pecah"), ("Penggabungan", "gabung"),
    ],
)  # fmt: skip
def test_kinds_of_changes_as_offices_write_them(database_url: str, written: str, kind: str) -> None:
    import_list(database_url, BASE, A)
    laporan = import_list(database_url, MOVED, B, [(written, "53.14.02.2018", "53.14.07.2009")])
    assert (laporan.temuan, laporan.links) == ([], 1)
    assert lineage(database_url) == [(*_LINK, kind)]


@pytest.mark.parametrize("first", [[], [("hapus", "53.14.02.2018", ""), ("tambah", "", "53.14.07.2009")]])
def test_a_corrected_list_of_changes_makes_the_link_afterwards(
    database_url: str, first: list[tuple[str, str, str]]
) -> None:
    import_list(database_url, BASE, A)
    assert import_list(database_url, MOVED, B, first).links == 0
    changes = [("pindah", "53.14.02.2018", "53.14.07.2009")]
    laporan = import_list(database_url, MOVED, B, changes)
    assert (laporan.opened, laporan.closed, laporan.links, laporan.temuan) == (0, 0, 1, [])
    assert lineage(database_url) == [(*_LINK, "pindah")]
    assert import_list(database_url, MOVED, B, changes).links == 0


def test_a_correction_that_fits_nothing_is_said(database_url: str) -> None:
    import_list(database_url, BASE, A)
    import_list(database_url, {**BASE, "53.14.07.2009": "Baru"}, B, [("tambah", "", "53.14.07.2009")])
    laporan = import_list(
        database_url, {**BASE, "53.14.07.2009": "Baru"}, B, [("pindah", "53.14.02.2018", "53.14.07.2009")]
    )
    assert laporan.temuan == ["perubahan baris 2: pindah 53.14.02.2018 → 53.14.07.2009 tidak cocok dengan daftar"]
    assert lineage(database_url) == []


def test_a_desa_split_off_and_one_taken_in_are_linked_to_what_goes_on(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {k: n for k, n in BASE.items() if k != "53.14.02.2021"} | {"53.14.02.2030": "Holulai Timur"}
    changes = [("pecah", "53.14.02.2018", "53.14.02.2030"), ("gabung", "53.14.02.2021", "53.14.02.2018")]
    for links in (2, 0):
        laporan = import_list(database_url, new, B, changes)
        assert (laporan.temuan, laporan.links) == ([], links)
        assert lineage(database_url) == [
            ("53.14.02.2018", A, "53.14.02.2030", B, "pecah"), ("53.14.02.2021", A, "53.14.02.2018", A, "gabung"),
        ]  # fmt: skip
    assert sql(database_url, "SELECT berlaku_sampai FROM wilayah WHERE kode = '53.14.02.2018'") == [(None,)]


def test_a_list_of_changes_may_say_the_same_twice(database_url: str) -> None:
    import_list(database_url, BASE, A)
    new = {**BASE, "53.14.02.2030": "Holulai Timur"}
    change = ("pecah", "53.14.02.2018", "53.14.02.2030")
    laporan = import_list(database_url, new, B, [change, change])
    assert (laporan.temuan, laporan.links) == ([], 1)
    assert lineage(database_url) == [("53.14.02.2018", A, "53.14.02.2030", B, "pecah")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("pindah", "53.14.02.2018", "53.14.07.2009", "Saindule", ""), '53.14.02.2018 adalah Holulai, sedangkan namanya ditulis "Saindule" (53.14.02.2021)'),
        (("pindah", "53.14.02.2018", "53.14.07.2009", "HOLULAI", "Boa"), '53.14.07.2009 adalah Pindahan, sedangkan namanya ditulis "Boa" (53.14.07.2004)'),
        (("pindah", "53.14.02.2018", "53.14.07.2009", "Desa Holulai", "Antah"), None),
    ],
)  # fmt: skip
def test_a_change_whose_code_and_name_mean_two_regions_holds_the_list(
    database_url: str, change: tuple[str, ...], told: str | None
) -> None:
    import_list(database_url, BASE, A)
    if told is None:
        assert import_list(database_url, MOVED, B, [change]).links == 1
        return
    with pytest.raises(ListHeldBackError) as held:
        import_list(database_url, MOVED, B, [change])
    assert held.value.laporan.broken == [f"perubahan baris 2: {told}; perbaiki salah satunya"]
    assert import_list(database_url, MOVED, B, [change], Trust(accept_broken=True)).links == 0
