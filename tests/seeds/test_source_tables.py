"""Performance as the source documents print it: Rote Ndao's tables 9, 10 and 11 and Banten's desk are entered by `ajukanRekap` as they
are printed, and come back: figure, printed, answered."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"


@dataclass(frozen=True)
class Printed:
    """One figure of a table: what it is of (`indikator` of a target, `sasaran_kinerja` of a score), as printed, as answered. None: the
    table leaves it blank."""

    table: str
    what: str
    goal: str | None
    printed: str | None
    answered: float | None


# table 9 names the main indicators, table 10 their targets and others
MAIN = ("I03", "I02", "BAN07", "I05", "I01", "I04")
TARGETS = (
    Printed("10", "WIL07", "1", "3,89 %", 3.89), Printed("10", "WIL06", "2", "24,6 5%", 24.65), Printed("10", "I03", "3", "1,33 %", 1.33),
    Printed("10", "I02", "3", "63%", 63), Printed("9", "BAN07", "3", None, None), Printed("10", "I05", "4", "100 %", 100),
    Printed("10", "I01", "4", "55,5 %", 55.5), Printed("10", "I04", "4", "4,89 %", 4.89), Printed("10", "I06", "4", "100 %", 100),
    Printed("10", "I07", "4", "50%", 50), Printed("10", "I08", "5", None, None), Printed("10", "KIN05", "5", "50%", 50),
)  # fmt: skip
SCORES = (
    Printed("11", "1", None, "62,21", 62.21), Printed("11", "2", None, "88,28", 88.28), Printed("11", "3", None, "103,2", 103.2),
    Printed("11", "4", None, "111,29", 111.29), Printed("11", "5", None, "50", 50), Printed("11", "total", None, "83", 83),
)  # fmt: skip
DESK = (
    Printed("desk", "IKS_ANAK", None, "0,35%", 0.35), Printed("desk", "IKS_TUNA_SOSIAL", None, "0,35%", 0.35),
    Printed("desk", "IKS_LANSIA", None, "0,27%", 0.27), Printed("desk", "IKS_DISABILITAS", None, "0,35%", 0.35),
)  # fmt: skip
FROM_2021 = (Printed("desk", "I13.pemutakhiran", None, "100%", 100),)
AGREGAT = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!]) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r) {
    elemen { kode } rincian { rincian pilihan } nilai tertulis status } }"""
INDIKATOR = """query ($k: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  indikator(kode: $k, periode: $p, wilayah: $w, tingkat: $t) { rincian { pilihan } pembilang penyebut nilai status alasan } }"""


def cell(pelapor: str, elemen: str, written: str | None, **choices: str | None) -> dict[str, Any]:
    rincian = [{"rincian": n, "pilihan": p} for n, p in choices.items() if p is not None]
    return angka(pelapor, elemen, written, rincian=rincian, **({} if written else {"status": "TIDAK_ADA_DATA"}))


def target(pelapor: str, p: Printed) -> dict[str, Any]:
    return cell(pelapor, "KIN01", p.printed, indikator=p.what, sasaran_kinerja=p.goal)


def answers(hub: Client, kode: str, periode: str, wilayah: str, as_whom: str | None = None) -> dict[str, Any]:
    """What an achievement is of → the row."""
    level = "PROVINSI" if len(wilayah) == 2 else "KABUPATEN"
    rows = hub.ask(INDIKATOR, {"k": [kode], "p": [periode], "w": wilayah, "t": level}, as_whom)["indikator"]
    return {b["rincian"][0]["pilihan"] if b["rincian"] else "": b for b in rows}


def figures(hub: Client, elemen: str, periode: str, wilayah: str, *rincian: str) -> dict[tuple[str, ...], Any]:
    level = "PROVINSI" if len(wilayah) == 2 else "KABUPATEN"
    rows = hub.ask(AGREGAT, {"e": [elemen], "p": [periode], "w": wilayah, "t": level, "r": list(rincian)})["agregat"]
    return {tuple({c["rincian"]: c["pilihan"] for c in b["rincian"]}.get(r, "") for r in rincian): b for b in rows}


@pytest.fixture(scope="module")
def entered(module_hub: Client) -> tuple[Client, Any]:
    """The demo with tables 9 to 11 entered anew, and what was found on them."""
    hub = module_hub
    hub.ask(REOPEN, {"id": f"{KAB}:F12:2020", "alasan": "dari tabel"}, PROV)
    cells = [target(KAB, p) for p in TARGETS] + [cell(KAB, "KIN02", s.printed, sasaran_kinerja=s.what) for s in SCORES]
    sent = hub.ask(SUBMIT, {"m": submission(KAB, "F12", "2020", "tabel 9-11", nilai=cells)}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    hub.ask(APPROVE, {"id": f"{KAB}:F12:2020", "revisi": sent["revisi"]}, PROV)
    return hub, sent["temuan"]


@pytest.mark.parametrize("p", TARGETS, ids=lambda p: f"table {p.table}: {p.what}")
def test_targets_come_back_as_printed(entered: tuple[Client, Any], p: Printed) -> None:
    row = figures(entered[0], "KIN01", "2020", KAB, "indikator", "sasaran_kinerja")[p.what, p.goal or ""]
    assert (row["nilai"], row["status"]) == (p.answered, "TIDAK_ADA_DATA" if p.printed is None else "ADA")


@pytest.mark.parametrize("p", SCORES, ids=lambda p: f"table 11: {p.what}")
def test_scores_come_back_as_printed(entered: tuple[Client, Any], p: Printed) -> None:
    assert figures(entered[0], "KIN02", "2020", KAB, "sasaran_kinerja")[(p.what,)]["nilai"] == p.answered


def test_main_indicators_have_a_name_a_unit_and_a_target(entered: tuple[Client, Any]) -> None:
    hub, _ = entered
    choices = hub.ask('{ formulir(kode: "F12") { elemen { kode rincian { kode butir { kode nama } } } } }')["formulir"]
    (named,) = [
        {b["kode"]: b["nama"] for b in r["butir"]}
        for e in choices["elemen"] if e["kode"] == "KIN01" for r in e["rincian"] if r["kode"] == "indikator"
    ]  # fmt: skip
    assert all(named[i] != i for i in MAIN)
    assert {p.what for p in TARGETS} > set(MAIN)
    achieved = answers(hub, "I10", "2020", KAB, KAB)
    assert achieved.keys() >= set(MAIN)


def test_what_was_reached_of_the_targets_follows_or_says_why_not(entered: tuple[Client, Any]) -> None:
    hub, _ = entered
    rising, falling = answers(hub, "I10", "2020", KAB, KAB), answers(hub, "I11", "2020", KAB, KAB)
    assert {k: b["nilai"] for k, b in rising.items()} == {
        "I01": 93.61, "I02": 106.44, "I03": 99.9, "I04": 239.72, "I05": 100.95, "I07": 100.84,
        "I06": None, "I08": None, "BAN07": None, "KIN05": None,
    }  # fmt: skip
    assert {k: b["nilai"] for k, b in falling.items()} == {"WIL06": 88.28, "WIL07": 62.21}
    assert {k: b["alasan"] for k, b in rising.items() if b["alasan"]} == {
        "I06": "Realisasi I06 belum ada untuk periode ini.",
        "I08": "KIN01[indikator=I08] tidak berisi angka.",
        "BAN07": "KIN01[indikator=BAN07] tidak berisi angka.",
        "KIN05": "Target dalam persen, KIN05 dalam orang: satuannya berlainan, jadi tidak dibandingkan. Realisasi dalam persen dapat "
        "ditulis pada KIN02[indikator=KIN05].",
    }
    assert all((b["status"] == "TIDAK_ADA_DATA") == (b["nilai"] is None) for b in rising.values())
    (whole,) = answers(hub, "I12", "2020", KAB).values()
    assert (whole["nilai"], whole["alasan"]) == (83, None)
    # of a whole kabupaten everybody is told that nothing was reported
    assert answers(hub, "I10", "2020", KAB)["I06"]["alasan"] == "Realisasi I06 belum ada untuk periode ini."


def test_the_submission_says_which_targets_cannot_be_compared(entered: tuple[Client, Any]) -> None:
    (found,) = [t for t in entered[1] if t["kode"] == "SATUAN_TARGET_BEDA"]
    assert (found["tingkat"], found["elemen"], found["usulan"]) == ("PERINGATAN", "KIN01", "KIN02[indikator=KIN05]")
    assert found["pesan"].startswith("Target KIN05 dalam persen, sedangkan angka KIN05 dalam orang;")
    assert {t["elemen"] for t in entered[1] if t["kode"] == "TARGET_KOSONG"} == {"KIN01"}


def test_the_desks_targets_are_the_provinces_own(module_hub: Client) -> None:
    hub = module_hub
    for year, rows in (("2020", DESK), ("2021", FROM_2021)):
        m = submission("36", "F12", year, f"desk {year}", nilai=[target("36", p) for p in rows])
        assert hub.ask(SUBMIT, {"m": m}, "36")["hasil"]["__typename"] == "RekapDiterima"
        stated = figures(hub, "KIN01", year, "36", "indikator")
        assert {k: b["tertulis"] for k, b in stated.items()} == {(p.what,): p.answered for p in rows}
        achieved = answers(hub, "I10", year, "36")
        assert {k: b["penyebut"] for k, b in achieved.items()} == {p.what: p.answered for p in rows}
    (row,) = answers(hub, "I10", "2021", "36").values()
    assert (row["nilai"], row["alasan"]) == (None, "Realisasi I13.pemutakhiran belum ada untuk periode ini.")
    # three of four that reported are active
    for n, kab in zip((5, 0, 7, 9), ("36.01", "36.02", "36.03", "36.71"), strict=True):
        m = submission(kab, "F02", "2021", "mutakhir", nilai=[angka(kab, "BAN09", n)])
        assert hub.ask(SUBMIT, {"m": m}, kab)["hasil"]["__typename"] == "RekapDiterima"
        hub.ask(APPROVE, {"id": f"{kab}:F02:2021", "revisi": 1}, "36")
    (row,) = answers(hub, "I10", "2021", "36").values()
    assert (row["pembilang"], row["penyebut"], row["nilai"], row["alasan"]) == (75, 100, 75, None)
    # an index is not computed: what the province states of it counts, and the answer says so
    assert answers(hub, "I10", "2020", "36")["IKS_LANSIA"]["alasan"] == (
        "IKS_LANSIA tidak dihitung hub; realisasinya dapat ditulis pada KIN02[indikator=IKS_LANSIA]."
    )
    cells = [target("36", p) for p in DESK] + [cell("36", "KIN02", "0,3", indikator="IKS_LANSIA")]
    hub.ask(SUBMIT, {"m": submission("36", "F12", "2020", "desk hasil", nilai=cells)}, "36")
    row = answers(hub, "I10", "2020", "36")["IKS_LANSIA"]
    assert (row["nilai"], row["alasan"]) == (
        111.11, "Realisasinya sebagaimana ditulis pada KIN02[indikator=IKS_LANSIA]; hub tidak dapat menghitungnya.",
    )  # fmt: skip


def test_the_demo_has_the_target_for_2021_under_2021(read_hub: Client) -> None:
    assert figures(read_hub, "KIN01", "2021", "36", "indikator")["I13.pemutakhiran",]["tertulis"] == 100
    assert answers(read_hub, "I10", "2021", "36")["I13.pemutakhiran"]["penyebut"] == 100
    assert all("I13" not in k for (k,) in figures(read_hub, "KIN01", "2020", "36", "indikator"))


# ---------- Renstra ----------


def test_five_years_of_targets_and_results_come_back(module_hub: Client) -> None:
    """Planned for each year and for the end, with a later version of one; reached so far; each in the unit of its indicator."""
    hub, kab = module_hub, "53.15"
    plan = {"2019": 40, "2020": 45, "2021": 50, "2022": 55, "2023": 60, "akhir": 60}
    cells = [cell(kab, "KIN06", f"{n} %", indikator="I01", tahun_renstra=year) for year, n in plan.items() if year != "2021"]  # fmt: skip
    cells += [
        cell(kab, "KIN06", "50 %", indikator="I01", tahun_renstra="2021", versi="2019-03-01"),
        cell(kab, "KIN06", "48,5 %", indikator="I01", tahun_renstra="2021", versi="24-8-2020"),
        cell(kab, "KIN06", "4,5 orang", indikator="WIL06", tahun_renstra="2020"),
    ]
    reached = {"2019": 41.25, "2020": 51.96, "akhir": 51.96}
    cells += [cell(kab, "KIN07", str(n), indikator="I01", tahun_renstra=year) for year, n in reached.items()]
    sent = hub.ask(SUBMIT, {"m": submission(kab, "F12", "2020", "renstra", nilai=cells)}, kab)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    assert [(t["kode"], t["usulan"]) for t in sent["temuan"] if t["kode"] == "SATUAN_BEDA"] == [("SATUAN_BEDA", "persen")]  # fmt: skip
    hub.ask(APPROVE, {"id": f"{kab}:F12:2020", "revisi": 1}, PROV)
    planned = figures(hub, "KIN06", "2020", kab, "indikator", "tahun_renstra")
    assert {y: b["nilai"] for (i, y), b in planned.items() if i == "I01"} == plan | {"2021": 48.5}
    versions = figures(hub, "KIN06", "2020", kab, "indikator", "tahun_renstra", "versi")
    assert {v: b["nilai"] for (_, y, v), b in versions.items() if y == "2021"} == {"2019-03-01": 50, "2020-08-24": 48.5}
    results = figures(hub, "KIN07", "2020", kab, "indikator", "tahun_renstra")
    assert {y: b["nilai"] for (_, y), b in results.items()} == reached
    assert answers(hub, "I10", "2020", kab)[""]["alasan"].startswith("Belum ada target (KIN01)")


# ---------- quality of services (SPM) ----------


def test_quality_of_each_service_is_entered_and_answered(module_hub: Client) -> None:
    hub, kab = module_hub, "53.16"
    pairs = {"I04.mutu_disabilitas": 12, "I04.mutu_anak": 14, "I04.mutu_lansia": 16, "I04.mutu_gepeng": 18}
    cells = [angka(kab, f"REH{n + k}", (40, 10)[k] + n) for n in pairs.values() for k in (0, 1)]
    cells[:1] = [cell(kab, "REH12", str(n), jenis_mutu=m) for m, n in (("barang", 30), ("jasa", 12), ("SDM", 10))]
    for form, given in (("F05", cells), ("F03", [angka(kab, "BEN07", 8), angka(kab, "BEN08", 6)])):
        sent = hub.ask(SUBMIT, {"m": submission(kab, form, "2023-TW1", form, nilai=given)}, kab)["hasil"]
        assert sent["__typename"] == "RekapDiterima", sent
        hub.ask(APPROVE, {"id": f"{kab}:{form}:2023-TW1", "revisi": 1}, PROV)
    asked = {"k": [*pairs, "I05.mutu"], "p": ["2023-TW1"], "w": kab, "t": "KABUPATEN"}
    rows = hub.ask(INDIKATOR, asked)["indikator"]
    assert [(b["pembilang"], b["penyebut"], b["nilai"]) for b in rows] == [
        (22, 52, 42.31), (24, 54, 44.44), (26, 56, 46.43), (28, 58, 48.28), (6, 8, 75),
    ]  # fmt: skip
    too_much = [angka(kab, "REH16", 1), angka(kab, "REH17", 2)]
    m = submission(kab, "F05", "2023-TW2", "lebih", nilai=too_much)
    refused = hub.ask(SUBMIT, {"m": m, "uji": True}, kab)["hasil"]
    assert "F05-A13" in {t["kode"] for t in refused["temuan"] if t["tingkat"] == "GALAT"}
