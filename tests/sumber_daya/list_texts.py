"""GraphQL texts and small builders that the tests of lists and uploads share."""

import csv
import io
from typing import Any

from tests.client import Klien
from tests.rekap.texts import TEMUAN

UNGGAH = f"""mutation ($berkas: Upload!, $jenis: JenisSumberDaya!, $kab: KodeWilayah, $uji: Boolean, $sejak: Date) {{
  hasil: unggahSumberDaya(berkas: $berkas, jenis: $jenis, kabupaten: $kab, uji: $uji, sejak: $sejak) {{ __typename
    ... on ImporSumberDayaDiterima {{ baru berubah tetap temuan {{ {TEMUAN} }} }}
    ... on ImporSumberDayaDitolak {{ temuan {{ {TEMUAN} }} }}
    ... on TidakBerwenang {{ pesan }} }} }}"""


def daftar(kepala: list[str], *baris: list[Any]) -> bytes:
    """A list as CSV."""
    isi = io.StringIO()
    csv.writer(isi).writerows([kepala, *baris])
    return isi.getvalue().encode()


def unggah(
    hub: Klien, jenis: str, isi: bytes, sebagai: str | None = "53.14", nama: str = "daftar.csv", **lain: Any
) -> Any:
    return hub.unggah(UNGGAH, {"jenis": jenis, **lain}, {"berkas": (nama, isi)}, sebagai)["hasil"]


def diterima(hasil: Any) -> tuple[int, int, int]:
    """How many rows are new, changed, as they were."""
    assert hasil["__typename"] == "ImporSumberDayaDiterima", hasil
    return hasil["baru"], hasil["berubah"], hasil["tetap"]


def ditolak(hasil: Any) -> set[tuple[str, int | None, str | None]]:
    """(code, row, column) of the errors of a list that is refused."""
    assert hasil["__typename"] == "ImporSumberDayaDitolak", hasil
    tempat = [(t["kode"], (t["lokasi"] or [{}])[0]) for t in hasil["temuan"] if t["tingkat"] == "GALAT"]
    return {(kode, x.get("baris"), x.get("kolom")) for kode, x in tempat}


def temuan(hasil: Any, *kode: str) -> list[Any]:
    """Findings of that code."""
    return [t for t in hasil["temuan"] if t["kode"] in kode]
