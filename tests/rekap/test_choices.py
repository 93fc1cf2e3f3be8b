"""Choices as people write them: other names, other spellings, indicators and their variants, versions; and half a breakdown."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"


def choices(**pilihan: str) -> list[dict[str, str]]:
    return [{"rincian": n, "pilihan": p} for n, p in pilihan.items()]


def figure(elemen: str, nilai: Any, wilayah: str = KAB, **pilihan: str) -> dict[str, Any]:
    return angka(wilayah, elemen, nilai, rincian=choices(**pilihan))


def submit(hub: Client, formulir: str, periode: str, *nilai: dict[str, Any], pelapor: str = KAB, **more: Any) -> Any:
    m = submission(pelapor, formulir, periode, f"{formulir} {periode}", nilai=list(nilai), **more)
    return hub.ask(SUBMIT, {"m": m}, as_whom=pelapor)["hasil"]


def approve(hub: Client, formulir: str, periode: str, pelapor: str = KAB) -> None:
    hub.ask(APPROVE, {"id": f"{pelapor}:{formulir}:{periode}", "revisi": 1}, as_whom=PROV)


def finding(answer: Any, kode: str) -> Any:
    return next((t for t in answer["temuan"] if t["kode"] == kode), None)


def stored(hub: Client, elemen: str, periode: str) -> dict[str, Any]:
    rows = hub.sql(
        "SELECT rincian, nilai FROM rekap_nilai WHERE elemen = %s AND periode = %s AND left(kode_kab, 2) = %s", elemen, periode, PROV,
    )  # fmt: skip
    return {",".join(f"{k}={v}" for k, v in sorted(r.items())): int(n) for r, n in rows}


# ---------- closed lists ----------


@pytest.mark.parametrize(
    ("formulir", "elemen", "rincian", "written", "meant"),
    [
        ("F07", "PPK01", "jenis_ppks", "ODHA", "16"),
        ("F07", "PPK01", "jenis_ppks", "anak nakal", "3"),
        ("F07", "PPK01", "jenis_ppks", "WTS", "10"),
        ("F07", "PPK01", "jenis_ppks", "Penyandang Cacat", "9"),
        ("F07", "PPK01", "jenis_ppks", "Komunitas adat terpencil", "26"),
        ("F11", "WKS03", "kegiatan_wksbm", "monitoring", "7.1"),
        ("F10", "SDM03", "JK", "Laki-laki", "L"),
        ("F10", "SDM04", "JK", "wanita", "P"),
        ("F02", "BAN01", "komponen_pkh", "Lansia", "lanjut usia"),
        ("F09", "LEM04", "sasaran_layanan", "jompo", "lanjut usia"),
        ("F03", "BEN01", "jenis_bencana", "Longsor", "tanah longsor"),
    ],
)
def test_other_names_are_taken_and_told(
    hub: Client, formulir: str, elemen: str, rincian: str, written: str, meant: str
) -> None:
    answer = submit(hub, formulir, "2021", figure(elemen, 7, **{rincian: written}))
    assert answer["__typename"] == "RekapDiterima", answer
    told = finding(answer, "PILIHAN_DIBACA")
    assert (told["tingkat"], told["nilai"], told["usulan"]) == ("INFO", written, meant)
    assert stored(hub, elemen, "2021") == {f"{rincian}={meant}": 7}


def test_codes_and_their_case_are_no_finding(hub: Client) -> None:
    answer = submit(hub, "F10", "2021", figure("SDM03", 4, JK="l"), figure("SDM03", 3, JK="P"))
    assert finding(answer, "PILIHAN_DIBACA") is None


def test_one_figure_by_two_names_is_given_twice(hub: Client) -> None:
    answer = submit(hub, "F07", "2021", figure("PPK01", 7, jenis_ppks="ODHA"), figure("PPK01", 8, jenis_ppks="16"))
    assert finding(answer, "SEL_GANDA") is not None


# ---------- open lists ----------


def test_open_choices_are_one_however_they_are_spelled(hub: Client) -> None:
    submit(hub, "F12", "2021", figure("KIN03", 100, sumber_anggaran="APBD", program="Rehabilitasi Sosial"))
    approve(hub, "F12", "2021")
    answer = submit(
        hub, "F12", "2022",
        figure("KIN03", 100, sumber_anggaran="APBD", program="rehabilitasi  sosial"),
        figure("KIN04", 90, sumber_anggaran="APBD", program="REHABILITASI-SOSIAL"),
    )  # fmt: skip
    assert finding(answer, "PILIHAN_DIBACA")["usulan"] == "Rehabilitasi Sosial"
    assert list(stored(hub, "KIN04", "2022")) == ["program=Rehabilitasi Sosial,sumber_anggaran=APBD"]


def test_offices_of_a_province_spell_alike(hub: Client) -> None:
    submit(hub, "F12", "2021", figure("KIN03", 100, sumber_anggaran="APBD", program="Rehabilitasi Sosial"))
    approve(hub, "F12", "2021")
    written = figure("KIN03", 100, "53.15", sumber_anggaran="APBD", program="REHABILITASI SOSIAL")
    answer = submit(hub, "F12", "2021", written, pelapor="53.15")
    assert finding(answer, "PILIHAN_DIBACA")["usulan"] == "Rehabilitasi Sosial"


def test_what_others_report_under_cover_is_spelled_alike_without_telling(hub: Client) -> None:
    for pelapor, written in ((KAB, "Persetubuhan"), ("53.15", "PERSETUBUHAN")):
        answer = submit(hub, "F06", "2021", figure("KTK03", 13, pelapor, jenis_kasus=written), pelapor=pelapor)
        assert answer["__typename"] == "RekapDiterima"
        approve(hub, "F06", "2021", pelapor)
    assert stored(hub, "KTK03", "2021") == {"jenis_kasus=persetubuhan": 13}


def test_two_spellings_in_one_rekap_are_one_figure(hub: Client) -> None:
    answer = submit(
        hub,
        "F06",
        "2021",
        figure("KTK03", 13, jenis_kasus="Persetubuhan"),
        figure("KTK03", 1, jenis_kasus="persetubuhan"),
    )
    assert finding(answer, "SEL_GANDA") is not None


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("Persetubuhan", "Persetubuan", True),
        ("Penelantaran", "Penganiayaan", False),
        ("tahun 2019", "tahun 2020", False),
        ("KDRT", "KDRP", False),
    ],
)
def test_what_is_nearly_alike_is_asked_about(hub: Client, first: str, second: str, asked: bool) -> None:
    answer = submit(hub, "F06", "2021", figure("KTK03", 13, jenis_kasus=first), figure("KTK03", 1, jenis_kasus=second))
    told = finding(answer, "PILIHAN_HAMPIR_SAMA")
    assert (told is not None) == asked
    assert len(stored(hub, "KTK03", "2021")) == 2


# ---------- indicators and versions ----------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("I04.anak", "I04.anak"),
        ("i04.ANAK", "I04.anak"),
        ("i07", "I07"),
        ("BEN04", "BEN04"),
        ("I12", "I12"),
        ("IKS_ANAK", "IKS_ANAK"),
    ],
)
def test_a_target_names_an_indicator_its_variant_or_an_element(hub: Client, written: str, kept: str) -> None:
    answer = submit(hub, "F12", "2021", figure("KIN01", 50, indikator=written))
    assert answer["__typename"] == "RekapDiterima", answer
    assert stored(hub, "KIN01", "2021") == {f"indikator={kept}": 50}


@pytest.mark.parametrize(("written", "proposal"), [("XYZ", None), ("I04.anakk", "I04.anak"), ("I99", None)])
def test_a_target_of_no_indicator_is_refused(hub: Client, written: str, proposal: str | None) -> None:
    answer = submit(hub, "F12", "2021", figure("KIN01", 50, indikator=written))
    assert answer["__typename"] == "RekapDitolak"
    told = finding(answer, "PILIHAN_TAK_DIKENAL")
    assert told["nilai"] == written
    if proposal:
        assert told["usulan"] == proposal


def test_the_newest_version_of_a_target_counts_in_indicators(hub: Client) -> None:
    submit(
        hub, "F03", "2021",
        figure("BEN05", 12_000, versi="28 Januari 2021"), figure("BEN05", 10_500, versi="24-8-2021"), angka(KAB, "BEN03", 38),
        angka(KAB, "BEN04", 10_562),
    )  # fmt: skip
    approve(hub, "F03", "2021")
    query = '{ indikator(kode: ["I05"], periode: ["2021"], wilayah: "53.14", tingkat: KABUPATEN) { pembilang penyebut nilai } }'
    assert hub.ask(query)["indikator"] == [{"pembilang": 10_600, "penyebut": 10_500, "nilai": 100.95}]


def test_the_newest_version_of_an_indicators_target_is_the_one_it_is_measured_by(hub: Client) -> None:
    submit(hub, "F01", "2021", angka(KAB, "WIL03", 1000))
    submit(hub, "F02", "2021", angka(KAB, "BAN01", 500))
    for formulir in ("F01", "F02"):
        approve(hub, formulir, "2021")
    answer = submit(
        hub, "F12", "2021", figure("KIN01", 10, indikator="I01", sasaran_kinerja="1", versi="10"),
        figure("KIN01", 25, indikator="I01", sasaran_kinerja="1", versi="2021-08-24"), figure("KIN01", 5, indikator="I01", versi="9"),
        figure("KIN02", 200, sasaran_kinerja="1"),
    )  # fmt: skip
    assert answer["__typename"] == "RekapDiterima", answer
    approve(hub, "F12", "2021")
    query = '{ indikator(kode: ["I10"], periode: ["2021"], wilayah: "53.14", tingkat: KABUPATEN) { penyebut nilai } }'
    assert hub.ask(query)["indikator"] == [{"penyebut": 25, "nilai": 200}]


# ---------- half a breakdown ----------


AGREGAT = """query ($w: KodeWilayah!, $t: TingkatWilayah!) {
  agregat(elemen: ["SDM03"], periode: ["2021"], wilayah: $w, tingkat: $t) { nilai status } }"""


def test_half_a_breakdown_is_no_total_anywhere_and_is_told(hub: Client) -> None:
    answer = submit(hub, "F10", "2021", figure("SDM03", 4, JK="L"))
    told = finding(answer, "RINCIAN_KURANG")
    assert (told["tingkat"], told["elemen"], told["usulan"]) == ("PERINGATAN", "SDM03", "JK=P")
    approve(hub, "F10", "2021")
    for wilayah, level in (("53.14", "KABUPATEN"), ("53", "PROVINSI")):
        assert hub.ask(AGREGAT, {"w": wilayah, "t": level})["agregat"] == [{"nilai": None, "status": "TIDAK_ADA_DATA"}]


def test_a_stated_total_beside_half_a_breakdown_is_kept_and_compared_with_nothing(hub: Client) -> None:
    stated: dict[str, Any] = {"totalTertulis": [{"elemen": "SDM03", "tertulis": 7}]}
    answer = submit(hub, "F10", "2021", figure("SDM03", 4, JK="L"), **stated)
    assert {t["kode"] for t in answer["temuan"]} >= {"RINCIAN_KURANG"}
    assert finding(answer, "TOTAL_BEDA") is None
    query = '{ rekap(id: "53.14:F10:2021") { totalTertulis { tertulis dihitung selisih } } }'
    assert hub.ask(query, as_whom=KAB)["rekap"]["totalTertulis"] == [{"tertulis": 7, "dihitung": None, "selisih": None}]


def test_a_stated_total_of_a_part_is_told_as_it_is_sent_again(hub: Client) -> None:
    figures = [figure("SDM03", 4, JK="L"), figure("SDM03", 5, JK="P")]
    stated: dict[str, Any] = {
        "totalTertulis": [{"elemen": "SDM03[JK=L]", "tertulis": 4}, {"elemen": "SDM03", "tertulis": 9}]
    }
    submit(hub, "F10", "2021", *figures, **stated)
    query = '{ rekap(id: "53.14:F10:2021") { totalTertulis { tertulis } rumusTertulis { rumus wilayah { kode } tertulis dihitung selisih } } }'
    told = hub.ask(query, as_whom=KAB)["rekap"]
    assert told["totalTertulis"] == [{"tertulis": 9}]
    assert told["rumusTertulis"] == [
        {"rumus": formula, "wilayah": {"kode": "53.14"}, "tertulis": n, "dihitung": n, "selisih": 0}
        for formula, n in (("SDM03[JK=L]", 4), ("SDM03", 9))
    ]
    assert hub.ask(query)["rekap"] is None


def test_an_open_breakdown_says_what_to_send_beside_it(hub: Client) -> None:
    parts = [figure("SDM09", 15, jenis_pendamping="KUBE"), figure("SDM09", 621, jenis_pendamping="KTKPM")]
    told = finding(submit(hub, "F10", "2021", *parts), "RINCIAN_KURANG")
    assert "jenis_pendamping terbuka" in told["pesan"]
    assert finding(submit(hub, "F10", "2022", *parts, angka(KAB, "SDM09", 636)), "RINCIAN_KURANG") is None


def test_breakdowns_that_add_up_to_nothing_are_not_asked_to(hub: Client) -> None:
    answer = submit(hub, "F02", "2021", figure("BAN01", 5, komponen_pkh="SD"))
    assert finding(answer, "RINCIAN_KURANG") is None


# ---------- services and permits ----------


def test_services_and_permits_come_back_as_they_were_sent(hub: Client) -> None:
    permits = [
        figure("LAY08", n, keputusan_izin=k) for k, n in (("diterbitkan", 4), ("direkomendasikan", 2), ("ditolak", 1))
    ]
    sent_home = [
        figure("LAY05", 5 if sex == "L" and where == "luar provinsi" else 0, JK=sex, tujuan_pemulangan=where)
        for sex in "LP"
        for where in ("kabupaten/kota ini", "dalam provinsi", "luar provinsi", "luar negeri")
    ]
    answer = submit(
        hub, "F13", "2021-TW1", *permits, *sent_home, figure("LAY02", 30, jenis_rekomendasi="SKTM"), angka(KAB, "LAY02", 31),
        angka(KAB, "LAY11", 1), angka(KAB, "LAY06", 9),
    )  # fmt: skip
    assert answer["__typename"] == "RekapDiterima", answer
    approve(hub, "F13", "2021-TW1")
    query = """{ agregat(elemen: ["LAY02", "LAY05", "LAY08", "LAY11"], periode: ["2021-TW1"], wilayah: "53", tingkat: PROVINSI) {
      elemen { kode } nilai } }"""
    assert [(r["elemen"]["kode"], r["nilai"]) for r in hub.ask(query, as_whom=PROV)["agregat"]] == [
        ("LAY02", 31), ("LAY05", 5), ("LAY08", 7), ("LAY11", 1),
    ]  # fmt: skip
