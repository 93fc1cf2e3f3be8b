"""What everybody sees of an office's figures the moment its rekap is approved, and of its revisions, as its users ask for it."""

from typing import Any

import pytest

from tests.client import Client
from tests.rekap.test_choices import figure, submit
from tests.rekap.texts import APPROVE, REOPEN

KAB, PROV, SIBLING = "53.14", "53", "53.15"
PERIODE = "2017"
READ = """query ($w: ID!, $t: TingkatWilayah!, $e: [ID!]!, $p: [Periode!]!, $r: [String!]) {
  agregat(wilayah: $w, tingkat: $t, elemen: $e, periode: $p, rincian: $r, batas: 200) {
    butir { wilayah { kode } rincian { pilihan } nilai tertulis status } } }"""


def report(hub: Client, figures: dict[str, int], elemen: str = "REH09", periode: str = PERIODE, revision: int = 1) -> None:
    cells = [figure(elemen, n, desa, **{}) for desa, n in figures.items()]
    if revision > 1:
        hub.ask(REOPEN, {"id": f"{KAB}:F05:{periode}", "alasan": "perbaikan"}, PROV)
    answer = submit(hub, "F05", f"{periode}", *cells) if revision == 1 else _again(hub, cells, periode, revision)
    assert answer["__typename"] == "RekapDiterima", answer
    answer = hub.ask(APPROVE, {"id": f"{KAB}:F05:{periode}", "revisi": revision}, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def _again(hub: Client, cells: list[dict[str, Any]], periode: str, revision: int) -> Any:
    from tests.rekap.texts import SUBMIT, submission

    m = submission(KAB, "F05", periode, f"revisi {revision}", nilai=cells)
    return hub.ask(SUBMIT, {"m": m}, KAB)["hasil"]


def seen(hub: Client, level: str, as_whom: str | None = None, periode: str = PERIODE, elemen: str = "REH09") -> dict[str, Any]:
    rows = hub.ask(READ, {"w": KAB, "t": level, "e": [elemen], "p": [periode]}, as_whom)["agregat"]["butir"]
    return {r["wilayah"]["kode"]: r["nilai"] if r["nilai"] is not None else r["status"] for r in rows}


SMALL = {"53.14.01.2005": 3, "53.14.01.2006": 20, "53.14.01.2007": 31, "53.14.02.2018": 40, "53.14.02.2021": 12}


def test_a_small_count_is_hidden_with_another_that_would_tell_it(hub: Client) -> None:
    report(hub, SMALL)
    desa = {k: n for k, n in seen(hub, "DESA").items() if k in SMALL}
    assert desa["53.14.01.2005"] == "DISUPRESI"
    hidden = {k for k, n in desa.items() if n == "DISUPRESI"}
    assert len(hidden & {"53.14.01.2006", "53.14.01.2007"}) == 1
    assert {k: n for k, n in desa.items() if k not in hidden} == {k: n for k, n in SMALL.items() if k not in hidden}
    assert seen(hub, "KECAMATAN")["53.14.01"] == 54
    assert seen(hub, "KABUPATEN") == {KAB: 106}
