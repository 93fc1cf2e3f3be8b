"""Sending, approving and reading figures of a sensitive element, as its users do."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission

KAB, PROV, SIBLING = "53.14", "53", "53.15"
PERIODE = "2017"
READ = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $e: [String!]!, $p: [Periode!]!, $r: [String!]) {
  agregat(wilayah: $w, tingkat: $t, elemen: $e, periode: $p, rincian: $r) {
    wilayah { kode } rincian { pilihan } nilai tertulis status } }"""


def report(
    hub: Client,
    figures: dict[str, int],
    elemen: str = "REH09",
    periode: str = PERIODE,
    revision: int = 1,
    kab: str = KAB,
) -> None:
    """Sent and approved. `figures`: desa → count."""
    approve(hub, "F05", [angka(desa, elemen, n) for desa, n in figures.items()], periode, revision, kab)


def approve(
    hub: Client,
    form: str,
    cells: list[dict[str, Any]],
    periode: str = PERIODE,
    revision: int = 1,
    kab: str = KAB,
    **more: Any,
) -> None:
    """Sent and approved. `more`: of the RekapMasukan."""
    key = f"{kab}:{form}:{periode}"
    if revision > 1:
        hub.ask(REOPEN, {"id": key, "alasan": "perbaikan"}, PROV)
    m = submission(kab, form, periode, f"{key} {revision}", nilai=cells, **more)
    for answer in (
        hub.ask(SUBMIT, {"m": m}, kab)["hasil"], hub.ask(APPROVE, {"id": key, "revisi": revision}, PROV)["hasil"],
    ):  # fmt: skip
        assert answer["__typename"] == "RekapDiterima", answer


def seen(
    hub: Client, level: str, as_whom: str | None = None, periode: str = PERIODE, elemen: str = "REH09"
) -> dict[str, Any]:
    rows = hub.ask(READ, {"w": KAB, "t": level, "e": [elemen], "p": [periode]}, as_whom)["agregat"]
    return {r["wilayah"]["kode"]: r["nilai"] if r["nilai"] is not None else r["status"] for r in rows}


SMALL = {"53.14.01.2005": 3, "53.14.01.2006": 20, "53.14.01.2007": 31, "53.14.02.2018": 40, "53.14.02.2021": 12}
