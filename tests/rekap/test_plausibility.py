"""What figures may be, parts within wholes, what was sent again: rules that are data."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.angka.cells import CleanCell
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.periode import PeriodeKind
from hub.base.temuan import Location
from hub.katalog.install import check_katalog
from hub.katalog.katalog import Elemen, Kewajaran
from hub.rekap.resent import check_resent
from hub.rekap.statements import NilaiRow
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.katalog.spoilt_katalog import aturan, broken, elemen, indikator, install
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB = "53.14"
E, W = "GALAT", "PERINGATAN"
AGAIN = "SAMA_DENGAN_PERIODE_LALU"


def choice(**pilihan: str) -> list[dict[str, str]]:
    return [{"rincian": n, "pilihan": p} for n, p in pilihan.items()]


def tried(hub: Client, form: str, periode: str, *nilai: dict[str, Any], pelapor: str = KAB) -> list[dict[str, Any]]:
    m = submission(pelapor, form, periode, "coba", nilai=list(nilai))
    answer = hub.ask(SUBMIT, {"m": m, "uji": True}, pelapor)["hasil"]
    assert answer["__typename"] in ("RekapDiterima", "RekapDitolak"), answer
    findings: list[dict[str, Any]] = answer["temuan"]
    return findings


def of(findings: list[dict[str, Any]], kode: str) -> list[tuple[str, str, str]]:
    return [(t["tingkat"], t["wilayah"], t["pesan"]) for t in findings if t["kode"] == kode]


def approved(hub: Client, form: str, periode: str, *nilai: dict[str, Any]) -> None:
    sent = hub.ask(SUBMIT, {"m": submission(KAB, form, periode, f"{form} {periode}", nilai=list(nilai))}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    variables = {"id": f"{KAB}:{form}:{periode}", "revisi": sent["revisi"]}
    assert hub.ask(APPROVE, variables, "53")["hasil"]["__typename"] == "RekapDiterima"


# ---------- what a figure may be ----------


def test_more_than_the_unit_allows_is_refused(read_hub: Client) -> None:
    ((level, wilayah, message),) = of(tried(read_hub, "F01", "2024", angka(KAB, "WIL06", 250)), "ANGKA_DI_LUAR_BATAS")
    assert (level, wilayah) == (E, KAB)
    assert "250 persen, padahal paling banyak 100" in message
    assert of(tried(read_hub, "F01", "2024", angka(KAB, "WIL06", 100)), "ANGKA_DI_LUAR_BATAS") == []


def test_an_element_says_itself_where_it_differs_from_its_unit(read_hub: Client) -> None:
    assert of(tried(read_hub, "F01", "2024", angka(KAB, "WIL07", "100,5")), "ANGKA_DI_LUAR_BATAS")
    assert not of(tried(read_hub, "F01", "2024", angka(KAB, "WIL07", "5,36")), "ANGKA_DI_LUAR_BATAS")


@pytest.mark.parametrize(
    ("indikator", "nilai", "expected"),
    [
        ("I04", 150, W), ("I04", 100, None), ("I04.anak", 150, W), ("BAN07", 1542, W), ("I14", 150, None), ("WIL07", 101, W),
        ("IKS_ANAK", 150, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kode", ["KIN01", "KIN02"])
def test_a_target_beyond_its_indicators_unit_is_a_warning(
    read_hub: Client, kode: str, indikator: str, nilai: int, expected: str | None
) -> None:
    found = tried(read_hub, "F12", "2024", angka(KAB, kode, nilai, rincian=choice(indikator=indikator)))
    assert [level for level, *_ in of(found, "ANGKA_DI_LUAR_BATAS")] == ([expected] if expected else [])


def test_a_score_of_an_objective_may_be_more_than_a_hundred(read_hub: Client) -> None:
    found = tried(read_hub, "F12", "2024", angka(KAB, "KIN02", "103,2", rincian=choice(sasaran_kinerja="3")))
    assert of(found, "ANGKA_DI_LUAR_BATAS") == []


def test_ranges_are_installed_without_code(hub: Client) -> None:
    """An element from nought downwards too, another unit, another level."""

    def change(raw: Any) -> None:
        elemen(raw, "WIL06").update(satuan="poin", minimum="-5", maksimum="5", di_luar="PERINGATAN")
        raw.kewajaran["satuan"].append({"kode": "poin", "bulat": False, "maksimum": "1"})

    install(hub.url, broken(change))
    assert of(tried(hub, "F01", "2024", angka(KAB, "WIL06", "-4,5")), "ANGKA_DI_LUAR_BATAS") == []
    found = tried(hub, "F01", "2024", angka(KAB, "WIL06", -6))
    ((level, _, message),) = of(found, "ANGKA_DI_LUAR_BATAS")
    assert level == W
    assert "paling sedikit -5" in message
    assert "ANGKA_NEGATIF" not in {t["kode"] for t in found}
    assert "ANGKA_NEGATIF" in {t["kode"] for t in tried(hub, "F01", "2024", angka(KAB, "WIL03", -6))}


# ---------- a part above the whole ----------


def test_a_part_above_the_whole_is_told_for_every_choice_that_both_have(read_hub: Client) -> None:
    cells = [
        angka("53.14.01", e, n, rincian=choice(JK=sex))
        for e, sex, n in [("REH01", "L", 5), ("REH01", "P", 9), ("REH02", "L", 7), ("REH02", "P", 2)]
    ]
    (_, (level, wilayah, message)) = of(tried(read_hub, "F05", "2024-TW1", *cells), "F05-A1")
    assert (level, wilayah) == (W, "53.14.01")  # where a person is served need not be where they were counted
    assert "REH02[JK=L] = 7 > REH01[JK=L] = 5" in message
    found = tried(read_hub, "F05", "2024-TW1", angka(KAB, "REH01", 5), angka(KAB, "REH02", 7))
    assert [level for level, *_ in of(found, "F05-A1")] == [E]


def test_kinds_that_have_no_total_are_compared_kind_by_kind(read_hub: Client) -> None:
    cells = [
        angka(KAB, e, n, rincian=choice(jenis_ppks=j))
        for e, j, n in [("PPK01", "4", 3), ("PPK02", "4", 5), ("PPK02", "5", 9)]
    ]
    ((level, _, message),) = of(tried(read_hub, "F07", "2024-S1", *cells), "F07-A2")
    assert level == W
    assert "PPK02[jenis_ppks=4] = 5 > PPK01[jenis_ppks=4] = 3" in message


@pytest.mark.parametrize(
    ("form", "rule", "part", "whole", "level"),
    [
        ("F10", "F10-A4", ("SDM05", {"keahlian": "dapur umum"}), "SDM05", E),
        ("F10", "F10-A5", ("SDM06", {"tahap_verifikasi": "kabupaten"}), "SDM05", E),
        ("F09", "F09-A10", ("LEM17", {"sarana_ksb": "gardu"}), "LEM17", E),
        ("F02", "F02-A10", ("BAN01", {"komponen_pkh": "SD"}), "BAN01", W),
    ],
)
def test_a_choice_that_does_not_add_up_is_no_more_than_the_figure(
    read_hub: Client, form: str, rule: str, part: tuple[str, dict[str, str]], whole: str, level: str
) -> None:
    kode, pilihan = part
    more = tried(read_hub, form, "2024", angka(KAB, kode, 12, rincian=choice(**pilihan)), angka(KAB, whole, 11))
    assert [t[0] for t in of(more, rule)] == [level]
    same = tried(read_hub, form, "2024", angka(KAB, kode, 11, rincian=choice(**pilihan)), angka(KAB, whole, 11))
    assert of(same, rule) == []


def test_an_open_choice_may_hold_any_sign(read_hub: Client) -> None:
    odd = 'Belanja * "a" + (b; c) ?'
    cells = [angka(KAB, e, n, rincian=choice(program=odd)) for e, n in (("KIN04", 7), ("KIN03", 5))]
    ((level, _, message),) = of(tried(read_hub, "F12", "2024-TW1", *cells), "F12-A1")
    assert level == W
    assert f"KIN04[program={odd}] = 7" in message


def test_a_rule_written_for_a_choice_is_not_told_twice(read_hub: Client) -> None:
    cells = [angka(KAB, e, n, rincian=choice(lingkup="gabungan")) for e, n in (("REH02", 7), ("REH01", 5))]
    found = tried(read_hub, "F05", "2024-TW1", *cells)
    assert [len(of(found, kode)) for kode in ("F05-A1", "F05-A5")] == [0, 1]


def test_the_whole_may_stand_in_another_form_and_its_period_is_said(hub: Client) -> None:
    approved(hub, "F01", "2023-TW4", angka(KAB, "WIL03", 100))
    ((_, _, message),) = of(tried(hub, "F08", "2024-S1", angka(KAB, "FAK02", 150)), "F08-A3")
    assert "FAK02 = 150 > WIL03 = 100. WIL03 menurut F01 2023-TW4 yang disetujui." in message
    # the very period before any other
    approved(hub, "F01", "2024-S1", angka(KAB, "WIL03", 120))
    ((_, _, message),) = of(tried(hub, "F08", "2024-S1", angka(KAB, "FAK02", 150)), "F08-A3")
    assert "WIL03 menurut F01 2024-S1" in message
    # nothing of later, nothing of years ago
    assert of(tried(hub, "F08", "2023-S1", angka(KAB, "FAK02", 22_580)), "F08-A3") == []
    assert of(tried(hub, "F08", "2026-S1", angka(KAB, "FAK02", 150)), "F08-A3")[0][2].endswith(
        "F01 2024-S1 yang disetujui."
    )


def test_an_earlier_whole_refuses_nothing_and_an_earlier_flow_is_no_whole(hub: Client) -> None:
    def change(raw: Any) -> None:
        rules = next(f for f in raw.formulir if f["kode"] == "F05")["aturan"]
        next(a for a in rules if a["kode"] == "F05-A10").update(tingkat="GALAT")
        rules.append({**rules[-1], "kode": "F05-A99", "kanan": "LEM12"})

    install(hub.url, broken(change))
    approved(hub, "F09", "2023-TW4", angka(KAB, "LEM04", 3), angka(KAB, "LEM12", 3))
    found = tried(hub, "F05", "2024-TW1", angka(KAB, "REH11", 4))
    assert [t[0] for t in of(found, "F05-A10")] == [W]
    assert of(found, "F05-A99") == []


def test_another_kabupatens_whole_is_not_looked_at(read_hub: Client) -> None:
    """The demo's kabupaten has 22.579 poor families; its neighbour has reported none."""
    assert of(tried(read_hub, "F08", "2020", angka(KAB, "FAK02", 22_580)), "F08-A3")
    neighbour = next(
        k for (k,) in read_hub.sql("SELECT kode FROM wilayah WHERE tingkat = 2 AND kode <> %s ORDER BY 1", KAB)
    )
    assert of(tried(read_hub, "F08", "2020", angka(neighbour, "FAK02", 99_999), pelapor=neighbour), "F08-A3") == []


# ---------- sent once more ----------

BOUNDS = Kewajaran(**read_katalog().kewajaran.batas.model_dump())


def cells(*figures: tuple[str, int], seldom: bool = False, frequency: str = "TRIWULAN") -> list[CleanCell]:
    def one(kode: str) -> Elemen:
        return Elemen(
            kode, "F02", kode, "KPM", Level.DESA, False, frequency, "JUMLAH", "UNIK", 0, True, "NAIK", None, None, None, None,
            None, (), jarang_berubah=seldom,
        )  # fmt: skip

    return [CleanCell(KAB, one(k), (), n, "ADA" if n else "NOL", Location()) for k, n in figures]  # type: ignore[arg-type]


def stored(of_cells: list[CleanCell]) -> list[NilaiRow]:
    return [NilaiRow(s.elemen.kode, s.wilayah, s.rincian, s.nilai, s.status) for s in of_cells]


def again(sent: list[CleanCell], before: list[CleanCell] | None = None) -> bool:
    previous = ("2023-TW4", stored(sent if before is None else before))
    return bool(check_resent(sent, previous, PeriodeKind.TRIWULAN, BOUNDS))


def test_a_small_form_sent_again_is_told() -> None:
    assert again(cells(("KTK01", 20), ("KTK02", 20)))
    assert again(cells(("BAN09", 1_234)))
    assert again(cells(("A1", 5), ("A2", 7), ("A3", 3)))


def test_what_agrees_by_chance_or_by_nature_is_not_told() -> None:
    assert not again(cells(("BEN01", 1), ("BEN02", 2)))  # small figures agree by chance
    assert not again(cells(("WIL05", 10), seldom=True))  # stocks stay
    assert not again(cells(("WIL05", 10), ("WIL04", 119), ("LEM06", 3), ("LEM07", 1), seldom=True))
    assert not again(cells(("KIN01", 123_456), ("FAK06", 300), frequency="TAHUN"))  # of the year, sent every quarter
    assert not again(cells(("A1", 0), ("A2", 0), ("A3", 0), ("A4", 0)))


def test_many_different_stocks_sent_again_are_told() -> None:
    stocks = [(f"SDM{n:02d}", n % 4 + 1) for n in range(1, 8)]
    assert again(cells(*stocks, seldom=True))
    assert not again(cells(*[(k, 1) for k, _ in stocks], seldom=True))


def test_noughts_beside_the_same_figures_do_not_hide_them() -> None:
    assert again(cells(("A1", 1_234), ("A2", 0)), cells(("A1", 1_234)))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.data())
def test_one_figure_that_changed_is_enough(figures: list[int], data: st.DataObject) -> None:
    sent = [(f"A{n}", nilai) for n, nilai in enumerate(figures)]
    place = data.draw(st.integers(0, len(sent) - 1))
    changed = [*sent]
    changed[place] = (sent[place][0], sent[place][1] + 1)
    assert not again(cells(*changed), cells(*sent))
    assert again(cells(*sent)) == (sum(len(str(n)) for n in figures if n) >= 3)


def test_kecamatan_counted_once_more_are_not_suspicious_and_families_are(hub: Client) -> None:
    approved(hub, "F01", "2023-TW3", angka(KAB, "WIL05", 10))
    assert of(tried(hub, "F01", "2023-TW4", angka(KAB, "WIL05", 10)), AGAIN) == []
    approved(hub, "F01", "2024-TW1", angka(KAB, "WIL03", 22_600))
    assert len(of(tried(hub, "F01", "2024-TW2", angka(KAB, "WIL03", 22_600)), AGAIN)) == 1


# ---------- the catalogue ----------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda b: elemen(b).update(minimum="5", maksimum="4"), "elemen BAN01: minimum 5 melebihi maksimum 4"),
        (lambda b: b.kewajaran["satuan"][0].update(minimum="101"), "satuan persen: minimum 101 melebihi maksimum 100"),
        (lambda b: b.kewajaran["satuan"].append({"kode": "persen"}), "satuan persen: kembar"),
        (lambda b: aturan(b, "F10-A4").update(kiri="SDM05"), ""),
        (lambda b: aturan(b, "F07-A3").update(kiri="PPK03"), "aturan F07-A3: * hanya"),
        (lambda b: aturan(b, "F07-A3").update(operator="=="), "aturan F07-A3: * hanya"),
        (lambda b: aturan(b, "F07-A3").update(kanan="WIL04 * 2"), ""),
        (lambda b: aturan(b, "F07-A3").update(kanan="WIL04 + WIL05"), "aturan F07-A3: * hanya"),
        (
            lambda b: aturan(b, "F07-A3").update(kiri="PPK03[jenis_ppks=*]"),
            "elemen PPK03 tidak mempunyai rincian jenis_ppks",
        ),
        (lambda b: indikator(b, "I07").update(pembilang="PPK03[jenis_desa=*]"), "* bukan pilihan rincian jenis_desa"),
        (lambda b: elemen(b).update(maksimum="banyak"), "elemen BAN01: maksimum"),
        (lambda b: b.kewajaran["batas"].pop("lonjakan_kali"), "lonjakan_kali tidak ada"),
        (lambda b: b.kewajaran["batas"].update(lonjakan_periode=0), "lonjakan_periode"),
    ],
)
def test_faults_are_named(change: Any, message: str) -> None:
    try:
        said = "\n".join(check_katalog(broken(change)))
    except InvalidInputError as error:
        said = error.message
    assert message in said
    assert bool(message) == bool(said)


def test_the_demo_is_plausible(read_hub: Client) -> None:
    """Two offices' own documents: what is found in them was found before there were such rules."""
    found = {k for (k,) in read_hub.sql("SELECT DISTINCT kode FROM rekap_temuan")}
    assert found >= {"F02-A6", "F03-A2"}
    assert found & {"ANGKA_DI_LUAR_BATAS", "LONJAKAN_ANGKA", AGAIN} == set()
    older = {"F01": 4, "F02": 8, "F03": 3, "F05": 7, "F07": 2, "F08": 3, "F09": 9, "F10": 3}
    rules = [k.split("-A") for k in found if "-A" in k]
    assert [(form, number) for form, number in rules if int(number) > older.get(form, 99)] == []
