"""GraphQL texts and small builders that the tests of social resources share."""

from typing import Any

from tests.client import Klien
from tests.rekap.texts import TEMUAN
from tests.sumber_daya.rows import SOTIMORI

SIMPAN = f"""mutation ($m: SumberDayaMasukan!) {{ hasil: simpanSumberDaya(masukan: $m) {{ __typename
  ... on SumberDayaTersimpan {{ versi temuan {{ {TEMUAN} }} sumberDaya {{ __typename id nama versi pemilik titik desa {{ kode }}
    surat {{ jenis sejak sampai peringkat nomor }} ... on Panti {{ dayaTampung sisaDaya }} ... on Lks {{ ketua }} }} }}
  ... on SumberDayaDitolak {{ temuan {{ {TEMUAN} }} }}
  ... on TidakBerwenang {{ pesan }}
  ... on BentrokRevisi {{ pesan revisiTerbaru }} }} }}"""


def panti(**isi: Any) -> dict[str, Any]:
    dasar = {"jenis": "PANTI", "nama": "Panti Asih", "pemilik": "MASYARAKAT", "desa": SOTIMORI, "sejak": "2015-01-01"}
    return {**dasar, "sasaran": "Anak", "dayaTampung": 40, **isi}


def lks(**isi: Any) -> dict[str, Any]:
    return {
        "jenis": "LKS",
        "nama": "LKS Kasih",
        "pemilik": "MASYARAKAT",
        "desa": SOTIMORI,
        "sejak": "2015-01-01",
        **isi,
    }


def simpan(hub: Klien, isi: dict[str, Any], sebagai: str | None = "53.14") -> Any:
    return hub.tanya(SIMPAN, {"m": isi}, sebagai)["hasil"]
