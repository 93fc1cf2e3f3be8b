"""Figures as a rekap shows them, and as desa say them of themselves."""

from typing import Any

from bench.rahasia.caller import Caller
from bench.rahasia.heard import Place, Walk

_REKAP = """query ($s: String) { daftarRekap(first: 20, after: $s) { edges { node { id pelapor { kode } periode
  nilai { wilayah { kode } elemen { kode } rincian { rincian pilihan } nilai status } } }
  pageInfo { hasNextPage endCursor } } }"""

_NILAI = "kode nilai(elemen: $e, periode: $p) { elemen { kode } periode rincian { rincian pilihan } nilai status }"
_DESA = f"""query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $s: String) {{
  daftarDesa(saring: {{di: $w}}, first: 500, after: $s) {{ edges {{ node {{ {_NILAI} }} }}
  pageInfo {{ hasNextPage endCursor }} }} }}"""


def rekap(caller: Caller, heard: Walk, province: str) -> None:
    """Of every office of the province but the caller's own, whose rekap may be newer than what is approved."""
    own = caller.own
    after: str | None = None
    while True:
        page: dict[str, Any] = caller.ask(_REKAP, s=after)["daftarRekap"]
        for node in (e["node"] for e in page["edges"]):
            office = node["pelapor"]["kode"]
            if office != own and len(office) == 5 and office.startswith(province):
                _figures(heard, node)
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _figures(heard: Walk, node: dict[str, Any]) -> None:
    for row in node["nilai"]:
        if row["elemen"]["kode"] in heard.elements:
            choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
            place = Place(row["elemen"]["kode"], node["periode"], row["wilayah"]["kode"], choices)
            heard.hear(place, row["status"], row["nilai"], f"rekap({node['id']})")


def of_desa(caller: Caller, heard: Walk, province: str, periods: dict[str, set[str]]) -> None:
    """What desa say of themselves. `periods`: of each element."""
    for element, own in sorted(periods.items()):
        asked = {"e": [element], "p": sorted(own), "w": province}
        after: str | None = None
        while True:
            page: dict[str, Any] = caller.ask(_DESA, s=after, **asked)["daftarDesa"]
            _of_each(heard, [e["node"] for e in page["edges"]])
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]


def _of_each(heard: Walk, regions: list[dict[str, Any]]) -> None:
    for region in regions:
        for row in region["nilai"]:
            choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
            place = Place(row["elemen"]["kode"], row["periode"], region["kode"], choices)
            heard.hear(place, row["status"], row["nilai"], f"nilai({region['kode']})")
