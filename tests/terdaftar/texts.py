"""GraphQL texts that the tests of the registers share."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, submission

QUERY = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $h: Date, $saat: DateTime) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, wilayahPada: $h, pada: $saat) {
    wilayah { kode } elemen { kode } periode rincian { rincian pilihan } nilai status terdaftar selisihTerdaftar } }"""
LEVELS = {2: "PROVINSI", 5: "KABUPATEN", 8: "KECAMATAN", 13: "DESA"}
OLD_BONI, NEW_BONI = "53.14.02.2005", "53.14.11.2006"  # Loaholu was made in 2022


def rows(hub: Client, elemen: str | list[str], wilayah: str = "53.14", periode: str = "2020", **more: Any) -> list[Any]:
    """Rows of one region of any level, unless `t` says of its parts."""
    as_whom = more.pop("as_whom", None)
    nilai = {"e": [elemen] if isinstance(elemen, str) else elemen, "w": wilayah, "t": LEVELS[len(wilayah)], **more}
    result: list[Any] = hub.ask(QUERY, {"p": [periode], **nilai}, as_whom)["agregat"]
    return result


def terdaftar(hub: Client, elemen: str, wilayah: str = "53.14", periode: str = "2020", **more: Any) -> Any:
    (b,) = rows(hub, elemen, wilayah, periode, **more)
    return b["terdaftar"]


def approved(hub: Client, formulir: str, periode: str, nilai: list[Any], kab: str = "53.14") -> Any:
    result = hub.ask(SUBMIT, {"m": submission(kab, formulir, periode, f"{kab} {periode}", nilai=nilai)}, kab)["hasil"]
    assert result["__typename"] == "RekapDiterima", result
    hub.ask(APPROVE, {"id": f"{kab}:{formulir}:{periode}", "revisi": result["revisi"]}, kab[:2])
    return result
