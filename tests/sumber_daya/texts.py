"""GraphQL texts and small builders that the tests of social resources share."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import TEMUAN
from tests.sumber_daya.rows import SOTIMORI

SAVE = f"""mutation ($m: SumberDayaMasukan!) {{ hasil: simpanSumberDaya(masukan: $m) {{ __typename
  ... on SumberDayaTersimpan {{ versi temuan {{ {TEMUAN} }} sumberDaya {{ __typename id nama versi pemilik titik desa {{ kode }}
    surat {{ jenis sejak sampai peringkat nomor }} ... on Panti {{ dayaTampung sisaDaya }} ... on Lks {{ ketua }} }} }}
  ... on SumberDayaDitolak {{ temuan {{ {TEMUAN} }} }}
  ... on TidakBerwenang {{ pesan }}
  ... on BentrokRevisi {{ pesan revisiTerbaru }} }} }}"""


def panti(**more: Any) -> dict[str, Any]:
    base = {"jenis": "PANTI", "nama": "Panti Asih", "pemilik": "MASYARAKAT", "desa": SOTIMORI, "sejak": "2015-01-01"}
    return {**base, "sasaran": "Anak", "dayaTampung": 40, **more}


def lks(**more: Any) -> dict[str, Any]:
    return {
        "jenis": "LKS",
        "nama": "LKS Kasih",
        "pemilik": "MASYARAKAT",
        "desa": SOTIMORI,
        "sejak": "2015-01-01",
        **more,
    }


def save(hub: Client, given: dict[str, Any], as_whom: str | None = "53.14") -> Any:
    return hub.ask(SAVE, {"m": given}, as_whom)["hasil"]
