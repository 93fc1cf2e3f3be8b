"""The 33 validation cases of the domain page: each shows its class through a general rule. E refused, W warned, I noted,
OK silent. What no rule can see is listed in docs/kasus_validasi.md with the reason."""

from collections.abc import Iterable
from typing import Any

import pytest

from hub.katalog.install import review_code_lists
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission, table

KAB = "53.14"
E, W, I = "GALAT", "PERINGATAN", "INFO"  # noqa: E741
KECAMATAN = [
    "Rote Barat Daya", "Rote Barat Laut", "Lobalain", "Rote Tengah", "Pantai Baru", "Rote Timur", "Rote Barat",
    "Rote Selatan", "Ndao Nuse", "Landu Leko",
]  # fmt: skip
PKH = [2859, 2356, 1594, 474, 934, 1380, 781, 395, 397, 561]
BPNT = [3528, 2953, 2097, 617, 1219, 1784, 1006, 575, 631, 731]
CBP = [1808, 1748, 1345, None, 902, 1212, 1799, 494, 715, 539]
T4 = [("Sotimori", "Landu Leko"), ("Papela", "Rote Timur"), ("Keoen", "Pantai Baru")]


def choices(**pilihan: str) -> list[dict[str, str]]:
    return [{"rincian": n, "pilihan": p} for n, p in pilihan.items()]


def target(indikator: str, nilai: Any, goal: str = "1", **more: Any) -> dict[str, Any]:
    return angka(KAB, "KIN01", nilai, rincian=choices(indikator=indikator, sasaran_kinerja=goal), **more)


def outcome(nilai: Any, **pilihan: str) -> dict[str, Any]:
    return angka(KAB, "KIN02", nilai, rincian=choices(**pilihan))


def temuan(hub: Client, formulir: str, pelapor: str = KAB, periode: str = "2020", **more: Any) -> list[dict[str, Any]]:
    """All findings of a trial; nothing is written."""
    m = submission(pelapor, formulir, periode, "kasus", **more)
    answer = hub.ask(SUBMIT, {"m": m, "uji": True}, as_whom=pelapor)["hasil"]
    assert answer["__typename"] in ("RekapDiterima", "RekapDitolak"), answer
    findings = [t for t in answer["temuan"] if t["kode"] != "KEADAAN_REKAP"]  # the demo's own rekap is approved already
    if any(t["tingkat"] == E for t in findings):
        assert answer["__typename"] == "RekapDitolak"
    return findings


def kode(findings: Iterable[dict[str, Any]], level: str | None = None) -> set[str]:
    return {t["kode"] for t in findings if level in (None, t["tingkat"])}


def perKecamatan(elemen: str, nilai: list[Any]) -> dict[str, Any]:
    return table([elemen], [(k, n) for k, n in zip(KECAMATAN, nilai, strict=True) if n is not None])


def _t4(*total: tuple[str, int]) -> dict[str, Any]:
    rows = [((f"Desa {d}", k), 10, 4, None) for d, k in T4]
    rows.append(("Panti Mercy Indonesia", None, None, 15))  # type: ignore[arg-type]
    return {
        "tabel": [table(["REH09", "REH10", "REH11"], rows)],
        "totalTertulis": [{"elemen": e, "tertulis": n} for e, n in total],
    }


@pytest.mark.parametrize(
    ("case", "total", "message"),
    [
        ("V01", ("REH09", 40), "30 ≠ 40"),
        ("V02", ("REH10", 16), "12 ≠ 16"),
        ("V03", ("REH09 + REH10 + REH11", 71), "57 ≠ 71"),
    ],
)
def test_stated_totals_that_do_not_add_up_are_refused(
    read_hub: Client, case: str, total: tuple[str, int], message: str
) -> None:
    errors = [t for t in temuan(read_hub, "F05", **_t4(total)) if t["tingkat"] == E]
    assert [t["kode"] for t in errors] == ["TOTAL_BEDA"]
    assert message in errors[0]["pesan"]


def test_v04_a_combined_figure_must_equal_its_parts(read_hub: Client) -> None:
    nilai = [
        angka(KAB, "REH02", 405, rincian=choices(lingkup="gabungan")),
        angka(KAB, "REH06", 250), angka(KAB, "REH02", 100), angka(KAB, "REH04", 15),
    ]  # fmt: skip
    (error,) = [t for t in temuan(read_hub, "F05", nilai=nilai) if t["tingkat"] == E]
    assert error["kode"] == "F05-A6"
    assert "405 ≠ REH02 + REH04? + REH06? + REH08? = 365" in error["pesan"]


def test_v05_an_institution_in_the_column_of_regions_is_warned(read_hub: Client) -> None:
    (t,) = [t for t in temuan(read_hub, "F05", **_t4()) if t["kode"] == "LEMBAGA_SEBAGAI_WILAYAH"]
    assert (t["tingkat"], t["wilayah"], t["nilai"]) == (W, KAB, "Panti Mercy Indonesia")
    # for an element that is reported per region it is an error: no region is made of it
    given = {"tabel": [table(["REH09"], [("Panti Mercy Indonesia", 15)])]}
    assert "LEMBAGA_SEBAGAI_WILAYAH" in kode(temuan(read_hub, "F05", KAB, "2020", **given), E)


def test_v06_a_missing_kecamatan_is_warned_as_missing(read_hub: Client) -> None:
    found = temuan(read_hub, "F03", tabel=[perKecamatan("BEN04", CBP)])
    (t,) = [t for t in found if t["kode"] == "BELUM_LENGKAP"]
    assert (t["tingkat"], t["wilayah"]) == (W, "53.14.04")
    assert "9 dari 10" in t["pesan"]


def test_v07_more_than_the_target_is_warned(read_hub: Client) -> None:
    nilai = [angka(KAB, "BEN03", 38), angka(KAB, "BEN04", 10_562), angka(KAB, "BEN05", "10.500 KK")]
    found = temuan(read_hub, "F03", nilai=nilai)
    assert kode(found, W) >= {"F03-A1", "ANGKA_TULISAN"}
    assert "BEN03 + BEN04 = 10.600 > BEN05 = 10.500" in next(t["pesan"] for t in found if t["kode"] == "F03-A1")


@pytest.mark.parametrize(
    ("indikator", "stated", "expected"),
    [("I01", 51.95, I), ("I01", 51.96, None), ("I09", 92.72, None), ("I01", 51.5, E)],
)
def test_v08_truncated_percentages_are_noted(
    read_hub: Client, indikator: str, stated: float, expected: str | None
) -> None:
    found = temuan(read_hub, "F12", nilai=[outcome(stated, indikator=indikator)])
    assert [t["tingkat"] for t in found] == ([expected] if expected else [])
    if expected == I:
        assert (found[0]["kode"], found[0]["usulan"]) == ("PEMBULATAN", "51.96")


@pytest.mark.parametrize(("case", "indikator"), [("V09", "BAN07"), ("V10", "I08")])
def test_an_indicator_without_target_is_warned(read_hub: Client, case: str, indikator: str) -> None:
    found = temuan(read_hub, "F12", nilai=[target(indikator, None, status="TIDAK_ADA_DATA")])
    assert [(t["kode"], t["tingkat"]) for t in found] == [("TARGET_KOSONG", W)]


SCORES = {"1": 62.21, "2": 88.28, "3": 103.2, "4": 111.29, "5": 50}


def test_v11_the_mean_of_the_scores_is_silent(read_hub: Client) -> None:
    scores = [outcome(n, sasaran_kinerja=s) for s, n in SCORES.items()]
    assert temuan(read_hub, "F12", nilai=[*scores, outcome(83, sasaran_kinerja="total")]) == []
    assert kode(temuan(read_hub, "F12", nilai=[*scores, outcome(84.5, sasaran_kinerja="total")]), E) == {
        "TIDAK_SESUAI_HITUNGAN"
    }


GOAL_4 = [("I05", 100), ("I01", 55.5), ("I04", 4.89), ("I06", 100), ("I07", 50)]


def test_v12_a_score_that_does_not_follow_is_refused_once_it_can_be_computed(hub: Client) -> None:
    nilai = [*(target(i, n, "4") for i, n in GOAL_4), outcome(111.29, sasaran_kinerja="4")]
    assert "TAK_TERPERIKSA" in kode(temuan(hub, "F12", nilai=nilai), I)  # victims handled: denominator unpublished
    hub.ask('mutation { bukaRekap(id: "53.14:F06:2020", alasan: "lengkapi") { __typename } }', as_whom="53")
    m = submission(KAB, "F06", "2020", "lengkap", nilai=[angka(KAB, "KTK01", 20), angka(KAB, "KTK02", 20)])
    assert hub.ask(SUBMIT, {"m": m}, as_whom=KAB)["hasil"]["revisi"] == 2
    hub.ask(APPROVE, {"id": "53.14:F06:2020", "revisi": 2}, as_whom="53")
    (error,) = [t for t in temuan(hub, "F12", nilai=nilai) if t["tingkat"] == E]
    assert error["kode"] == "TIDAK_SESUAI_HITUNGAN"
    assert "127,0" in error["pesan"]


def test_v13_an_achievement_beyond_belief_is_warned(read_hub: Client) -> None:
    (t,) = temuan(read_hub, "F12", nilai=[target("I04", 4.89)])
    assert (t["kode"], t["tingkat"]) == ("CAPAIAN_TIDAK_WAJAR", W)
    assert "239,72" in t["pesan"]


def test_v14_a_score_at_the_precision_it_was_printed_is_silent(read_hub: Client) -> None:
    nilai = [target("I03", 1.33, "3"), target("I02", 63, "3"), outcome(103.2, sasaran_kinerja="3")]
    assert temuan(read_hub, "F12", nilai=nilai) == []


def test_v15_a_score_without_published_results_is_noted(read_hub: Client) -> None:
    nilai = [target("WIL07", 3.89), outcome(62.21, sasaran_kinerja="1")]
    (t,) = temuan(read_hub, "F12", periode="2021", nilai=nilai)  # nothing is approved for 2021
    assert (t["kode"], t["tingkat"]) == ("TAK_TERPERIKSA", I)


def test_v16_a_payment_that_is_not_the_benefit_times_the_months_is_warned(read_hub: Client) -> None:
    found = temuan(read_hub, "F02", nilai=[angka(KAB, "BAN03", 15_141), angka(KAB, "BAN04", 17_369_400_000)])
    (t,) = [t for t in found if t["kode"] == "F02-A6"]
    assert t["tingkat"] == W
    assert "36.338.400.000" in t["pesan"]


@pytest.mark.parametrize(
    ("case", "formulir", "nilai", "total"),
    [
        ("V17", "F02", [("BAN01", 11_731), ("BAN03", 15_141)], ("BAN01 + BAN03", 26_872)),
        ("V26", "F09", [("LEM03", 420), ("LEM04", 14_880)], ("LEM03 + LEM04", 15_300)),
    ],
)
def test_things_that_must_not_be_added_are_refused_when_summed(
    read_hub: Client, case: str, formulir: str, nilai: list[tuple[str, int]], total: tuple[str, int]
) -> None:
    figures = [angka(KAB, e, n) for e, n in nilai]
    stated = [{"elemen": total[0], "tertulis": total[1]}]
    assert kode(temuan(read_hub, formulir, nilai=figures, totalTertulis=stated), E) == {"TIDAK_BOLEH_DIJUMLAHKAN"}
    assert kode(temuan(read_hub, formulir, nilai=figures), E) == set()


def test_v18_fewer_pkh_than_bpnt_in_every_kecamatan_is_silent(read_hub: Client) -> None:
    found = temuan(read_hub, "F02", tabel=[perKecamatan("BAN01", PKH), perKecamatan("BAN03", BPNT)])
    assert "F02-A1" not in kode(found)
    swapped = temuan(read_hub, "F02", tabel=[perKecamatan("BAN01", BPNT), perKecamatan("BAN03", PKH)])
    assert len([t for t in swapped if t["kode"] == "F02-A1"]) == 11  # ten kecamatan and the kabupaten


def test_v19_rice_for_more_families_than_bpnt_is_warned_where_it_is_so(read_hub: Client) -> None:
    found = temuan(read_hub, "F03", tabel=[perKecamatan("BEN04", CBP)])
    assert {t["wilayah"] for t in found if t["kode"] == "F03-A2"} == {"53.14.07", "53.14.09"}
    assert {t["tingkat"] for t in found if t["kode"] == "F03-A2"} == {W}


def test_v20_more_case_labels_than_victims_is_warned_and_a_status_against_its_value_refused(read_hub: Client) -> None:
    found = temuan(read_hub, "F06", nilai=[angka(KAB, "KTK02", 20), angka(KAB, "KTK03", 22)])
    assert kode(found, W) == {"F06-A2"}
    found = temuan(read_hub, "F06", nilai=[angka(KAB, "KTK02", 20, status="TIDAK_DILAKSANAKAN")])
    assert kode(found, E) == {"STATUS_BERTENTANGAN"}


@pytest.mark.parametrize(
    ("name", "kecamatan", "meaning", "similar"),
    [
        ("Desa Inguinak", "Barat Laut", "53.14.02.2012", True),
        ("Desa Nggodimedda", "Rote Tengah", "53.14.04.2003", True),
        ("Desa Tunganamo", "Pantai Baru", "53.14.05.2010", True),
        ("Desa Saindule", "Barat Laut", "53.14.02.2021", True),
        ("Desa Tesabela", "Pantai Baru", "53.14.05.2011", False),
        ("Desa Mbalilendeiki", "Ndao Nuse", "53.14.09.2001", False),
        ("Desa Boa", "Rote Barat", "53.14.07.2004", False),
        ("Desa Kuli", "Lobalain", "53.14.03.2002", False),
        ("Desa Kuli Aisele", "Lobalain", "53.14.03.2017", False),
        ("Desa Nuse", "Ndao Nuse", "53.14.09.2004", False),
        ("Kel.Londalusi", "Rote Timur", "53.14.06.1004", False),
    ],
)
def test_v21_spellings_find_their_desa_and_only_theirs(
    read_hub: Client, name: str, kecamatan: str, meaning: str, similar: bool
) -> None:
    m = submission(KAB, "F07", "2020-S1", "ejaan", tabel=[table(["PPK03"], [((name, kecamatan), 1)])])
    answer = read_hub.ask(SUBMIT, {"m": m, "uji": True}, as_whom=KAB)["hasil"]
    assert [b["wilayah"] for b in answer["perubahan"]["baris"]] == [meaning]
    assert kode(answer["temuan"], W) == ({"NAMA_MIRIP"} if similar else set())


def test_v22_a_code_of_another_time_counts_as_the_region_it_was(read_hub: Client) -> None:
    (t, *_) = temuan(read_hub, "F07", periode="2020-S1", nilai=[angka("53.14.11.2002", "PPK03", 1)])
    assert (t["kode"], t["tingkat"], t["usulan"]) == ("KODE_LAIN_MASA", W, "53.14.02.2018")
    (t, *_) = temuan(read_hub, "F07", periode="2023-S1", nilai=[angka("53.14.02.2018", "PPK03", 1)])
    assert (t["kode"], t["usulan"]) == ("KODE_LAIN_MASA", "53.14.11.2002")


@pytest.mark.parametrize(("count", "expected"), [(119, set()), (118, {"F01-A3", "DAFTAR_WILAYAH_BEDA"})])
def test_v23_the_number_of_desa_is_that_of_the_list(read_hub: Client, count: int, expected: set[str]) -> None:
    kinds = [("desa", count - 7), ("kelurahan", 7)]
    nilai = [angka(KAB, "WIL04", n, rincian=choices(jenis_desa=j)) for j, n in kinds]
    found = temuan(read_hub, "F01", nilai=[*nilai, angka(KAB, "WIL04", count)])
    assert kode(found, W) == expected
    assert kode(found, E) == set()


@pytest.mark.parametrize(
    ("formulir", "elemen", "written", "meaning"),
    [
        ("F03", "BEN04", "1.799 KK", "1799"),
        ("F02", "BAN02", "Rp. 526.700.000.-", "526700000"),
        ("F02", "BAN02", "12,157,475,000", "12157475000"),
        ("F01", "WIL06", "24,6 5%", "24.65"),
        ("F01", "WIL06", "92,72%", "92.72"),
    ],
)
def test_v24_numbers_as_people_write_them_are_read_and_warned(
    read_hub: Client, formulir: str, elemen: str, written: str, meaning: str
) -> None:
    (t,) = [t for t in temuan(read_hub, formulir, nilai=[angka(KAB, elemen, written)]) if t["kode"] == "ANGKA_TULISAN"]
    assert (t["tingkat"], t["nilai"], t["usulan"]) == (W, written, meaning)


def test_v25_a_breakdown_that_adds_up_is_silent(read_hub: Client) -> None:
    served = [("disabilitas", 21), ("anak", 359), ("lanjut usia", 13)]
    nilai = [angka("36", "LEM02", n, rincian=choices(sasaran_layanan=s)) for s, n in served]
    assert temuan(read_hub, "F09", "36", nilai=[*nilai, angka("36", "LEM02", 393)]) == []
    found = temuan(read_hub, "F09", "36", nilai=[*nilai, angka("36", "LEM02", 390)])
    assert [(t["kode"], t["tingkat"]) for t in found] == [("RINCIAN_TIDAK_SAMA", E)]


def test_v27_more_governments_than_there_are_is_refused(read_hub: Client) -> None:
    found = temuan(read_hub, "F09", "36", nilai=[angka("36", "LEM11", 12, rincian=choices(hitungan="pemda"))])
    assert [(t["kode"], t["tingkat"]) for t in found] == [("F09-A4", E)]


def test_v28_figures_within_what_there_is_are_silent(read_hub: Client) -> None:
    assert temuan(read_hub, "F09", "36", nilai=[angka("36", "LEM10", 6)]) == []
    assert kode(temuan(read_hub, "F09", "36", nilai=[angka("36", "LEM10", 9)]), E) == {"F09-A3"}
    gudang = [angka("36", "LOG01", n, rincian=choices(pemilik=p)) for p, n in (("PROVINSI", 1), ("KABUPATEN", 8))]
    assert temuan(read_hub, "F04", "36", nilai=[*gudang, angka("36", "LOG01", 9)]) == []
    assert temuan(read_hub, "F10", nilai=[angka(KAB, "SDM03", 10)]) == []
    assert kode(temuan(read_hub, "F10", nilai=[angka(KAB, "SDM03", 11)]), W) == {"F10-A1"}


def test_v29_one_officer_per_club_is_warned(read_hub: Client) -> None:
    found = temuan(read_hub, "F09", "36", nilai=[angka("36", "LEM14", 1_531), angka("36", "LEM15", 1_568)])
    assert [(t["kode"], t["tingkat"]) for t in found] == [("F09-A7", W)]


def test_v30_more_lk3_than_districts_is_silent(read_hub: Client) -> None:
    assert temuan(read_hub, "F09", "36", nilai=[angka("36", "LEM06", 9)]) == []


def test_v31_an_index_written_as_percent_is_warned(read_hub: Client) -> None:
    found = temuan(read_hub, "F12", "36", nilai=[angka("36", "KIN01", "0,35 %", rincian=choices(indikator="IKS_ANAK"))])
    (t,) = [t for t in found if t["kode"] == "SATUAN_BEDA"]
    assert (t["tingkat"], t["usulan"]) == (W, "indeks")
    found = temuan(read_hub, "F12", "36", nilai=[angka("36", "KIN01", "100 %", rincian=choices(indikator="I13"))])
    assert "SATUAN_BEDA" not in kode(found)


@pytest.mark.parametrize(
    ("measure", "unit"), [("PPK03", "unit"), ("I14", "rasio"), ("BAN09", "KK"), ("I04.anak", None), ("BAN07", None)]
)
def test_a_target_is_in_the_unit_of_what_it_is_of(read_hub: Client, measure: str, unit: str | None) -> None:
    """Whether the catalogue lists it as a choice or not."""
    found = temuan(read_hub, "F12", nilai=[angka(KAB, "KIN01", "60 %", rincian=choices(indikator=measure))])
    assert [t["usulan"] for t in found if t["kode"] == "SATUAN_BEDA"] == ([unit] if unit else [])


def test_v32_v33_code_lists_are_looked_through() -> None:
    remarks = list(review_code_lists(read_katalog().daftar))
    assert [(t, p) for t, p in remarks if t == W and "5-18" in p and "6-18" in p]
    assert [(t, p) for t, p in remarks if t == I and "butir 1" in p and "judul" in p]
