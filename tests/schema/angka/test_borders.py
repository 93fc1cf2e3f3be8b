"""A figure of 2020 by 2020's borders and by today's: Loaholu (53.14.11) was made of ten desa of Rote Barat Laut
(53.14.02) in 2022."""

from typing import Any

import pytest

from tests.client import Client
from tests.released import release_as_it_is

QUERY = """query ($e: [String!]!, $t: TingkatWilayah!, $w: KodeWilayah!, $h: Date, $r: [String!]) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t, wilayahPada: $h, rincian: $r) {
    wilayah { kode nama } nilai status rincian { rincian pilihan } kelengkapan { diharapkan disetujui } } }"""
NOW = "2024-06-30"


def angka(
    hub: Client, elemen: str, level: str, day: str | None = NOW, wilayah: str = "53.14", **more: Any
) -> dict[str, Any]:
    rows = hub.ask(QUERY, {"e": [elemen], "t": level, "w": wilayah, "h": day, **more})["agregat"]
    return {b["wilayah"]["kode"]: b["nilai"] for b in rows}


def test_desa_that_moved_take_their_figures_along(released_hub: Client) -> None:
    earlier = angka(released_hub, "REH09", "DESA", None)
    now = angka(released_hub, "REH09", "DESA")
    moved = dict(released_hub.sql("SELECT kode_lama, kode_baru FROM silsilah WHERE jenis <> 'dari_desa'"))
    assert len(moved) == 10
    assert len(now) == len(earlier) == 119
    assert now == {moved.get(k, k): n for k, n in earlier.items()}
    assert sum(n for n in now.values() if n is not None) == sum(n for n in earlier.values() if n is not None) > 0


def test_a_new_kecamatan_has_the_sum_of_its_desa(released_hub: Client) -> None:
    released_hub.ask("{ __typename }")
    desa, kec = angka(released_hub, "REH09", "DESA"), angka(released_hub, "REH09", "KECAMATAN")
    assert len(kec) == 11
    for kode, nilai in kec.items():
        known = [n for d, n in desa.items() if d.startswith(kode + ".") and n is not None]
        assert nilai == (sum(known) if known else None), kode
    assert "53.14.11" not in angka(released_hub, "REH09", "KECAMATAN", None)


def test_a_figure_of_the_whole_old_kecamatan_is_not_divided(released_hub: Client) -> None:
    earlier, now = angka(released_hub, "BAN01", "KECAMATAN", None), angka(released_hub, "BAN01", "KECAMATAN")
    assert earlier["53.14.02"] is not None
    assert now["53.14.02"] is now["53.14.11"] is None
    assert {k: n for k, n in now.items() if k not in ("53.14.02", "53.14.11")} == {
        k: n for k, n in earlier.items() if k != "53.14.02"
    }


@pytest.mark.parametrize("elemen", ["BAN01", "BAN02", "REH09", "WIL01", "WIL04", "WIL05", "BEN04"])
def test_the_kabupaten_kept_its_land_and_keeps_its_figure(released_hub: Client, elemen: str) -> None:
    for level, wilayah in (("KABUPATEN", "53.14"), ("PROVINSI", "53")):
        assert angka(released_hub, elemen, level, NOW, wilayah) == angka(released_hub, elemen, level, None, wilayah)


def test_breakdowns_and_completeness_come_along(read_hub: Client) -> None:
    for day in (None, NOW):
        rows = read_hub.ask(QUERY, {"e": ["REH01"], "t": "KABUPATEN", "w": "53.14", "h": day, "r": ["lingkup"]})[
            "agregat"
        ]
        assert rows
        assert all(b["kelengkapan"] == {"diharapkan": 1, "disetujui": 1} for b in rows)
        if day is None:
            earlier = rows
    assert rows == earlier


def test_a_split_desa_is_not_divided_and_a_merged_one_is_added(hub: Client) -> None:
    """53.14.01.2001 splits between two kecamatan; 53.14.03.2001 and …2002 become one."""
    desa = [k for (k,) in hub.sql(
        "SELECT kode FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL AND kode LIKE '53.14.0%' ORDER BY kode"
    )]  # fmt: skip
    split = next(d for d in desa if d.startswith("53.14.01."))
    one, other = [d for d in desa if d.startswith("53.14.03.")][:2]
    hub.sql("DELETE FROM angka WHERE elemen = 'REH09'")
    for kode, level, nilai in ((split, 4, 40), (one, 4, 5), (other, 4, 6), ("53.14.03", 3, 11)):
        hub.sql("INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
                "VALUES ('53.14', 'REH09', '2020', %s, '', %s, '{}', %s, 'ADA', false)", level, kode, nilai)  # fmt: skip
    hub.sql("UPDATE wilayah SET berlaku_sampai = '2023-01-01' WHERE kode = ANY(%s)", [split, one, other])
    for kode, parent, predecessors in (
        ("53.14.01.2901", "53.14.01", [split]), ("53.14.04.2901", "53.14.04", [split]), ("53.14.03.2901", "53.14.03", [one, other]),
    ):  # fmt: skip
        hub.sql("INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
                "VALUES ('53.14', %s, '2023-01-01', 4, 'DESA', 'Baru', %s)", kode, parent)  # fmt: skip
        for predecessor in predecessors:
            hub.sql("INSERT INTO silsilah SELECT kode, berlaku_sejak, %s, '2023-01-01', 'pecah' FROM wilayah WHERE kode = %s "
                    "AND berlaku_sampai = '2023-01-01'", kode, predecessor)  # fmt: skip
    release_as_it_is(hub)
    now = angka(hub, "REH09", "DESA")
    assert (now["53.14.01.2901"], now["53.14.04.2901"], now["53.14.03.2901"]) == (None, None, 11)
    kec = angka(hub, "REH09", "KECAMATAN")
    assert kec["53.14.01"] is None, "part of the land of an old desa that lies in two kecamatan now"
    assert kec["53.14.03"] == 11


def test_borders_older_than_the_figures_are_refused(read_hub: Client) -> None:
    (error,) = read_hub.errors(QUERY, {"e": ["BAN01"], "t": "KABUPATEN", "w": "53.14", "h": "2020-06-30"})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "2020-12-31" in error["message"]


def test_walls_stand_on_any_map(read_hub: Client) -> None:
    """A sensitive figure is closed below its level by later borders too."""
    query = QUERY.replace("wilayah { kode nama } nilai", "nilai")
    for day in (None, NOW):
        rows = read_hub.ask(query, {"e": ["REH01", "PPK01"], "t": "DESA", "w": "53.14.01", "h": day})["agregat"]
        assert {(b["nilai"], b["status"]) for b in rows if b["status"] == "DISUPRESI"} == {(None, "DISUPRESI")}, day
