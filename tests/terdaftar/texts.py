"""GraphQL texts that the tests of the registers share."""

from typing import Any

from tests.client import Klien

TANYA = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $h: Date, $saat: DateTime) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, wilayahPada: $h, pada: $saat) {
    wilayah { kode } elemen { kode } periode rincian { rincian pilihan } nilai status terdaftar selisihTerdaftar } }"""
TINGKAT = {2: "PROVINSI", 5: "KABUPATEN", 8: "KECAMATAN", 13: "DESA"}
BONI_LAMA, BONI_BARU = "53.14.02.2005", "53.14.11.2006"  # Loaholu was made in 2022


def baris(hub: Klien, elemen: str | list[str], wilayah: str = "53.14", periode: str = "2020", **isi: Any) -> list[Any]:
    """Rows of one region of any level, unless `t` says of its parts."""
    sebagai = isi.pop("sebagai", None)
    nilai = {"e": [elemen] if isinstance(elemen, str) else elemen, "w": wilayah, "t": TINGKAT[len(wilayah)], **isi}
    hasil: list[Any] = hub.tanya(TANYA, {"p": [periode], **nilai}, sebagai)["agregat"]
    return hasil


def terdaftar(hub: Klien, elemen: str, wilayah: str = "53.14", periode: str = "2020", **isi: Any) -> Any:
    (b,) = baris(hub, elemen, wilayah, periode, **isi)
    return b["terdaftar"]
