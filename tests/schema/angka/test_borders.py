"""A figure of 2020 by 2020's borders and by today's: Loaholu (53.14.11) was made of ten desa of Rote Barat Laut
(53.14.02) in 2022."""

from typing import Any

import pytest

from tests.client import Klien

QUERY = """query ($e: [String!]!, $t: TingkatWilayah!, $w: KodeWilayah!, $h: Date, $r: [String!]) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t, wilayahPada: $h, rincian: $r) {
    wilayah { kode nama } nilai status rincian { rincian pilihan } kelengkapan { diharapkan disetujui } } }"""
KINI = "2024-06-30"


def angka(
    hub: Klien, elemen: str, tingkat: str, hari: str | None = KINI, wilayah: str = "53.14", **isi: Any
) -> dict[str, Any]:
    baris = hub.tanya(QUERY, {"e": [elemen], "t": tingkat, "w": wilayah, "h": hari, **isi})["agregat"]
    return {b["wilayah"]["kode"]: b["nilai"] for b in baris}


def test_desa_that_moved_take_their_figures_along(hub_baca: Klien) -> None:
    dahulu = angka(hub_baca, "REH09", "DESA", None)
    kini = angka(hub_baca, "REH09", "DESA")
    pindah = dict(hub_baca.sql("SELECT kode_lama, kode_baru FROM silsilah"))
    assert len(pindah) == 10
    assert len(kini) == len(dahulu) == 119
    assert kini == {pindah.get(k, k): n for k, n in dahulu.items()}
    assert sum(n for n in kini.values() if n is not None) == sum(n for n in dahulu.values() if n is not None) > 0


def test_a_new_kecamatan_has_the_sum_of_its_desa(hub_baca: Klien) -> None:
    hub_baca.tanya("{ __typename }")
    desa, kec = angka(hub_baca, "REH09", "DESA"), angka(hub_baca, "REH09", "KECAMATAN")
    assert len(kec) == 11
    for kode, nilai in kec.items():
        ada = [n for d, n in desa.items() if d.startswith(kode + ".") and n is not None]
        assert nilai == (sum(ada) if ada else None), kode
    assert "53.14.11" not in angka(hub_baca, "REH09", "KECAMATAN", None)


def test_a_figure_of_the_whole_old_kecamatan_is_not_divided(hub_baca: Klien) -> None:
    dahulu, kini = angka(hub_baca, "BAN01", "KECAMATAN", None), angka(hub_baca, "BAN01", "KECAMATAN")
    assert dahulu["53.14.02"] is not None
    assert kini["53.14.02"] is kini["53.14.11"] is None
    assert {k: n for k, n in kini.items() if k not in ("53.14.02", "53.14.11")} == {
        k: n for k, n in dahulu.items() if k != "53.14.02"
    }


@pytest.mark.parametrize("elemen", ["BAN01", "BAN02", "REH09", "WIL01", "WIL04", "WIL05", "BEN04"])
def test_the_kabupaten_kept_its_land_and_keeps_its_figure(hub_baca: Klien, elemen: str) -> None:
    for tingkat, wilayah in (("KABUPATEN", "53.14"), ("PROVINSI", "53")):
        assert angka(hub_baca, elemen, tingkat, KINI, wilayah) == angka(hub_baca, elemen, tingkat, None, wilayah)


def test_breakdowns_and_completeness_come_along(hub_baca: Klien) -> None:
    for hari in (None, KINI):
        baris = hub_baca.tanya(QUERY, {"e": ["REH01"], "t": "KABUPATEN", "w": "53.14", "h": hari, "r": ["lingkup"]})[
            "agregat"
        ]
        assert baris
        assert all(b["kelengkapan"] == {"diharapkan": 1, "disetujui": 1} for b in baris)
        if hari is None:
            dahulu = baris
    assert baris == dahulu


def test_a_split_desa_is_not_divided_and_a_merged_one_is_added(hub: Klien) -> None:
    """53.14.01.2001 splits between two kecamatan; 53.14.03.2001 and …2002 become one."""
    desa = [k for (k,) in hub.sql(
        "SELECT kode FROM wilayah WHERE tingkat = 4 AND berlaku_sampai IS NULL AND kode LIKE '53.14.0%' ORDER BY kode"
    )]  # fmt: skip
    belah = next(d for d in desa if d.startswith("53.14.01."))
    satu, dua = [d for d in desa if d.startswith("53.14.03.")][:2]
    hub.sql("DELETE FROM angka WHERE elemen = 'REH09'")
    for kode, tingkat, nilai in ((belah, 4, 40), (satu, 4, 5), (dua, 4, 6), ("53.14.03", 3, 11)):
        hub.sql("INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan, "
                "publik) VALUES ('53.14', 'REH09', '2020', %s, '', %s, '{}', %s, 'ADA', false, true)", tingkat, kode, nilai)  # fmt: skip
    hub.sql("UPDATE wilayah SET berlaku_sampai = '2023-01-01' WHERE kode = ANY(%s)", [belah, satu, dua])
    for kode, induk, lama in (
        ("53.14.01.2901", "53.14.01", [belah]), ("53.14.04.2901", "53.14.04", [belah]), ("53.14.03.2901", "53.14.03", [satu, dua]),
    ):  # fmt: skip
        hub.sql("INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
                "VALUES ('53.14', %s, '2023-01-01', 4, 'DESA', 'Baru', %s)", kode, induk)  # fmt: skip
        for asal in lama:
            hub.sql("INSERT INTO silsilah SELECT kode, berlaku_sejak, %s, '2023-01-01', 'pecah' FROM wilayah WHERE kode = %s "
                    "AND berlaku_sampai = '2023-01-01'", kode, asal)  # fmt: skip
    kini = angka(hub, "REH09", "DESA")
    assert (kini["53.14.01.2901"], kini["53.14.04.2901"], kini["53.14.03.2901"]) == (None, None, 11)
    kec = angka(hub, "REH09", "KECAMATAN")
    assert kec["53.14.01"] is None, "part of the land of an old desa that lies in two kecamatan now"
    assert kec["53.14.03"] == 11


def test_borders_older_than_the_figures_are_refused(hub_baca: Klien) -> None:
    (galat,) = hub_baca.galat(QUERY, {"e": ["BAN01"], "t": "KABUPATEN", "w": "53.14", "h": "2020-06-30"})
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "2020-12-31" in galat["message"]


def test_walls_stand_on_any_map(hub_baca: Klien) -> None:
    """A sensitive figure is closed below its level by later borders too."""
    query = QUERY.replace("wilayah { kode nama } nilai", "nilai")
    for hari in (None, KINI):
        baris = hub_baca.tanya(query, {"e": ["REH01", "PPK01"], "t": "DESA", "w": "53.14.01", "h": hari})["agregat"]
        assert {(b["nilai"], b["status"]) for b in baris if b["status"] == "DISUPRESI"} == {(None, "DISUPRESI")}, hari
