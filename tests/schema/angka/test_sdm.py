"""People of social welfare: counts by kind, sex and verification, ratios, regions without; nothing that is missing looks
like a figure."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.rilis.reports import jobs, sensitivity

SDM = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $j: [JenisSdm!], $p: Periode) { sdm(wilayah: $w, tingkat: $t, jenis: $j, periode: $p) {
  wilayah { kode } jenis periode jumlah status lakiLaki perempuan terverifikasi statusTerverifikasi terverifikasiKabupaten
  terverifikasiProvinsi tertulis kelengkapan { diharapkan disetujui } } }"""
RATIO = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $j: [JenisRasioSdm!], $p: Periode) { rasioSdm(wilayah: $w, tingkat: $t, jenis: $j, periode: $p) {
  wilayah { kode } jenis periode pembilang penyebut rasio status banyakWilayah dengan tanpa tanpaData kelengkapan { disetujui } } }"""
WITHOUT = """query ($w: KodeWilayah!, $j: JenisSdm!, $s: [StatusNilai!], $n: Int, $a: String, $p: Periode) {
  wilayahTanpaSdm(wilayah: $w, jenis: $j, status: $s, first: $n, after: $a, periode: $p) {
    totalCount edges { node { wilayah { kode tingkat } status periode } } pageInfo { hasNextPage endCursor } } }"""


def breakdown(**pilihan: str) -> list[dict[str, str]]:
    return [{"rincian": r, "pilihan": p} for r, p in pilihan.items()]


def approve(hub: Client, pelapor: str, formulir: str, periode: str, nilai: list[dict[str, Any]]) -> None:
    rekap_input = submission(pelapor, formulir, periode, f"{pelapor}-{formulir}-{periode}", nilai=nilai)
    result = hub.ask(SUBMIT, {"m": rekap_input}, as_whom=pelapor)["hasil"]
    assert result["__typename"] == "RekapDiterima", result
    id_ = f"{pelapor}:{formulir}:{periode}"
    hub.ask(APPROVE, {"id": id_, "revisi": 1}, as_whom=pelapor[:2])


def sdm(hub: Client, wilayah: str, level: str, *kinds: str, periode: str | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = hub.ask(SDM, {"w": wilayah, "t": level, "j": list(kinds) or None, "p": periode})["sdm"]
    return rows


KEC = [f"53.14.{n:02d}" for n in range(1, 12)]


@pytest.fixture
def filled(hub: Client) -> Client:
    """Two kabupaten report F10 and F09 of 2023-S1: 53.14 in detail, 53.15 totals only."""
    tksk = [
        angka(k, "SDM03", int((i % 2 == 1) is (sex == "L")), rincian=breakdown(JK=sex))
        for i, k in enumerate(KEC[:9])
        for sex in "LP"
    ]
    figures = [
        *tksk,
        angka(KEC[9], "SDM03", 0),
        angka("53.14.01", "SDM05", 12), angka("53.14.01", "SDM06", 7, rincian=breakdown(tahap_verifikasi="kabupaten")),
        angka("53.14.01", "SDM06", 3, rincian=breakdown(tahap_verifikasi="provinsi")),
        angka("53.14", "SDM09", 5, rincian=breakdown(jenis_pendamping="KUBE")),
        angka("53.14", "SDM09", 8, rincian=breakdown(jenis_pendamping="KTKPM")),
        angka("53.14.03.1001", "SDM04", 2, rincian=breakdown(JK="L", status_psm="aktif")),
        angka("53.14.03.1001", "SDM04", 4, rincian=breakdown(JK="P", status_psm="aktif")),
        *(angka("53.14.03.1001", "SDM04", 0, rincian=breakdown(JK=sex, status_psm="tidak aktif")) for sex in "LP"),
    ]  # fmt: skip
    approve(hub, "53.14", "F10", "2023-S1", figures)
    approve(hub, "53.15", "F10", "2023-S1", [angka("53.15", "SDM05", 20), angka("53.15", "SDM06", 15)])
    approve(hub, "53.14", "F09", "2023-TW2", [angka("53.14.01.2005", "LEM14", 1), angka("53.14.01.2006", "LEM14", 0)])
    return hub


def test_the_demo_answers_for_every_kind(read_hub: Client) -> None:
    by_kind = {b["jenis"]: b for b in sdm(read_hub, "53.14", "KABUPATEN")}
    assert list(by_kind) == [
        "TKSK", "SAKTI_PEKSOS", "PEKSOS", "PENYULUH_SOSIAL", "PENDAMPING_PKH", "PENDAMPING_KUBE", "PENDAMPING_LAIN", "PSM",
        "TAGANA", "PENGURUS_KARANG_TARUNA",
    ]  # fmt: skip
    assert {j: (b["jumlah"], b["status"]) for j, b in by_kind.items() if b["status"] == "ADA"} == {
        "TKSK": (10, "ADA"), "SAKTI_PEKSOS": (1, "ADA"), "PENDAMPING_PKH": (51, "ADA"), "TAGANA": (30, "ADA"),
    }  # fmt: skip
    assert {b["status"] for j, b in by_kind.items() if b["jumlah"] is None} == {"TIDAK_ADA_DATA"}
    assert {b["periode"] for j, b in by_kind.items() if j != "PEKSOS"} == {"2020"}
    assert by_kind["PEKSOS"]["periode"] is None
    assert by_kind["TKSK"]["terverifikasi"] == 10
    assert (by_kind["TAGANA"]["terverifikasi"], by_kind["TAGANA"]["statusTerverifikasi"]) == (None, "TIDAK_ADA_DATA")
    assert by_kind["TKSK"]["lakiLaki"] is None


def test_a_provinces_statement_stands_beside_and_is_no_figure(read_hub: Client) -> None:
    by_kind = {b["jenis"]: b for b in sdm(read_hub, "36", "PROVINSI")}
    assert {j: b["tertulis"] for j, b in by_kind.items() if b["tertulis"] is not None} == {
        "TKSK": 155, "SAKTI_PEKSOS": 121, "PENDAMPING_PKH": 1038, "PENDAMPING_KUBE": 15,
        "PENDAMPING_LAIN": 621, "PSM": 6121, "TAGANA": 1452, "PENGURUS_KARANG_TARUNA": 1568,
    }  # fmt: skip  # of PENYULUH_SOSIAL only the volunteers are stated, and half a breakdown is no total
    assert {(b["jumlah"], b["status"]) for b in by_kind.values()} == {(None, "TIDAK_ADA_DATA")}
    assert by_kind["TKSK"]["kelengkapan"]["disetujui"] == 0


def test_the_newest_approved_period_answers_unless_another_is_asked(filled: Client) -> None:
    (now,) = sdm(filled, "53", "PROVINSI", "TKSK")
    assert (now["periode"], now["jumlah"], now["kelengkapan"]) == ("2023-S1", 9, {"diharapkan": 22, "disetujui": 2})
    (earlier,) = sdm(filled, "53", "PROVINSI", "TKSK", periode="2020")
    assert (earlier["periode"], earlier["jumlah"], earlier["kelengkapan"]["disetujui"]) == ("2020", 10, 1)
    (none,) = sdm(filled, "53", "PROVINSI", "TKSK", periode="2021")
    assert (none["periode"], none["jumlah"], none["status"]) == ("2021", None, "TIDAK_ADA_DATA")
    (not_yet,) = sdm(filled, "53.01", "KABUPATEN", "TKSK")
    assert (not_yet["periode"], not_yet["status"], not_yet["kelengkapan"]["diharapkan"]) == (None, "TIDAK_ADA_DATA", 1)


def test_what_was_reported_in_another_year_is_not_lost(filled: Client) -> None:
    """2020 has 51 companions of PKH, 2023-S1 says nothing of them; each kabupaten answers with its own newest."""
    (kab,) = sdm(filled, "53.14", "KABUPATEN", "PENDAMPING_PKH")
    assert (kab["periode"], kab["jumlah"], kab["status"]) == ("2020", 51, "ADA")
    approve(filled, "53.15", "F10", "2024-S1", [angka("53.15", "SDM08", 7)])
    (province,) = sdm(filled, "53", "PROVINSI", "PENDAMPING_PKH")
    assert (province["periode"], province["jumlah"]) == ("2020", 58)
    rows = {b["wilayah"]["kode"]: b for b in sdm(filled, "53", "KABUPATEN", "PENDAMPING_PKH")}
    assert len(rows) == 22
    assert sum(b["jumlah"] or 0 for b in rows.values()) == 58
    assert (rows["53.15"]["periode"], rows["53.01"]["periode"], rows["53.01"]["jumlah"]) == ("2024-S1", None, None)


def test_a_draft_or_a_submission_is_no_period(filled: Client) -> None:
    rekap_input = submission("53.14", "F10", "2023-S2", "ajuan", nilai=[angka("53.14.01", "SDM03", 1)])
    assert filled.ask(SUBMIT, {"m": rekap_input}, as_whom="53.14")["hasil"]["__typename"] == "RekapDiterima"
    assert sdm(filled, "53.14", "KABUPATEN", "TKSK")[0]["periode"] == "2023-S1"


def test_sex_is_told_where_it_adds_up(filled: Client) -> None:
    (tksk,) = sdm(filled, "53.14", "KABUPATEN", "TKSK")
    assert (tksk["jumlah"], tksk["lakiLaki"], tksk["perempuan"]) == (9, 4, 5)
    (psm,) = sdm(filled, "53.14.03.1001", "DESA", "PSM")
    assert (psm["jumlah"], psm["lakiLaki"], psm["perempuan"]) == (6, 2, 4)
    approve(filled, "53.15", "F10", "2023", [angka("53.15", "SDM03", 3)])
    approve(filled, "53.14", "F10", "2023", [angka("53.14", "SDM03", 2, rincian=breakdown(JK="L")), angka("53.14", "SDM03", 0, rincian=breakdown(JK="P"))])  # fmt: skip
    (prov,) = sdm(filled, "53", "PROVINSI", "TKSK")
    assert (prov["periode"], prov["jumlah"], prov["lakiLaki"], prov["perempuan"]) == ("2023", 5, None, None)


def test_tagana_is_verified_step_by_step(filled: Client) -> None:
    (kab,) = sdm(filled, "53.14", "KABUPATEN", "TAGANA")
    assert (kab["jumlah"], kab["terverifikasi"], kab["terverifikasiKabupaten"], kab["terverifikasiProvinsi"]) == (
        12,
        7,
        7,
        3,
    )
    (prov,) = sdm(filled, "53", "PROVINSI", "TAGANA")
    assert (prov["jumlah"], prov["terverifikasi"], prov["statusTerverifikasi"]) == (32, 7 + 15, "ADA")


def test_companions_are_told_apart_only_where_they_were_reported_apart(filled: Client) -> None:
    kube, other = sdm(filled, "53.14", "KABUPATEN", "PENDAMPING_KUBE", "PENDAMPING_LAIN")
    assert (kube["jumlah"], other["jumlah"]) == (5, 8)
    approve(filled, "53.14", "F10", "2024-S1", [angka("53.14", "SDM09", 13)])
    for b in sdm(filled, "53.14", "KABUPATEN", "PENDAMPING_KUBE", "PENDAMPING_LAIN"):
        assert (b["periode"], b["jumlah"], b["status"]) == ("2024-S1", None, "TIDAK_ADA_DATA")


def test_zero_no_data_and_too_fine_are_three_things(filled: Client) -> None:
    statuses = {b["wilayah"]["kode"]: b["status"] for b in sdm(filled, "53.14", "KECAMATAN", "TKSK")}
    assert statuses == {**dict.fromkeys(KEC[:9], "ADA"), KEC[9]: "NOL", KEC[10]: "TIDAK_ADA_DATA"}
    assert {b["status"] for b in sdm(filled, "53.14.01", "DESA", "TKSK")} == {"TIDAK_BERLAKU"}


def test_kinds_come_in_the_order_asked_and_once(filled: Client) -> None:
    pairs = [(b["wilayah"]["kode"], b["jenis"]) for b in sdm(filled, "53.14", "KABUPATEN", "TAGANA", "TKSK", "TAGANA")]
    assert pairs == [("53.14", "TAGANA"), ("53.14", "TKSK")]
    errors = filled.errors(SDM, {"w": "53.14.01", "t": "KABUPATEN"})
    assert errors[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "kosong" in filled.errors(SDM, {"w": "53", "t": "PROVINSI", "j": []})[0]["message"]


def test_ratios_are_sums_over_those_who_have_both(filled: Client) -> None:
    by_kind = {b["jenis"]: b for b in filled.ask(RATIO, {"w": "53", "t": "PROVINSI"})["rasioSdm"]}
    tksk, tagana = by_kind["TKSK_PER_KECAMATAN"], by_kind["TAGANA_PER_KECAMATAN"]
    assert (tksk["pembilang"], tksk["penyebut"], tksk["rasio"]) == (9, 11, 0.82)  # only 53.14 has SDM03
    kec_15 = filled.sql(
        "SELECT count(*) FROM wilayah WHERE kode_kab = '53.15' AND tingkat = 3 AND berlaku_sampai IS NULL"
    )[0][0]
    assert (tagana["pembilang"], tagana["penyebut"]) == (32, 11 + kec_15)
    assert (tksk["dengan"], tksk["tanpa"], tksk["banyakWilayah"] - tksk["tanpaData"]) == (9, 1, 10)
    (one,) = filled.ask(RATIO, {"w": "53.14", "t": "KABUPATEN", "j": ["TKSK_PER_KECAMATAN"], "p": "2020"})["rasioSdm"]
    assert (one["rasio"], one["penyebut"], one["tanpaData"]) == (
        1,
        10,
        10,
    )  # ten kecamatan then; only their sum is known
    (karang,) = filled.ask(RATIO, {"w": "53.14", "t": "KABUPATEN", "j": "KARANG_TARUNA_PER_DESA"})["rasioSdm"]
    assert (karang["periode"], karang["dengan"], karang["tanpa"], karang["tanpaData"]) == ("2023-TW2", 1, 1, 117)
    assert (karang["pembilang"], karang["penyebut"], karang["rasio"]) == (1, 119, 0.01)


def test_a_ratio_without_figures_is_no_data_and_desa_have_none(filled: Client) -> None:
    (b,) = filled.ask(RATIO, {"w": "53.01", "t": "KABUPATEN", "j": "PSM_PER_DESA"})["rasioSdm"]
    assert (b["rasio"], b["pembilang"], b["penyebut"], b["status"], b["tanpa"]) == (
        None,
        None,
        None,
        "TIDAK_ADA_DATA",
        0,
    )
    per_kec = filled.ask(RATIO, {"w": "53.14", "t": "KECAMATAN", "j": "TKSK_PER_KECAMATAN"})["rasioSdm"]
    assert [(x["rasio"], x["status"]) for x in per_kec[8:]] == [(1, "ADA"), (0, "NOL"), (None, "TIDAK_ADA_DATA")]
    assert "kecamatan" in filled.errors(RATIO, {"w": "53.14", "t": "DESA"})[0]["message"]


def test_the_ratio_is_the_indicator(filled: Client) -> None:
    query = '{ indikator(kode: ["I14"], periode: ["2023-S1"], wilayah: "53", tingkat: KABUPATEN) { wilayah { kode } nilai } }'
    i14 = {b["wilayah"]["kode"]: b["nilai"] for b in filled.ask(query)["indikator"]}
    ours = {
        b["wilayah"]["kode"]: b["rasio"]
        for b in filled.ask(RATIO, {"w": "53", "t": "KABUPATEN", "j": "TKSK_PER_KECAMATAN"})["rasioSdm"]
    }
    assert ours == i14
    assert i14["53.14"] == 0.82


def test_regions_without_are_named_and_told_apart_from_silence(filled: Client) -> None:
    page = filled.ask(WITHOUT, {"w": "53.14", "j": "TKSK"})["wilayahTanpaSdm"]
    assert [(e["node"]["wilayah"]["kode"], e["node"]["status"]) for e in page["edges"]] == [
        ("53.14.10", "NOL"), ("53.14.11", "TIDAK_ADA_DATA"),
    ]  # fmt: skip
    desa = filled.ask(WITHOUT, {"w": "53.14", "j": "PENGURUS_KARANG_TARUNA", "s": ["NOL"]})["wilayahTanpaSdm"]
    assert [e["node"]["wilayah"] for e in desa["edges"]] == [{"kode": "53.14.01.2006", "tingkat": "DESA"}]
    assert desa["totalCount"] == 1
    assert desa["edges"][0]["node"]["periode"] == "2023-TW2"


def test_pages_of_regions_without_follow_each_other(filled: Client) -> None:
    kode: list[str] = []
    after = None
    while True:
        page = filled.ask(WITHOUT, {"w": "53.14", "j": "PSM", "n": 25, "a": after})["wilayahTanpaSdm"]
        kode += [e["node"]["wilayah"]["kode"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    all_desa = filled.sql(
        "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL ORDER BY kode"
    )
    assert kode == [k for (k,) in all_desa if k != "53.14.03.1001"]
    assert page["totalCount"] == len(kode) == 118


@pytest.mark.parametrize("kind", ["PEKSOS", "PENDAMPING_KUBE", "PENDAMPING_LAIN"])
def test_kinds_that_no_region_reports_by_itself_are_refused(read_hub: Client, kind: str) -> None:
    (error,) = read_hub.errors(WITHOUT, {"w": "53", "j": kind})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert kind in error["message"]


@pytest.mark.parametrize(
    "field", ['sdm(wilayah: "53", tingkat: DESA) { wilayah { nama } jumlah }', 'rasioSdm(wilayah: "53", tingkat: KECAMATAN) { rasio }']
)  # fmt: skip
def test_both_lanes_answer_alike(read_hub: Client, field: str) -> None:
    planned = read_hub.ask(f"{{ x: {field} }}")["x"]
    assert planned == read_hub.ask(f"{{ __schema {{ queryType {{ name }} }} x: {field} }}")["x"]
    assert len(planned) >= 40


def test_a_slip_of_the_pen_does_not_break_the_answer(hub: Client) -> None:
    approve(hub, "53.15", "F10", "2023", [angka("53.15", "SDM08", 9_999_999_999)])
    (b,) = sdm(hub, "53.15", "KABUPATEN", "PENDAMPING_PKH")
    assert (b["jumlah"], b["status"]) == (2_147_483_647, "ADA")


def test_what_is_closed_says_so_and_is_no_part_of_a_sum(filled: Client) -> None:
    """As shipped none of these is sensitive; the catalogue is data, and an office may make it otherwise."""

    def one(wilayah: str, level: str, as_whom: str | None = None) -> dict[str, Any]:
        row: dict[str, Any]
        (row,) = filled.ask(SDM, {"w": wilayah, "t": level, "j": ["TAGANA"], "p": "2024-S1"}, as_whom)["sdm"]
        return row

    def ratio(wilayah: str, level: str, as_whom: str | None = None) -> dict[str, Any]:
        question = {"w": wilayah, "t": level, "j": ["TAGANA_PER_KECAMATAN"], "p": "2024-S1"}
        row: dict[str, Any]
        (row,) = filled.ask(RATIO, question, as_whom)["rasioSdm"]
        return row

    sensitivity(filled, SDM05=1, SDM06=1)
    approve(filled, "53.14", "F10", "2024-S1", [
        angka("53.14.01", "SDM05", 3), angka("53.14.02", "SDM05", 20), angka("53.14.03", "SDM05", 0), angka("53.14.04", "SDM05", 25),
        angka("53.14.02", "SDM06", 2), angka("53.14.04", "SDM06", 9),
    ])  # fmt: skip
    approve(filled, "53.15", "F10", "2024-S1", [angka("53.15", "SDM05", 2)])
    jobs(filled)
    first, last = one("53.14.01", "KECAMATAN"), one("53.14.04", "KECAMATAN")
    assert (first["jumlah"], first["status"], first["statusTerverifikasi"]) == (None, "DISUPRESI", "TIDAK_ADA_DATA")
    assert (last["jumlah"], last["status"], last["terverifikasi"]) == (25, "ADA", None)
    assert last["statusTerverifikasi"] == "DISUPRESI"
    whole = one("53.14", "KABUPATEN")
    assert (whole["jumlah"], whole["status"], whole["terverifikasi"]) == (48, "ADA", 11)
    for wilayah, level in (("53.15", "KABUPATEN"), ("53", "PROVINSI")):  # not 48: that would be the sum of what is open
        row, spread = one(wilayah, level), ratio(wilayah, level)
        assert (row["jumlah"], row["status"]) == (None, "DISUPRESI"), wilayah
        assert (spread["pembilang"], spread["penyebut"], spread["rasio"]) == (None, None, None)
        assert spread["status"] == "DISUPRESI"
    assert (one("53", "PROVINSI", "53")["jumlah"], ratio("53", "PROVINSI", "53")["pembilang"]) == (50, 50)
    spread = ratio("53.14", "KABUPATEN")
    assert (spread["status"], spread["dengan"], spread["tanpa"], spread["tanpaData"]) == ("ADA", 1, 1, 9)


def test_levels_that_are_closed_list_no_region_as_without(filled: Client) -> None:
    """Of sensitivity 3 nothing is told of a desa or kecamatan, and that is not to say that there is nobody."""
    question = {"w": "53.14", "j": "PSM", "p": "2023-S1"}
    before = filled.ask(WITHOUT, question)["wilayahTanpaSdm"]["totalCount"]
    assert before > 100
    sensitivity(filled, SDM04=3)
    jobs(filled)
    assert filled.ask(WITHOUT, question)["wilayahTanpaSdm"] == {
        "totalCount": 0, "edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None},
    }  # fmt: skip
    assert filled.ask(WITHOUT, question, "53.14")["wilayahTanpaSdm"]["totalCount"] == before
    kecamatan = {"w": "53.14.03", "t": "KECAMATAN", "j": ["PSM_PER_DESA"], "p": "2023-S1"}
    (row,) = filled.ask(RATIO, kecamatan)["rasioSdm"]
    assert (row["pembilang"], row["status"]) == (None, "DISUPRESI")
