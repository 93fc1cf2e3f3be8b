"""People of social welfare: counts by kind, sex and verification, ratios, regions without; nothing that is missing looks
like a figure."""

from typing import Any

import pytest

from tests.client import Klien
from tests.rekap.texts import AJUKAN, SETUJUI, angka, masukan

SDM = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $j: [JenisSdm!], $p: Periode) { sdm(wilayah: $w, tingkat: $t, jenis: $j, periode: $p) {
  wilayah { kode } jenis periode jumlah status lakiLaki perempuan terverifikasi statusTerverifikasi terverifikasiKabupaten
  terverifikasiProvinsi tertulis kelengkapan { diharapkan disetujui } } }"""
RASIO = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $j: [JenisRasioSdm!], $p: Periode) { rasioSdm(wilayah: $w, tingkat: $t, jenis: $j, periode: $p) {
  wilayah { kode } jenis periode pembilang penyebut rasio status banyakWilayah dengan tanpa tanpaData kelengkapan { disetujui } } }"""
TANPA = """query ($w: KodeWilayah!, $j: JenisSdm!, $s: [StatusNilai!], $n: Int, $a: String, $p: Periode) {
  wilayahTanpaSdm(wilayah: $w, jenis: $j, status: $s, first: $n, after: $a, periode: $p) {
    totalCount edges { node { wilayah { kode tingkat } status periode } } pageInfo { hasNextPage endCursor } } }"""


def rinci(**pilihan: str) -> list[dict[str, str]]:
    return [{"rincian": r, "pilihan": p} for r, p in pilihan.items()]


def setujui(hub: Klien, pelapor: str, formulir: str, periode: str, nilai: list[dict[str, Any]]) -> None:
    isi = masukan(pelapor, formulir, periode, f"{pelapor}-{formulir}-{periode}", nilai=nilai)
    hasil = hub.tanya(AJUKAN, {"m": isi}, sebagai=pelapor)["hasil"]
    assert hasil["__typename"] == "RekapDiterima", hasil
    id_ = f"{pelapor}:{formulir}:{periode}"
    hub.tanya(SETUJUI, {"id": id_, "revisi": 1}, sebagai=pelapor[:2])


def sdm(hub: Klien, wilayah: str, tingkat: str, *jenis: str, periode: str | None = None) -> list[dict[str, Any]]:
    isi: list[dict[str, Any]] = hub.tanya(SDM, {"w": wilayah, "t": tingkat, "j": list(jenis) or None, "p": periode})[
        "sdm"
    ]
    return isi


KEC = [f"53.14.{n:02d}" for n in range(1, 12)]


@pytest.fixture
def terisi(hub: Klien) -> Klien:
    """Two kabupaten report F10 and F09 of 2023-S1: 53.14 in detail, 53.15 totals only."""
    tksk = [angka(k, "SDM03", 1, rincian=rinci(JK="L" if i % 2 else "P")) for i, k in enumerate(KEC[:9])]
    isi = [
        *tksk,
        angka(KEC[9], "SDM03", 0),
        angka("53.14.01", "SDM05", 12), angka("53.14.01", "SDM06", 7, rincian=rinci(tahap_verifikasi="kabupaten")),
        angka("53.14.01", "SDM06", 3, rincian=rinci(tahap_verifikasi="provinsi")),
        angka("53.14", "SDM09", 5, rincian=rinci(jenis_pendamping="KUBE")),
        angka("53.14", "SDM09", 8, rincian=rinci(jenis_pendamping="KTKPM")),
        angka("53.14.03.1001", "SDM04", 2, rincian=rinci(JK="L", status_psm="aktif")),
        angka("53.14.03.1001", "SDM04", 4, rincian=rinci(JK="P", status_psm="aktif")),
    ]  # fmt: skip
    setujui(hub, "53.14", "F10", "2023-S1", isi)
    setujui(hub, "53.15", "F10", "2023-S1", [angka("53.15", "SDM05", 20), angka("53.15", "SDM06", 15)])
    setujui(hub, "53.14", "F09", "2023-TW2", [angka("53.14.01.2005", "LEM14", 1), angka("53.14.01.2006", "LEM14", 0)])
    return hub


def test_the_demo_answers_for_every_kind(hub_baca: Klien) -> None:
    baris = {b["jenis"]: b for b in sdm(hub_baca, "53.14", "KABUPATEN")}
    assert list(baris) == [
        "TKSK", "SAKTI_PEKSOS", "PEKSOS", "PENYULUH_SOSIAL", "PENDAMPING_PKH", "PENDAMPING_KUBE", "PENDAMPING_LAIN", "PSM",
        "TAGANA", "PENGURUS_KARANG_TARUNA",
    ]  # fmt: skip
    assert {j: (b["jumlah"], b["status"]) for j, b in baris.items() if b["status"] == "ADA"} == {
        "TKSK": (10, "ADA"), "SAKTI_PEKSOS": (1, "ADA"), "PENDAMPING_PKH": (51, "ADA"), "TAGANA": (30, "ADA"),
    }  # fmt: skip
    assert {b["status"] for j, b in baris.items() if b["jumlah"] == 0} == {"TIDAK_ADA_DATA"}
    assert {b["periode"] for j, b in baris.items() if j != "PEKSOS"} == {"2020"}
    assert baris["PEKSOS"]["periode"] is None
    assert baris["TKSK"]["terverifikasi"] == 10
    assert (baris["TAGANA"]["terverifikasi"], baris["TAGANA"]["statusTerverifikasi"]) == (0, "TIDAK_ADA_DATA")
    assert baris["TKSK"]["lakiLaki"] is None


def test_a_provinces_statement_stands_beside_and_is_no_figure(hub_baca: Klien) -> None:
    baris = {b["jenis"]: b for b in sdm(hub_baca, "36", "PROVINSI")}
    assert {j: b["tertulis"] for j, b in baris.items() if b["tertulis"] is not None} == {
        "TKSK": 155, "SAKTI_PEKSOS": 121, "PENYULUH_SOSIAL": 22, "PENDAMPING_PKH": 1038, "PENDAMPING_KUBE": 15,
        "PENDAMPING_LAIN": 621, "PSM": 6121, "TAGANA": 1452, "PENGURUS_KARANG_TARUNA": 1568,
    }  # fmt: skip
    assert {(b["jumlah"], b["status"]) for b in baris.values()} == {(0, "TIDAK_ADA_DATA")}
    assert baris["TKSK"]["kelengkapan"]["disetujui"] == 0


def test_the_newest_approved_period_answers_unless_another_is_asked(terisi: Klien) -> None:
    (kini,) = sdm(terisi, "53", "PROVINSI", "TKSK")
    assert (kini["periode"], kini["jumlah"], kini["kelengkapan"]) == ("2023-S1", 9, {"diharapkan": 22, "disetujui": 2})
    (dulu,) = sdm(terisi, "53", "PROVINSI", "TKSK", periode="2020")
    assert (dulu["periode"], dulu["jumlah"], dulu["kelengkapan"]["disetujui"]) == ("2020", 10, 1)
    (tiada,) = sdm(terisi, "53", "PROVINSI", "TKSK", periode="2021")
    assert (tiada["periode"], tiada["jumlah"], tiada["status"]) == ("2021", 0, "TIDAK_ADA_DATA")
    (belum,) = sdm(terisi, "53.01", "KABUPATEN", "TKSK")
    assert (belum["periode"], belum["status"], belum["kelengkapan"]["diharapkan"]) == (None, "TIDAK_ADA_DATA", 1)


def test_a_draft_or_a_submission_is_no_period(terisi: Klien) -> None:
    isi = masukan("53.14", "F10", "2023-S2", "ajuan", nilai=[angka("53.14.01", "SDM03", 1)])
    assert terisi.tanya(AJUKAN, {"m": isi}, sebagai="53.14")["hasil"]["__typename"] == "RekapDiterima"
    assert sdm(terisi, "53.14", "KABUPATEN", "TKSK")[0]["periode"] == "2023-S1"


def test_sex_is_told_where_it_adds_up(terisi: Klien) -> None:
    (tksk,) = sdm(terisi, "53.14", "KABUPATEN", "TKSK")
    assert (tksk["jumlah"], tksk["lakiLaki"], tksk["perempuan"]) == (9, 4, 5)
    (psm,) = sdm(terisi, "53.14.03.1001", "DESA", "PSM")
    assert (psm["jumlah"], psm["lakiLaki"], psm["perempuan"]) == (6, 2, 4)
    setujui(terisi, "53.15", "F10", "2023", [angka("53.15", "SDM03", 3)])
    setujui(terisi, "53.14", "F10", "2023", [angka("53.14", "SDM03", 2, rincian=rinci(JK="L")), angka("53.14", "SDM03", 0, rincian=rinci(JK="P"))])  # fmt: skip
    (prov,) = sdm(terisi, "53", "PROVINSI", "TKSK")
    assert (prov["periode"], prov["jumlah"], prov["lakiLaki"], prov["perempuan"]) == ("2023", 5, None, None)


def test_tagana_is_verified_step_by_step(terisi: Klien) -> None:
    (kab,) = sdm(terisi, "53.14", "KABUPATEN", "TAGANA")
    assert (kab["jumlah"], kab["terverifikasi"], kab["terverifikasiKabupaten"], kab["terverifikasiProvinsi"]) == (
        12,
        7,
        7,
        3,
    )
    (prov,) = sdm(terisi, "53", "PROVINSI", "TAGANA")
    assert (prov["jumlah"], prov["terverifikasi"], prov["statusTerverifikasi"]) == (32, 7 + 15, "ADA")


def test_companions_are_told_apart_only_where_they_were_reported_apart(terisi: Klien) -> None:
    kube, lain = sdm(terisi, "53.14", "KABUPATEN", "PENDAMPING_KUBE", "PENDAMPING_LAIN")
    assert (kube["jumlah"], lain["jumlah"]) == (5, 8)
    setujui(terisi, "53.14", "F10", "2024-S1", [angka("53.14", "SDM09", 13)])
    for b in sdm(terisi, "53.14", "KABUPATEN", "PENDAMPING_KUBE", "PENDAMPING_LAIN"):
        assert (b["periode"], b["jumlah"], b["status"]) == ("2024-S1", 0, "TIDAK_ADA_DATA")


def test_zero_no_data_and_too_fine_are_three_things(terisi: Klien) -> None:
    baris = {b["wilayah"]["kode"]: b["status"] for b in sdm(terisi, "53.14", "KECAMATAN", "TKSK")}
    assert baris == {**dict.fromkeys(KEC[:9], "ADA"), KEC[9]: "NOL", KEC[10]: "TIDAK_ADA_DATA"}
    assert {b["status"] for b in sdm(terisi, "53.14.01", "DESA", "TKSK")} == {"TIDAK_BERLAKU"}


def test_kinds_come_in_the_order_asked_and_once(terisi: Klien) -> None:
    isi = [(b["wilayah"]["kode"], b["jenis"]) for b in sdm(terisi, "53.14", "KABUPATEN", "TAGANA", "TKSK", "TAGANA")]
    assert isi == [("53.14", "TAGANA"), ("53.14", "TKSK")]
    salah = terisi.galat(SDM, {"w": "53.14.01", "t": "KABUPATEN"})
    assert salah[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "kosong" in terisi.galat(SDM, {"w": "53", "t": "PROVINSI", "j": []})[0]["message"]


def test_ratios_are_sums_over_those_who_have_both(terisi: Klien) -> None:
    isi = {b["jenis"]: b for b in terisi.tanya(RASIO, {"w": "53", "t": "PROVINSI"})["rasioSdm"]}
    tksk, tagana = isi["TKSK_PER_KECAMATAN"], isi["TAGANA_PER_KECAMATAN"]
    assert (tksk["pembilang"], tksk["penyebut"], tksk["rasio"]) == (9, 11, 0.82)  # only 53.14 has SDM03
    kec_15 = terisi.sql(
        "SELECT count(*) FROM wilayah WHERE kode_kab = '53.15' AND tingkat = 3 AND berlaku_sampai IS NULL"
    )[0][0]
    assert (tagana["pembilang"], tagana["penyebut"]) == (32, 11 + kec_15)
    assert (tksk["dengan"], tksk["tanpa"], tksk["banyakWilayah"] - tksk["tanpaData"]) == (9, 1, 10)
    (satu,) = terisi.tanya(RASIO, {"w": "53.14", "t": "KABUPATEN", "j": ["TKSK_PER_KECAMATAN"], "p": "2020"})[
        "rasioSdm"
    ]
    assert (satu["rasio"], satu["penyebut"], satu["tanpaData"]) == (
        1,
        10,
        10,
    )  # ten kecamatan then; only their sum is known
    (karang,) = terisi.tanya(RASIO, {"w": "53.14", "t": "KABUPATEN", "j": "KARANG_TARUNA_PER_DESA"})["rasioSdm"]
    assert (karang["periode"], karang["dengan"], karang["tanpa"], karang["tanpaData"]) == ("2023-TW2", 1, 1, 117)
    assert (karang["pembilang"], karang["penyebut"], karang["rasio"]) == (1, 119, 0.01)


def test_a_ratio_without_figures_is_no_data_and_desa_have_none(terisi: Klien) -> None:
    (b,) = terisi.tanya(RASIO, {"w": "53.01", "t": "KABUPATEN", "j": "PSM_PER_DESA"})["rasioSdm"]
    assert (b["rasio"], b["pembilang"], b["penyebut"], b["status"], b["tanpa"]) == (
        None,
        None,
        None,
        "TIDAK_ADA_DATA",
        0,
    )
    per_kec = terisi.tanya(RASIO, {"w": "53.14", "t": "KECAMATAN", "j": "TKSK_PER_KECAMATAN"})["rasioSdm"]
    assert [(x["rasio"], x["status"]) for x in per_kec[8:]] == [(1, "ADA"), (0, "NOL"), (None, "TIDAK_ADA_DATA")]
    assert "kecamatan" in terisi.galat(RASIO, {"w": "53.14", "t": "DESA"})[0]["message"]


def test_the_ratio_is_the_indicator(terisi: Klien) -> None:
    query = '{ indikator(kode: ["I14"], periode: ["2023-S1"], wilayah: "53", tingkat: KABUPATEN) { wilayah { kode } nilai } }'
    i14 = {b["wilayah"]["kode"]: b["nilai"] for b in terisi.tanya(query)["indikator"]}
    kami = {
        b["wilayah"]["kode"]: b["rasio"]
        for b in terisi.tanya(RASIO, {"w": "53", "t": "KABUPATEN", "j": "TKSK_PER_KECAMATAN"})["rasioSdm"]
    }
    assert kami == i14
    assert i14["53.14"] == 0.82


def test_regions_without_are_named_and_told_apart_from_silence(terisi: Klien) -> None:
    hal = terisi.tanya(TANPA, {"w": "53.14", "j": "TKSK"})["wilayahTanpaSdm"]
    assert [(e["node"]["wilayah"]["kode"], e["node"]["status"]) for e in hal["edges"]] == [
        ("53.14.10", "NOL"), ("53.14.11", "TIDAK_ADA_DATA"),
    ]  # fmt: skip
    desa = terisi.tanya(TANPA, {"w": "53.14", "j": "PENGURUS_KARANG_TARUNA", "s": ["NOL"]})["wilayahTanpaSdm"]
    assert [e["node"]["wilayah"] for e in desa["edges"]] == [{"kode": "53.14.01.2006", "tingkat": "DESA"}]
    assert desa["totalCount"] == 1
    assert desa["edges"][0]["node"]["periode"] == "2023-TW2"


def test_pages_of_regions_without_follow_each_other(terisi: Klien) -> None:
    kode: list[str] = []
    sesudah = None
    while True:
        hal = terisi.tanya(TANPA, {"w": "53.14", "j": "PSM", "n": 25, "a": sesudah})["wilayahTanpaSdm"]
        kode += [e["node"]["wilayah"]["kode"] for e in hal["edges"]]
        sesudah = hal["pageInfo"]["endCursor"]
        if not hal["pageInfo"]["hasNextPage"]:
            break
    semua = terisi.sql(
        "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL ORDER BY kode"
    )
    assert kode == [k for (k,) in semua if k != "53.14.03.1001"]
    assert hal["totalCount"] == len(kode) == 118


@pytest.mark.parametrize("jenis", ["PEKSOS", "PENDAMPING_KUBE", "PENDAMPING_LAIN"])
def test_kinds_that_no_region_reports_by_itself_are_refused(hub_baca: Klien, jenis: str) -> None:
    (galat,) = hub_baca.galat(TANPA, {"w": "53", "j": jenis})
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert jenis in galat["message"]


@pytest.mark.parametrize(
    "medan", ['sdm(wilayah: "53", tingkat: DESA) { wilayah { nama } jumlah }', 'rasioSdm(wilayah: "53", tingkat: KECAMATAN) { rasio }']
)  # fmt: skip
def test_both_lanes_answer_alike(hub_baca: Klien, medan: str) -> None:
    rencana = hub_baca.tanya(f"{{ x: {medan} }}")["x"]
    assert rencana == hub_baca.tanya(f"{{ __schema {{ queryType {{ name }} }} x: {medan} }}")["x"]
    assert len(rencana) >= 40


def test_a_slip_of_the_pen_does_not_break_the_answer(hub: Klien) -> None:
    setujui(hub, "53.15", "F10", "2023", [angka("53.15", "SDM08", 9_999_999_999)])
    (b,) = sdm(hub, "53.15", "KABUPATEN", "PENDAMPING_PKH")
    assert (b["jumlah"], b["status"]) == (2_147_483_647, "ADA")
