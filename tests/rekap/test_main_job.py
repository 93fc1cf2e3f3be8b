"""The main job, whole, through HTTP: what must come out of the figures of the source documents."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission, table

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


def _agregat(hub: Client, elemen: str, wilayah: str, level: str) -> list[Any]:
    rows: list[Any] = hub.ask(AGREGAT, {"e": [elemen], "w": wilayah, "t": level})["agregat"]
    return rows


@pytest.mark.parametrize(
    ("elemen", "total"),
    [("BAN01", 11_731), ("BAN03", 15_141), ("BAN02", 12_157_475_000), ("BEN04", 10_562), ("FAK02", 300), ("PPK03", 60)],
)
def test_figures_by_kecamatan_of_that_year_add_up(read_hub: Client, elemen: str, total: int) -> None:
    rows = _agregat(read_hub, elemen, "53.14", "KECAMATAN")
    assert len(rows) == 10  # Loaholu did not exist yet
    assert "53.14.11" not in {b["wilayah"]["kode"] for b in rows}
    assert sum(b["nilai"] or 0 for b in rows) == total
    (kabupaten,) = _agregat(read_hub, elemen, "53.14", "KABUPATEN")
    assert kabupaten["nilai"] == total
    (provinsi,) = _agregat(read_hub, elemen, "53", "PROVINSI")
    assert provinsi["nilai"] == total
    assert provinsi["kelengkapan"] == {"diharapkan": 22, "diterima": 1, "disetujui": 1, "persen": 4.55}


def test_a_kecamatan_that_was_left_out_is_no_data_not_zero(read_hub: Client) -> None:
    middle = next(b for b in _agregat(read_hub, "BEN04", "53.14", "KECAMATAN") if b["wilayah"]["nama"] == "Rote Tengah")
    assert (middle["nilai"], middle["status"]) == (None, "TIDAK_ADA_DATA")


@pytest.mark.parametrize(
    ("kode", "numerator", "denominator", "nilai"),
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
    read_hub: Client, kode: str, numerator: float, denominator: float, nilai: float
) -> None:
    (row,) = read_hub.ask(INDIKATOR, {"k": [kode]})["indikator"]
    assert (row["pembilang"], row["penyebut"], row["nilai"]) == (numerator, denominator, nilai)
    assert row["status"] == "ADA"


def test_achievements_against_targets(read_hub: Client) -> None:
    rising = {b["rincian"][0]["pilihan"]: b for b in read_hub.ask(INDIKATOR, {"k": ["I10"]})["indikator"]}
    assert (rising["I01"]["nilai"], rising["I02"]["nilai"]) == (93.61, 106.44)
    assert (rising["I01"]["pembilang"], rising["I01"]["penyebut"]) == (51.955357, 55.5)
    falling = {b["rincian"][0]["pilihan"]: b for b in read_hub.ask(INDIKATOR, {"k": ["I11"]})["indikator"]}
    assert (falling["WIL07"]["nilai"], falling["WIL06"]["nilai"]) == (62.21, 88.28)
    assert (falling["WIL07"]["pembilang"], falling["WIL07"]["penyebut"]) == (2.42, 3.89)


def test_an_unpublished_denominator_leaves_no_data(read_hub: Client) -> None:
    (row,) = read_hub.ask(INDIKATOR, {"k": ["I06"]}, "53.14")["indikator"]
    assert (row["nilai"], row["status"]) == (None, "TIDAK_ADA_DATA")
    # victims of violence: of a whole kabupaten everybody may know that nothing was reported
    (row,) = read_hub.ask(INDIKATOR, {"k": ["I06"]})["indikator"]
    assert (row["nilai"], row["status"]) == (None, "TIDAK_ADA_DATA")


def test_staff_with_every_breakdown(read_hub: Client) -> None:
    query = """query ($r: [String!]) { agregat(elemen: ["SDM01"], periode: ["2020"], wilayah: "53.14",
      tingkat: KABUPATEN, rincian: $r) { nilai rincian { pilihan } } }"""

    def by(*rincian: str) -> dict[str, int]:
        rows = read_hub.ask(query, {"r": list(rincian)})["agregat"]
        return {" ".join(p["pilihan"] for p in b["rincian"]): b["nilai"] for b in rows}

    assert by() == {"": 21}
    assert by("JK") == {"L": 12, "P": 9}
    assert by("golongan") == {"II": 4, "III": 14, "IV": 3}
    assert by("pendidikan") == {"D3": 1, "S1": 15, "SLTA": 5}
    assert by("JK", "jabatan")["P kasubag/kasie"] == 5
    assert sum(by("jabatan").values()) == 21


@pytest.mark.parametrize(("elemen", "stated"), [("LEM02", 393), ("SDM04", 6_121), ("SDM05", 1_452), ("LEM10", 6)])
def test_a_province_statement_stands_beside_and_is_never_added(read_hub: Client, elemen: str, stated: int) -> None:
    (row,) = _agregat(read_hub, elemen, "36", "PROVINSI")
    assert (row["nilai"], row["status"], row["tertulis"]) == (None, "TIDAK_ADA_DATA", stated)
    assert row["kelengkapan"] == {"diharapkan": 8, "diterima": 0, "disetujui": 0, "persen": 0}
    assert all(b["nilai"] is None for b in _agregat(read_hub, elemen, "36", "KABUPATEN"))


def test_table_4_as_printed_is_refused_and_with_right_totals_accepted(hub: Client) -> None:
    desa = {
        "Landu Leko": ["Sotimori", "Lifuleo"], "Rote Timur": ["Papela", "Matanae"], "Pantai Baru": ["Keoen", "Tesabela"],
        "Rote Tengah": ["Suebela", "Nggodimedda"], "Lobalain": ["Oelunggu", "Kolobolon", "Bebalain", "Suelain"],
        "Rote Selatan": ["Nggelodae", "Lenguselu"], "Rote Barat Laut": ["Mundek", "Saindule", "Holulai"],
        "Rote Barat Daya": ["Oebafok", "Lalukoen", "Oetefu"], "Rote Barat": ["Boa", "Oenggaut"],
        "Ndao Nuse": ["Mbalilendeiki", "Nuse"],
    }  # fmt: skip
    rows: list[tuple[Any, ...]] = [((f"Desa {d}", k), 10, 4, None) for k, names in desa.items() for d in names]
    rows.append(("Panti Mercy Indonesia", None, None, 15))
    given = {"tabel": [table(["REH09", "REH10", "REH11"], rows)]}

    def send(key: str, elderly: int, disabled: int) -> Any:
        total = [{"elemen": "REH09", "tertulis": elderly}, {"elemen": "REH10", "tertulis": disabled}]
        m = submission("53.14", "F05", "2020-TW4", key, totalTertulis=total, **given)
        return hub.ask(SUBMIT, {"m": m}, as_whom="53.14")["hasil"]

    refused = send("cetak", 250, 100)
    assert refused["__typename"] == "RekapDitolak"
    errors = {t["elemen"]: t for t in refused["temuan"] if t["tingkat"] == "GALAT"}
    assert errors.keys() == {"REH09", "REH10"}
    assert "240 ≠ 250" in errors["REH09"]["pesan"]
    assert "96 ≠ 100" in errors["REH10"]["pesan"]
    assert "kurang 1 baris" in errors["REH09"]["pesan"]
    assert errors["REH09"]["wilayah"] == "53.14"
    assert {x["baris"] for x in errors["REH09"]["lokasi"] if x["baris"]} == set(range(1, 25))
    assert hub.sql("SELECT count(*) FROM rekap WHERE periode = '2020-TW4'") == [(0,)]

    accepted = send("benar", 240, 96)
    assert accepted["__typename"] == "RekapDiterima", accepted
    assert accepted["perubahan"]["baru"] == 49


def test_puskesos_in_12_governments_of_8_is_found(hub: Client) -> None:
    governments = angka("36", "LEM11", 12, rincian=[{"rincian": "hitungan", "pilihan": "pemda"}])
    m = submission("36", "F09", "2021", "puskesos", nilai=[governments])
    result = hub.ask(SUBMIT, {"m": m}, as_whom="36")["hasil"]
    assert result["__typename"] == "RekapDitolak"
    (temuan,) = result["temuan"]
    assert (temuan["kode"], temuan["tingkat"], temuan["elemen"]) == ("F09-A4", "GALAT", "LEM11")
    assert "12 > KABUPATEN = 8" in temuan["pesan"]
    # written as plain Puskesos it may be true, so it is only questioned
    m = submission("36", "F09", "2021", "puskesos 2", nilai=[angka("36", "LEM11", 12)])
    result = hub.ask(SUBMIT, {"m": m}, as_whom="36")["hasil"]
    assert result["__typename"] == "RekapDiterima"
    assert [(t["kode"], t["tingkat"]) for t in result["temuan"]] == [("F09-A5", "PERINGATAN")]


def test_approval_moves_the_province_figure_at_once(hub: Client) -> None:
    m = submission("53.15", "F02", "2020", "manggarai barat", nilai=[angka("53.15", "BAN01", 1_000)])
    result = hub.ask(SUBMIT, {"m": m}, as_whom="53.15")["hasil"]
    assert result["rekap"]["status"] == "DIAJUKAN"
    (row,) = _agregat(hub, "BAN01", "53", "PROVINSI")
    assert (row["nilai"], row["kelengkapan"]["diterima"], row["kelengkapan"]["disetujui"]) == (11_731, 2, 1)
    hub.ask(APPROVE, {"id": "53.15:F02:2020", "revisi": 1}, as_whom="53")
    (row,) = _agregat(hub, "BAN01", "53", "PROVINSI")
    assert (row["nilai"], row["kelengkapan"]["diterima"], row["kelengkapan"]["disetujui"]) == (12_731, 2, 2)
