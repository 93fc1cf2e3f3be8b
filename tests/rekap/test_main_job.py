"""The main job, whole, through HTTP: what must come out of the figures of the source documents."""

from typing import Any

import pytest

from tests.client import Klien
from tests.rekap.texts import AJUKAN, SETUJUI, angka, masukan, tabel

AGREGAT = """query ($e: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t) {
    wilayah { kode nama } elemen { kode } nilai tertulis status kelengkapan { diharapkan diterima disetujui persen }
  }
}"""
INDIKATOR = """query ($k: [String!]!) {
  indikator(kode: $k, periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) {
    kode rincian { pilihan } pembilang penyebut nilai status
  }
}"""


def _agregat(hub: Klien, elemen: str, wilayah: str, tingkat: str) -> list[Any]:
    isi: list[Any] = hub.tanya(AGREGAT, {"e": [elemen], "w": wilayah, "t": tingkat})["agregat"]
    return isi


@pytest.mark.parametrize(
    ("elemen", "jumlah"),
    [("BAN01", 11_731), ("BAN03", 15_141), ("BAN02", 12_157_475_000), ("BEN04", 10_562), ("FAK02", 300), ("PPK03", 60)],
)
def test_figures_by_kecamatan_of_that_year_add_up(hub_baca: Klien, elemen: str, jumlah: int) -> None:
    baris = _agregat(hub_baca, elemen, "53.14", "KECAMATAN")
    assert len(baris) == 10  # Loaholu did not exist yet
    assert "53.14.11" not in {b["wilayah"]["kode"] for b in baris}
    assert sum(b["nilai"] or 0 for b in baris) == jumlah
    (kabupaten,) = _agregat(hub_baca, elemen, "53.14", "KABUPATEN")
    assert kabupaten["nilai"] == jumlah
    (provinsi,) = _agregat(hub_baca, elemen, "53", "PROVINSI")
    assert provinsi["nilai"] == jumlah
    assert provinsi["kelengkapan"] == {"diharapkan": 22, "diterima": 1, "disetujui": 1, "persen": 4.55}


def test_a_kecamatan_that_was_left_out_is_no_data_not_zero(hub_baca: Klien) -> None:
    tengah = next(b for b in _agregat(hub_baca, "BEN04", "53.14", "KECAMATAN") if b["wilayah"]["nama"] == "Rote Tengah")
    assert (tengah["nilai"], tengah["status"]) == (None, "TIDAK_ADA_DATA")


@pytest.mark.parametrize(
    ("kode", "pembilang", "penyebut", "nilai"),
    [
        ("I01", 11_731, 22_579, 51.96),
        ("I02", 15_141, 22_579, 67.06),
        ("I03", 300, 22_579, 1.33),
        ("I04", 405, 3_455, 11.72),
        ("I05", 10_600, 10_500, 100.95),
        ("I07", 60, 119, 50.42),
        ("I08", 5, 20, 25),
        ("I09", 3_497_552_382, 3_772_191_098, 92.72),
        ("I09.APBN", 29_526_875_000, 29_526_875_000, 100),
        ("I12", 414.98, 5, 83),
        ("I14", 10, 10, 1),
    ],
)
def test_indicators_with_numerator_and_denominator(
    hub_baca: Klien, kode: str, pembilang: float, penyebut: float, nilai: float
) -> None:
    (baris,) = hub_baca.tanya(INDIKATOR, {"k": [kode]})["indikator"]
    assert (baris["pembilang"], baris["penyebut"], baris["nilai"]) == (pembilang, penyebut, nilai)
    assert baris["status"] == "ADA"


def test_achievements_against_targets(hub_baca: Klien) -> None:
    naik = {b["rincian"][0]["pilihan"]: b for b in hub_baca.tanya(INDIKATOR, {"k": ["I10"]})["indikator"]}
    assert (naik["I01"]["nilai"], naik["I02"]["nilai"]) == (93.61, 106.44)
    assert (naik["I01"]["pembilang"], naik["I01"]["penyebut"]) == (51.955357, 55.5)
    turun = {b["rincian"][0]["pilihan"]: b for b in hub_baca.tanya(INDIKATOR, {"k": ["I11"]})["indikator"]}
    assert (turun["WIL07"]["nilai"], turun["WIL06"]["nilai"]) == (62.21, 88.28)
    assert (turun["WIL07"]["pembilang"], turun["WIL07"]["penyebut"]) == (2.42, 3.89)


def test_an_unpublished_denominator_leaves_no_data(hub_baca: Klien) -> None:
    (baris,) = hub_baca.tanya(INDIKATOR, {"k": ["I06"]}, "53.14")["indikator"]
    assert (baris["nilai"], baris["status"]) == (None, "TIDAK_ADA_DATA")
    # victims of violence: everybody else is told the same, whether there is a figure or not
    (baris,) = hub_baca.tanya(INDIKATOR, {"k": ["I06"]})["indikator"]
    assert (baris["nilai"], baris["status"]) == (None, "DISUPRESI")


def test_staff_with_every_breakdown(hub_baca: Klien) -> None:
    query = """query ($r: [String!]) { agregat(elemen: ["SDM01"], periode: ["2020"], wilayah: "53.14",
      tingkat: KABUPATEN, rincian: $r) { nilai rincian { pilihan } } }"""

    def menurut(*rincian: str) -> dict[str, int]:
        baris = hub_baca.tanya(query, {"r": list(rincian)})["agregat"]
        return {" ".join(p["pilihan"] for p in b["rincian"]): b["nilai"] for b in baris}

    assert menurut() == {"": 21}
    assert menurut("JK") == {"L": 12, "P": 9}
    assert menurut("golongan") == {"II": 4, "III": 14, "IV": 3}
    assert menurut("pendidikan") == {"D3": 1, "S1": 15, "SLTA": 5}
    assert menurut("JK", "jabatan")["P kasubag/kasie"] == 5
    assert sum(menurut("jabatan").values()) == 21


@pytest.mark.parametrize(("elemen", "tertulis"), [("LEM02", 393), ("SDM04", 6_121), ("SDM05", 1_452), ("LEM10", 6)])
def test_a_province_statement_stands_beside_and_is_never_added(hub_baca: Klien, elemen: str, tertulis: int) -> None:
    (baris,) = _agregat(hub_baca, elemen, "36", "PROVINSI")
    assert (baris["nilai"], baris["status"], baris["tertulis"]) == (None, "TIDAK_ADA_DATA", tertulis)
    assert baris["kelengkapan"] == {"diharapkan": 8, "diterima": 0, "disetujui": 0, "persen": 0}
    assert all(b["nilai"] is None for b in _agregat(hub_baca, elemen, "36", "KABUPATEN"))


def test_table_4_as_printed_is_refused_and_with_right_totals_accepted(hub: Klien) -> None:
    desa = {
        "Landu Leko": ["Sotimori", "Lifuleo"], "Rote Timur": ["Papela", "Matanae"], "Pantai Baru": ["Keoen", "Tesabela"],
        "Rote Tengah": ["Suebela", "Nggodimedda"], "Lobalain": ["Oelunggu", "Kolobolon", "Bebalain", "Suelain"],
        "Rote Selatan": ["Nggelodae", "Lenguselu"], "Rote Barat Laut": ["Mundek", "Saindule", "Holulai"],
        "Rote Barat Daya": ["Oebafok", "Lalukoen", "Oetefu"], "Rote Barat": ["Boa", "Oenggaut"],
        "Ndao Nuse": ["Mbalilendeiki", "Nuse"],
    }  # fmt: skip
    baris: list[tuple[Any, ...]] = [((f"Desa {d}", k), 10, 4, None) for k, milik in desa.items() for d in milik]
    baris.append(("Panti Mercy Indonesia", None, None, 15))
    isi = {"tabel": [tabel(["REH09", "REH10", "REH11"], baris)]}

    def kirim(kunci: str, lansia: int, disabilitas: int) -> Any:
        total = [{"elemen": "REH09", "tertulis": lansia}, {"elemen": "REH10", "tertulis": disabilitas}]
        m = masukan("53.14", "F05", "2020-TW4", kunci, totalTertulis=total, **isi)
        return hub.tanya(AJUKAN, {"m": m}, sebagai="53.14")["hasil"]

    ditolak = kirim("cetak", 250, 100)
    assert ditolak["__typename"] == "RekapDitolak"
    galat = {t["elemen"]: t for t in ditolak["temuan"] if t["tingkat"] == "GALAT"}
    assert galat.keys() == {"REH09", "REH10"}
    assert "240 ≠ 250" in galat["REH09"]["pesan"]
    assert "96 ≠ 100" in galat["REH10"]["pesan"]
    assert "kurang 1 baris" in galat["REH09"]["pesan"]
    assert galat["REH09"]["wilayah"] == "53.14"
    assert {x["baris"] for x in galat["REH09"]["lokasi"] if x["baris"]} == set(range(1, 25))
    assert hub.sql("SELECT count(*) FROM rekap WHERE periode = '2020-TW4'") == [(0,)]

    diterima = kirim("benar", 240, 96)
    assert diterima["__typename"] == "RekapDiterima", diterima
    assert diterima["perubahan"]["baru"] == 49


def test_puskesos_in_12_governments_of_8_is_found(hub: Klien) -> None:
    pemda = angka("36", "LEM11", 12, rincian=[{"rincian": "hitungan", "pilihan": "pemda"}])
    m = masukan("36", "F09", "2021", "puskesos", nilai=[pemda])
    hasil = hub.tanya(AJUKAN, {"m": m}, sebagai="36")["hasil"]
    assert hasil["__typename"] == "RekapDitolak"
    (temuan,) = hasil["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["elemen"]) == ("F09-A4", "GALAT", "LEM11")
    assert "12 > KABUPATEN = 8" in temuan["pesan"]
    # written as plain Puskesos it may be true, so it is only questioned
    m = masukan("36", "F09", "2021", "puskesos 2", nilai=[angka("36", "LEM11", 12)])
    hasil = hub.tanya(AJUKAN, {"m": m}, sebagai="36")["hasil"]
    assert hasil["__typename"] == "RekapDiterima"
    assert [(t["kode"], t["tingkat"]) for t in hasil["temuan"]] == [("F09-A5", "PERINGATAN")]


def test_approval_moves_the_province_figure_at_once(hub: Klien) -> None:
    m = masukan("53.15", "F02", "2020", "manggarai barat", nilai=[angka("53.15", "BAN01", 1_000)])
    hasil = hub.tanya(AJUKAN, {"m": m}, sebagai="53.15")["hasil"]
    assert hasil["rekap"]["status"] == "DIAJUKAN"
    (baris,) = _agregat(hub, "BAN01", "53", "PROVINSI")
    assert (baris["nilai"], baris["kelengkapan"]["diterima"], baris["kelengkapan"]["disetujui"]) == (11_731, 2, 1)
    hub.tanya(SETUJUI, {"id": "53.15:F02:2020", "revisi": 1}, sebagai="53")
    (baris,) = _agregat(hub, "BAN01", "53", "PROVINSI")
    assert (baris["nilai"], baris["kelengkapan"]["diterima"], baris["kelengkapan"]["disetujui"]) == (12_731, 2, 2)
