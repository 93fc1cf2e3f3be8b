"""GraphQL texts that the tests of coverage share."""

from typing import Any

from tests.client import Client

THREE_KINDS = ["PANTI", "LKS", "RUMAH_SINGGAH"]
CAKUPAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode, $berlaku: Boolean, $sisa: Boolean) {
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p, hanyaBerlaku: $berlaku, dayaTersisa: $sisa) { %s } }"""
ROW = """desa { kode } terdekat { id } jarakKm tercakup persenLuas bobot statusBobot keterjangkauan keterjangkauanLengkap"""


def ask(
    hub_cakupan: Client, selection: str, km: float = 6, wilayah: str = "53.14", as_whom: str | None = None, **more: Any
) -> Any:
    variables = {"j": THREE_KINDS, "km": km, "w": wilayah, **more}
    return hub_cakupan.ask(CAKUPAN % selection, variables, as_whom)["cakupan"]
