"""Complaints of each SLRT and puskesos by period: told with the rekap of their desa, answered at the institution, and what the totals
of the regions are made of."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, submission
from tests.sumber_daya.rows import add, without_samples

OESELI, OEBOU = "53.14.01.2005", "53.14.01.2006"
SLRT, PUSKESOS = ([{"rincian": "penerima_pengaduan", "pilihan": p}] for p in ("SLRT", "puskesos"))
COLUMNS = [{"elemen": e, "rincian": r} for r in (SLRT, PUSKESOS) for e in ("LEM12", "LEM13")]
ASKED = """query ($id: ID!, $p: [Periode!]!) { sumberDaya(id: $id) {
  ... on Slrt { pengaduan(periode: $p) { ...angka } } ... on Puskesos { pengaduan(periode: $p) { ...angka } } } }
  fragment angka on PengaduanLembaga { periode masuk statusMasuk selesai statusSelesai }"""
TOTAL = """query ($p: Periode!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  agregat(elemen: ["LEM12"], periode: [$p], wilayah: $w, tingkat: $t) { nilai } }"""


def submit(hub: Client, periode: str, rows: list[tuple[str, list[int]]], **more: Any) -> Any:
    lines = [{"wilayah": w, "nilai": n} for w, n in rows]
    sent = submission("53.14", "F09", periode, periode, tabel=[{"kolom": COLUMNS, "baris": lines}], **more)
    return hub.ask(SUBMIT, {"m": sent, "uji": False}, as_whom="53.14")["hasil"]


def told(hub: Client, periode: str, rows: list[tuple[str, list[int]]]) -> set[tuple[str, str]]:
    """Approved; findings as (code, region)."""
    result = submit(hub, periode, rows)
    assert result["__typename"] == "RekapDiterima", result
    hub.ask(APPROVE, {"id": f"53.14:F09:{periode}", "revisi": result["revisi"]}, as_whom="53")
    return {(t["kode"], t["wilayah"]) for t in result["temuan"]}


def answered(hub: Client, id_: str, *periods: str, as_whom: str | None = "53.14") -> list[tuple[Any, ...]]:
    rows = hub.ask(ASKED, {"id": id_, "p": list(periods)}, as_whom)["sumberDaya"]["pengaduan"]
    return [(b["periode"], b["masuk"], b["statusMasuk"], b["selesai"], b["statusSelesai"]) for b in rows]


@pytest.fixture
def desks(hub: Client) -> Client:
    """An SLRT and a puskesos in one desa, a puskesos in another."""
    without_samples(hub)
    for n, (kind, desa) in enumerate((("SLRT", OESELI), ("PUSKESOS", OESELI), ("PUSKESOS", OEBOU)), 1):
        add(hub, n, kind, kode_desa=desa)
    return hub


IDS = [f"53.14:01939f2e-7d1c-7a3b-9c55-{n:012d}" for n in (1, 2, 3)]


def test_each_answers_its_own_and_the_totals_are_made_of_them(desks: Client) -> None:
    for quarter, more in (("2023-TW1", 0), ("2023-TW2", 100)):
        rows = [(OESELI, [20 + more, 15, 10, 9]), (OEBOU, [0, 0, 3, 0])]
        assert not {k for k, _ in told(desks, quarter, rows)} & {"PENGADUAN_TANPA_LEMBAGA", "RINCIAN_TIDAK_SAMA"}
    slrt, first, second = IDS
    assert answered(desks, slrt, "2023-TW2", "2023-S1", "2023-TW3") == [
        ("2023-TW2", 120, "ADA", 15, "ADA"), ("2023-S1", 140, "ADA", 30, "ADA"),
        ("2023-TW3", None, "TIDAK_ADA_DATA", None, "TIDAK_ADA_DATA"),
    ]  # fmt: skip
    assert answered(desks, first, "2023-TW1") == [("2023-TW1", 10, "ADA", 9, "ADA")]
    assert answered(desks, second, "2023-TW1") == [("2023-TW1", 3, "ADA", 0, "NOL")]
    assert answered(desks, slrt, "2018-TW1") == [("2018-TW1", None, "TIDAK_BERLAKU", None, "TIDAK_BERLAKU")]
    for level, wilayah, total in (("DESA", OESELI, 30), ("KECAMATAN", "53.14.01", 33), ("KABUPATEN", "53.14", 33)):
        assert desks.ask(TOTAL, {"p": "2023-TW1", "w": wilayah, "t": level}, "53.14")["agregat"] == [{"nilai": total}]


def test_few_complaints_of_one_are_closed_to_the_public(desks: Client) -> None:
    told(desks, "2023-TW1", [(OEBOU, [0, 0, 3, 0]), (OESELI, [20, 15, 10, 9])])
    assert answered(desks, IDS[2], "2023-TW1", as_whom=None) == [("2023-TW1", None, "DISUPRESI", 0, "NOL")]
    # another is hidden with it, from which it could be worked out
    assert answered(desks, IDS[1], "2023-TW1", as_whom=None) == [("2023-TW1", None, "DISUPRESI", 9, "ADA")]
    assert answered(desks, IDS[1], "2023-TW1") == [("2023-TW1", 10, "ADA", 9, "ADA")]


def test_two_of_a_kind_in_a_desa_cannot_be_told_apart(desks: Client) -> None:
    other = add(desks, 4, "PUSKESOS", kode_desa=OEBOU)
    told(desks, "2023-TW1", [(OEBOU, [0, 0, 30, 12])])
    for id_ in (IDS[2], other):
        assert answered(desks, id_, "2023-TW1") == [("2023-TW1", None, "TIDAK_ADA_DATA", None, "TIDAK_ADA_DATA")]


def test_complaints_where_the_register_has_no_desk_are_noted(desks: Client) -> None:
    found = told(desks, "2023-TW1", [(OEBOU, [7, 7, 3, 0]), (OESELI, [20, 15, 10, 9])])
    assert {w for k, w in found if k == "PENGADUAN_TANPA_LEMBAGA"} == {OEBOU}


def test_a_total_beside_that_differs_is_refused(desks: Client) -> None:
    beside = [{"wilayah": OEBOU, "elemen": "LEM12", "nilai": 99}]
    result = submit(desks, "2023-TW1", [(OEBOU, [0, 0, 30, 12])], nilai=beside)
    assert result["__typename"] == "RekapDitolak"
    assert "RINCIAN_TIDAK_SAMA" in {t["kode"] for t in result["temuan"]}
