"""GraphQL texts that the tests of coverage share."""

from typing import Any

from tests.client import Klien

TIGA = ["PANTI", "LKS", "RUMAH_SINGGAH"]
CAKUPAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode, $berlaku: Boolean, $sisa: Boolean) {
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p, hanyaBerlaku: $berlaku, dayaTersisa: $sisa) { %s } }"""
BARIS = """desa { kode } terdekat { id } jarakKm tercakup persenLuas bobot statusBobot keterjangkauan keterjangkauanLengkap"""


def tanya(
    hub_cakupan: Klien, isi: str, km: float = 6, wilayah: str = "53.14", sebagai: str | None = None, **lain: Any
) -> Any:
    variabel = {"j": TIGA, "km": km, "w": wilayah, **lain}
    return hub_cakupan.tanya(CAKUPAN % isi, variabel, sebagai)["cakupan"]
