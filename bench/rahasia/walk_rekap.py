"""Figures as a rekap shows them."""

from typing import Any

from bench.rahasia.caller import Caller
from bench.rahasia.heard import Place, Walk

_REKAP = """query ($s: String) { daftarRekap(first: 20, after: $s) { edges { node { id pelapor { kode } periode
  nilai { wilayah { kode } elemen { kode } rincian { rincian pilihan } nilai status } } }
  pageInfo { hasNextPage endCursor } } }"""


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
