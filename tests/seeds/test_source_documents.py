"""What the source documents print: every figure of Rote Ndao's tables 1 to 8 and of Banten's notes (source_documents.csv) is entered as
it was written, and asked back. Of violence only figures of the whole kabupaten are there. `answered`: what is answered where that is
not what was printed, `reason` why. Rows without `written` are sums and indicators: nothing is entered for them."""

import csv
import io
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hub.base.angka import read_angka
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.rekap.texts import APPROVE, REKAP, REOPEN

KAB, PROV = "53.14", "36"
PERIODS = {KAB: "2020", PROV: "2020-S1"}  # Banten's notes are of March 2020
LEVELS = {2: "PROVINSI", 5: "KABUPATEN", 8: "KECAMATAN", 13: "DESA"}
ROWS = """query ($e: String!, $p: Periode!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!]) {
  agregat(elemen: [$e], periode: [$p], wilayah: $w, tingkat: $t, rincian: $r) {
    wilayah { kode } nilai tertulis rincian { rincian pilihan } } }"""
INDICATOR = """query ($k: String!, $p: Periode!, $w: KodeWilayah!) {
  indikator(kode: [$k], periode: [$p], wilayah: $w, tingkat: KABUPATEN) { nilai pembilang } }"""


class Printed(NamedTuple):
    document: str
    figure: str
    written: str
    kecamatan: str
    kode: str
    elemen: str
    rincian: str
    printed: str
    answered: str
    reason: str

    @property
    def reporter(self) -> str:
        return self.kode[:5]

    @property
    def expected(self) -> Decimal:
        is_percentage = self.elemen.startswith("I0") and " " not in self.elemen
        return read_angka(self.answered or self.printed, whole=not is_percentage).nilai

    @property
    def breakdown(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.rincian.split(",")) if self.rincian else {}


def table() -> list[Printed]:
    with (Path(__file__).parent / "source_documents.csv").open(encoding="utf-8", newline="") as lines:
        return [Printed(*row) for row in list(csv.reader(lines))[1:]]


def _other_choice(b: Printed) -> list[list[str]]:
    """A desa is no kelurahan: without a word for the other choice half a breakdown would make no total."""
    if b.elemen != "PPK03":
        return []
    other = "kelurahan" if b.rincian.endswith("=desa") else "desa"
    return [[b.written, b.kecamatan, b.elemen, f"jenis_desa={other}", "", "TIDAK_BERLAKU"]]


def _forms(reporter: str) -> dict[str, bytes]:
    """Form → the figures of it as a file, names and numbers as they were printed."""
    form_of = {e.kode: f.kode for f in read_katalog().formulir for e in f.elemen}
    lines: dict[str, list[list[str]]] = defaultdict(
        lambda: [["wilayah", "kecamatan", "elemen", "rincian", "nilai", "status"]]
    )
    for b in table():
        if b.reporter == reporter and b.written:
            row = [b.written, b.kecamatan, b.elemen, b.rincian, b.printed, ""]
            lines[form_of[b.elemen]] += [row, *_other_choice(b)]
    files: dict[str, bytes] = {}
    for form, rows in lines.items():
        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        files[form] = buffer.getvalue().encode()
    return files


@pytest.fixture(scope="module")
def told(module_hub: Client) -> Client:
    """The hub with what the documents print in it, instead of the demo's figures of the same forms."""
    for reporter in (KAB, PROV):
        periode = PERIODS[reporter]
        for form, content in _forms(reporter).items():
            module_hub.ask(REOPEN, {"id": f"{reporter}:{form}:{periode}", "alasan": "naskah"}, as_whom=reporter[:2])
            given = {"pelapor": reporter, "formulir": form, "periode": periode, "kunci": f"naskah {form}"}
            result = module_hub.upload(REKAP, given, {"berkas": (f"{form}.csv", content)}, reporter)["hasil"]
            assert result["__typename"] == "RekapDiterima", (
                form,
                [t for t in result["temuan"] if t["tingkat"] == "GALAT"],
            )
            if reporter == KAB:
                revision = {"id": f"{KAB}:{form}:{periode}", "revisi": result["revisi"]}
                assert module_hub.ask(APPROVE, revision, as_whom="53")["hasil"]["__typename"] == "RekapDiterima"
    return module_hub


def _answered(hub: Client, b: Printed) -> Any:
    asked: dict[str, Any] = {"p": PERIODS[b.reporter], "w": b.kode}
    kode, _, side = b.elemen.partition(" ")
    if kode.startswith("I0"):
        (row,) = hub.ask(INDICATOR, {"k": kode, **asked}, as_whom=b.reporter)["indikator"]
        return row[side or "nilai"]
    asked |= {"e": b.elemen, "t": LEVELS[len(b.kode)], "r": sorted(b.breakdown) or None}
    for row in hub.ask(ROWS, asked, as_whom=b.reporter)["agregat"]:
        if {p["rincian"]: p["pilihan"] for p in row["rincian"]} == b.breakdown:
            return row["tertulis"] if b.reporter == PROV else row["nilai"]
    return None


def test_every_figure_comes_back_as_printed(told: Client) -> None:
    wrong = []
    for b in table():
        answer = _answered(told, b)
        if answer is None or Decimal(str(answer)) != b.expected:
            wrong.append((b.document, b.figure, b.kode, b.elemen, b.rincian, b.printed, answer))
    assert wrong == []


def test_what_is_answered_otherwise_says_why() -> None:
    assert [b for b in table() if b.answered and not b.reason] == []
    assert {b.reason[:3] for b in table() if b.answered} == {"V01", "V02", "V08"}


def test_the_table_is_all_of_the_documents_and_nothing_of_single_victims() -> None:
    tables = [b.document for b in table()]
    assert {t for t in tables if t.startswith("T")} == {f"T{n}" for n in range(1, 9)}
    assert {"Narasi", "Banten"} <= set(tables)
    assert {b.kode for b in table() if b.document == "T5"} == {KAB}
