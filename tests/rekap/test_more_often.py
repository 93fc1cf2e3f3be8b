"""A form that may be sent more often than it is expected: months of F05 and F12, which are expected by quarter."""

import asyncio
from typing import Any

import pytest

from hub.angka.verify import verify_rollup
from hub.db.database import Database
from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"
COMPLETENESS = """query ($f: [String!], $p: [Periode!]!) { kelengkapan(formulir: $f, periode: $p, wilayah: "53.14") {
  formulir { kode } periode status terlambat dipenuhi } }"""
FIGURES = """query ($e: [String!]!, $p: [Periode!]!, $t: TingkatWilayah!) {
  agregat(elemen: $e, periode: $p, wilayah: "53.14", tingkat: $t) {
    wilayah { kode } elemen { kode } periode nilai status kelengkapan { diharapkan diterima disetujui } } }"""


def put(hub: Client, form: str, periode: str, *cells: dict[str, Any]) -> None:
    """Send and approve."""
    sent = hub.ask(SUBMIT, {"m": submission(KAB, form, periode, f"{form} {periode}", nilai=list(cells))}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    hub.ask(APPROVE, {"id": f"{KAB}:{form}:{periode}", "revisi": sent["revisi"]}, PROV)


def spent(ceiling: int, amount: int) -> tuple[dict[str, Any], dict[str, Any]]:
    apbd = [{"rincian": "sumber_anggaran", "pilihan": "APBD"}]
    return angka(KAB, "KIN03", ceiling, rincian=apbd), angka(KAB, "KIN04", amount, rincian=apbd)


def wrong(hub: Client) -> list[Any]:
    async def work() -> list[Any]:
        db = Database(hub.url, 1)
        await db.open()
        try:
            return (await verify_rollup(db, KAB))[1]
        finally:
            await db.close()

    return asyncio.run(work())


def test_how_often_a_form_is_expected_and_may_be_sent_are_two_things(read_hub: Client) -> None:
    forms = read_hub.ask("{ daftarFormulir { kode periodeJenis periodeTersingkat } }")["daftarFormulir"]
    differing = {f["kode"]: (f["periodeJenis"], f["periodeTersingkat"]) for f in forms if f["periodeJenis"] != f["periodeTersingkat"]}  # fmt: skip
    assert differing == {"F05": ("TRIWULAN", "BULAN"), "F12": ("TRIWULAN", "BULAN")}
    assert len(forms) == 13


@pytest.mark.parametrize(
    ("form", "periode", "shortest"),
    [("F06", "2023-05", "triwulan"), ("F07", "2023-05", "semester"), ("F09", "2023-05", "triwulan"), ("F10", "2023-TW1", "semester")],
)  # fmt: skip
def test_what_is_too_short_says_how_often_the_form_is_taken(
    read_hub: Client, form: str, periode: str, shortest: str
) -> None:
    m = submission(KAB, form, periode, "pendek", nilai=[angka(KAB, "BAN01", 1)])
    refused = read_hub.ask(SUBMIT, {"m": m, "uji": True}, KAB)["hasil"]
    (finding,) = [t for t in refused["temuan"] if t["kode"] == "PERIODE_TERLALU_PENDEK"]
    assert finding["pesan"] == f"Formulir {form} dilaporkan paling sering per {shortest}, bukan {periode}."


def test_three_months_make_the_expected_quarter(hub: Client) -> None:
    kec = ("53.14.01", "53.14.02")
    for month, (one, other) in enumerate([(10, 20), (12, 25), (None, 30)], 4):
        cells = [angka(w, "REH02", n) for w, n in zip(kec, (one, other), strict=True) if n is not None]
        put(hub, "F05", f"2023-{month:02d}", *cells)
        (row,) = hub.ask(COMPLETENESS, {"f": "F05", "p": ["2023-TW2"]})["kelengkapan"]
        assert row["dipenuhi"] == ([] if month < 6 else ["2023-04", "2023-05", "2023-06"])
        assert row["terlambat"] == (month < 6)
    assert hub.ask(COMPLETENESS, {"f": "F05", "p": ["2023-05"]})["kelengkapan"] == []  # not expected by month
    rows = hub.ask(FIGURES, {"e": ["REH02"], "p": ["2023-05", "2023-TW2", "2023-S1", "2023"], "t": "KABUPATEN"}, KAB)["agregat"]  # fmt: skip
    assert {b["periode"]: (b["nilai"], *b["kelengkapan"].values()) for b in rows} == {
        "2023-05": (37, 0, 0, 0), "2023-TW2": (30, 1, 1, 1), "2023-S1": (30, 1, 0, 0), "2023": (30, 1, 0, 0),
    }  # fmt: skip
    rows = hub.ask(FIGURES, {"e": ["REH02"], "p": ["2023-TW2"], "t": "KECAMATAN"}, KAB)["agregat"]
    assert {b["wilayah"]["kode"]: b["nilai"] for b in rows if b["wilayah"]["kode"] in kec} == {kec[0]: None, kec[1]: 30}
    assert wrong(hub) == []


def test_months_and_quarters_of_one_year_make_each_longer_period_once(hub: Client) -> None:
    """Spending since the year began: the newest part is the whole. Ceilings likewise."""
    put(hub, "F12", "2023-TW1", *spent(1000, 100))
    for month, amount in enumerate((150, 180, 260), 4):
        put(hub, "F12", f"2023-{month:02d}", *spent(1000 if month < 6 else 1200, amount))
    put(hub, "F12", "2023-07", *spent(1200, 300))

    def of(*periods: str) -> dict[str, tuple[Any, ...]]:
        """Ceiling, spending, and whether the office has reported the period."""
        query = """query ($p: [Periode!]!) { agregat(elemen: ["KIN03", "KIN04"], periode: $p, wilayah: "53.14", tingkat: KABUPATEN,
          rincian: ["sumber_anggaran"]) { periode nilai kelengkapan { disetujui } } }"""
        rows = hub.ask(query, {"p": periods})["agregat"]
        return {p: (*(b["nilai"] for b in rows if b["periode"] == p), *{b["kelengkapan"]["disetujui"] for b in rows if b["periode"] == p}) for p in periods}  # fmt: skip

    assert of("2023-TW1", "2023-TW2", "2023-TW3", "2023-S1", "2023-S2", "2023") == {
        "2023-TW1": (1000, 100, 1), "2023-TW2": (1200, 260, 1), "2023-S1": (1200, 260, 1),
        "2023-TW3": (1200, 300, 0), "2023-S2": (1200, 300, 0), "2023": (1200, 300, 0),
    }  # fmt: skip
    (row,) = hub.ask(COMPLETENESS, {"f": "F12", "p": ["2023-S1"]})["kelengkapan"]
    assert row["dipenuhi"] == ["2023-TW1", "2023-04", "2023-05", "2023-06"]
    query = (
        '{ indikator(kode: ["I09"], periode: ["2023-TW2", "2023"], wilayah: "53.14", tingkat: KABUPATEN) { nilai } }'
    )
    assert [b["nilai"] for b in hub.ask(query)["indikator"]] == [21.67, 25]
    # a quarter of its own counts before its months
    put(hub, "F12", "2023-TW2", *spent(1100, 240))
    assert of("2023-TW2", "2023-S1") == {"2023-TW2": (1100, 240, 1), "2023-S1": (1100, 240, 1)}
    assert wrong(hub) == []


def test_a_year_that_leaves_out_what_its_parts_have_is_told(hub: Client) -> None:
    """Targets are of a year, spending comes by month: sent alone, they take the year's spending away."""
    put(hub, "F12", "2023-TW1", *spent(1000, 100))
    goal = angka(KAB, "KIN01", 50, rincian=[{"rincian": "indikator", "pilihan": "I01"}])

    def told(*cells: dict[str, Any], periode: str = "2023") -> Any:
        m = submission(KAB, "F12", periode, "tahun", nilai=list(cells))
        findings = hub.ask(SUBMIT, {"m": m, "uji": True}, KAB)["hasil"]["temuan"]
        return [(t["tingkat"], t["usulan"]) for t in findings if t["kode"] == "BAGIAN_TERGANTI"]

    assert told(goal) == [("PERINGATAN", "KIN03, KIN04")]
    assert told(goal, spent(1200, 0)[0]) == [("PERINGATAN", "KIN04")]
    assert told(goal, *spent(1200, 500)) == []
    assert told(goal, periode="2023-TW2") == []  # nothing has been sent of its parts
    put(hub, "F12", "2023", goal)
    assert told(goal) == []  # gone already
