"""Years before the oldest list of regions: entered with a note, and answered as any other year."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

YEARS = ("2016", "2017", "2018", "2019", "2020")
ROWS = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $h: Date) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, wilayahPada: $h) {
    wilayah { kode nama } elemen { kode } periode nilai status terisi { dari berisi } kelengkapan { diharapkan disetujui } } }"""


def enter(hub: Client, form: str, periode: str, figures: list[dict[str, Any]], pelapor: str = "53.14") -> set[str]:
    """Submitted and approved; the codes of the findings."""
    sent = submission(pelapor, form, periode, f"{form} {periode}", nilai=figures)
    result = hub.ask(SUBMIT, {"m": sent, "uji": False}, as_whom=pelapor)["hasil"]
    assert result["__typename"] == "RekapDiterima", result
    revision = {"id": f"{pelapor}:{form}:{periode}", "revisi": result["revisi"]}
    assert hub.ask(APPROVE, revision, as_whom="53")["hasil"]["__typename"] == "RekapDiterima"
    return {t["kode"] for t in result["temuan"]}


def rows(
    hub: Client, elemen: list[str], level: str, wilayah: str = "53.14", **more: Any
) -> dict[tuple[str, str, str], Any]:
    asked = {"e": elemen, "p": more.pop("periode", list(YEARS)), "w": wilayah, "t": level, **more}
    return {(b["wilayah"]["kode"], b["elemen"]["kode"], b["periode"]): b for b in hub.ask(ROWS, asked)["agregat"]}


@pytest.fixture
def series(hub: Client) -> Client:
    """KUBE, their households, those at work and houses of five years, in two desa of one kecamatan and one of another."""
    for i, year in enumerate(YEARS):
        figures = []
        for n, desa in enumerate(("53.14.01.2005", "53.14.01.2006", "53.14.02.2005")):
            kube = 10 * i + n + 1
            figures += [
                angka(desa, "FAK01", kube), angka(desa, "FAK02", 10 * kube), angka(desa, "FAK03", kube),
                angka(desa, "FAK04", kube + 1),
            ]  # fmt: skip
        if year == "2020":
            hub.ask(
                'mutation { bukaRekap(id: "53.14:F08:2020", alasan: "deret") { __typename } }', as_whom="53"
            )  # the demo's own
        codes = enter(hub, "F08", year, figures)
        assert ("SEBELUM_DAFTAR_WILAYAH" in codes) == (year != "2020"), (year, codes)
    return hub


def test_a_series_from_before_the_first_list_comes_back(series: Client) -> None:
    kab = rows(series, ["FAK01", "FAK02", "FAK03", "FAK04"], "KABUPATEN")
    for i, year in enumerate(YEARS):
        kube = 3 * 10 * i + 6
        answered = [kab["53.14", e, year]["nilai"] for e in ("FAK01", "FAK02", "FAK03", "FAK04")]
        assert answered == [kube, 10 * kube, kube, kube + 3], year
        assert kab["53.14", "FAK01", year]["kelengkapan"] == {"diharapkan": 1, "disetujui": 1}
    kecamatan = rows(series, ["FAK01"], "KECAMATAN")
    assert [kecamatan["53.14.01", "FAK01", y]["nilai"] for y in YEARS] == [3, 23, 43, 63, 83]
    assert [kecamatan["53.14.02", "FAK01", y]["nilai"] for y in YEARS] == [3, 13, 23, 33, 43]
    assert {k for k, _, p in kecamatan if p == "2016"} == {k for k, _, p in kecamatan if p == "2020"}
    desa = rows(series, ["FAK04"], "DESA", "53.14.01")
    assert desa["53.14.01.2005", "FAK04", "2016"]["nilai"] == 2
    assert kecamatan["53.14.01", "FAK01", "2016"]["terisi"]["berisi"] == 2
    province = rows(series, ["FAK01"], "PROVINSI", "53")["53", "FAK01", "2016"]
    assert (province["nilai"], province["kelengkapan"]["disetujui"]) == (6, 1)
    assert province["kelengkapan"]["diharapkan"] == province["terisi"]["dari"] > 1


def test_by_later_borders_as_well(series: Client) -> None:
    """Boni of 53.14.02 lies in 53.14.11 since 2022: so do its figures of 2016."""
    now = rows(series, ["FAK01"], "KECAMATAN", h="2024-01-01", periode=["2016", "2019"])
    assert now["53.14.01", "FAK01", "2016"]["nilai"] == 3
    assert now["53.14.11", "FAK01", "2019"]["nilai"] == 33


def test_the_rekap_itself_names_its_regions(series: Client) -> None:
    rekap = series.ask(
        '{ rekap(id: "53.14:F08:2016") { pelapor { kode nama } nilai { wilayah { kode nama } nilai } } '
        'kelengkapan(formulir: ["F08"], periode: ["2016"], wilayah: "53") { kabupaten { kode } tenggat status terlambat } }',
        as_whom="53.14",
    )
    assert rekap["rekap"]["pelapor"] == {"kode": "53.14", "nama": "Rote Ndao"}
    assert {n["wilayah"]["kode"] for n in rekap["rekap"]["nilai"]} == {
        "53.14.01.2005",
        "53.14.01.2006",
        "53.14.02.2005",
    }
    states = {k["kabupaten"]["kode"]: k for k in rekap["kelengkapan"]}
    assert (states["53.14"]["status"], states["53.14"]["tenggat"][:4]) == ("DISETUJUI", "2017")
    assert len(states) == 22


def test_the_map_draws_it(series: Client) -> None:
    answer = series.get(
        "/angka.json", params={"elemen": "FAK01", "periode": "2016", "wilayah": "53.14", "tingkat": "KECAMATAN"}
    )
    figures = dict(zip(answer.json()["kode"], answer.json()["nilai"], strict=True))
    assert figures["53.14.01"] == 3, answer.text


# one of each form, at its finest level as far as that is open: every kind of adding up
ELSEWHERE = [
    ("F01", "WIL02", "53.14.01.2005", "KECAMATAN", "53.14.01"), ("F02", "BAN01", "53.14.01.2005", "KABUPATEN", "53.14"),
    ("F03", "BEN04", "53.14.01", "PROVINSI", "53"), ("F05", "REH01", "53.14.01", "KABUPATEN", "53.14"),
    ("F10", "SDM03", "53.14.01", "KECAMATAN", "53.14.01"), ("F13", "LAY11", "53.14", "KABUPATEN", "53.14"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "elemen", "place", "level", "wilayah"), ELSEWHERE)
def test_every_kind_of_element_has_such_years(
    hub: Client, form: str, elemen: str, place: str, level: str, wilayah: str
) -> None:
    assert "SEBELUM_DAFTAR_WILAYAH" in enter(hub, form, "2017", [angka(place, elemen, 123)])
    row = rows(hub, [elemen], level, wilayah, periode=["2017"])[wilayah, elemen, "2017"]
    assert (row["nilai"], row["status"]) == (123, "ADA")


def test_indicators_and_staff_have_such_years(hub: Client) -> None:
    enter(hub, "F01", "2017", [angka("53.14", "WIL03", 1000)])
    enter(hub, "F02", "2017", [angka("53.14", "BAN01", 250)])
    enter(hub, "F10", "2017", [angka("53.14.01", "SDM03", 2)])
    answer = hub.ask(
        '{ indikator(kode: ["I01"], periode: ["2017"], wilayah: "53", tingkat: PROVINSI) { nilai pembilang penyebut } '
        'sdm(wilayah: "53.14.01", tingkat: KECAMATAN, jenis: [TKSK], periode: "2017") { jumlah periode } '
        'rasioSdm: rasioSdm(wilayah: "53.14", tingkat: KABUPATEN, jenis: [TKSK_PER_KECAMATAN], periode: "2017") { pembilang penyebut } }'
    )
    assert answer["indikator"] == [{"nilai": 25, "pembilang": 250, "penyebut": 1000}]
    assert answer["sdm"] == [{"jumlah": 2, "periode": "2017"}]
    assert answer["rasioSdm"] == [{"pembilang": 2, "penyebut": 10}]  # ten kecamatan in the oldest list


def test_what_a_later_list_opened_has_no_such_years(hub: Client) -> None:
    """53.14.11 came in 2022, and a province that came out of another had no years of its own."""
    sent = submission("53.14", "F03", "2016", "k", nilai=[angka("53.14.11", "BEN04", 5)])
    result = hub.ask(SUBMIT, {"m": sent, "uji": True}, as_whom="53.14")["hasil"]
    assert (result["__typename"], result["temuan"][0]["kode"]) == ("RekapDitolak", "WILAYAH_TIDAK_BERLAKU")
    hub.sql(
        "INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis) VALUES ('36', '2020-01-01', '53', '2020-01-01', 'pecah')"
    )
    assert rows(hub, ["FAK01"], "KABUPATEN", "53.14", periode=["2016"]) == {}
    sent = submission("53.14", "F03", "2016", "k2", nilai=[angka("53.14.01", "BEN04", 5)])
    result = hub.ask(SUBMIT, {"m": sent, "uji": True}, as_whom="53.14")["hasil"]
    assert result["__typename"] == "RekapDitolak"


def test_coverage_weighs_by_such_years(hub: Client) -> None:
    enter(hub, "F01", "2017", [angka("53.14.01.2005", "WIL02", 400)])
    asked = '{ cakupan(jenis: [PANTI], jarakKm: 1, wilayah: "53.14.01", bobot: "WIL02", periode: "2017") { bobot } }'
    assert hub.ask(asked)["cakupan"]["bobot"] == 400
