"""GraphQL texts and small builders that the tests of lists and uploads share."""

import csv
import io
from typing import Any

from tests.client import Client
from tests.rekap.texts import TEMUAN

UPLOAD = f"""mutation ($berkas: Upload!, $jenis: JenisSumberDaya!, $kab: KodeWilayah, $uji: Boolean, $sejak: Date) {{
  hasil: unggahSumberDaya(berkas: $berkas, jenis: $jenis, kabupaten: $kab, uji: $uji, sejak: $sejak) {{ __typename
    ... on ImporSumberDayaDiterima {{ baru berubah tetap temuan {{ {TEMUAN} }} }}
    ... on ImporSumberDayaDitolak {{ temuan {{ {TEMUAN} }} }}
    ... on TidakBerwenang {{ pesan }} }} }}"""


def listing(header: list[str], *rows: list[Any]) -> bytes:
    """A list as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue().encode()


def upload(
    hub: Client, kind: str, content: bytes, as_whom: str | None = "53.14", name: str = "daftar.csv", **more: Any
) -> Any:
    return hub.upload(UPLOAD, {"jenis": kind, **more}, {"berkas": (name, content)}, as_whom)["hasil"]


def accepted(result: Any) -> tuple[int, int, int]:
    """How many rows are new, changed, as they were."""
    assert result["__typename"] == "ImporSumberDayaDiterima", result
    return result["baru"], result["berubah"], result["tetap"]


def refused(result: Any) -> set[tuple[str, int | None, str | None]]:
    """(code, row, column) of the errors of a list that is refused."""
    assert result["__typename"] == "ImporSumberDayaDitolak", result
    places = [(t["kode"], (t["lokasi"] or [{}])[0]) for t in result["temuan"] if t["tingkat"] == "GALAT"]
    return {(kode, x.get("baris"), x.get("kolom")) for kode, x in places}


def temuan(result: Any, *kode: str) -> list[Any]:
    """Findings of that code."""
    return [t for t in result["temuan"] if t["kode"] in kode]
