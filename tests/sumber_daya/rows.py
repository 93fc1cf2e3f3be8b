"""Social resources and their papers as rows, written beside the API."""

from typing import Any

from schema.sumber_daya.types import SumberDaya
from tests.client import Klien

SOTIMORI = "53.14.10.2003"
JENIS: dict[str, str] = dict(SumberDaya.__pilah__.types)


def without_samples(hub: Klien) -> Klien:
    """The demo's regions without its social resources."""
    hub.sql("TRUNCATE sumber_daya, surat_sumber_daya")
    return hub


def nomor(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c55-{n:012d}"


def tambah(hub: Klien, n: int, jenis: str, **isi: Any) -> str:
    """A row as its owner wrote it; the public id."""
    dasar: dict[str, Any] = {
        "nama": f"Lembaga {n}",
        "pemilik": "MASYARAKAT",
        "kode_desa": SOTIMORI,
        "sejak": "2019-01-01",
    }
    if jenis == "PANTI":
        dasar |= {"sasaran": "Anak", "daya_tampung": 40}
    baris = {**dasar, "jenis": jenis, "id": nomor(n), "kode_kab": "53.14", "diubah_oleh": "uji", **isi}
    tempat = ", ".join("ST_GeomFromEWKT(%s)" if k == "titik" else "%s" for k in baris)
    hub.sql(f"INSERT INTO sumber_daya ({', '.join(baris)}) VALUES ({tempat})", *baris.values())
    return f"53.14:{nomor(n)}"


def surat(hub: Klien, n: int, jenis: str, sejak: str, sampai: str | None, **isi: Any) -> None:
    baris = {"kode_kab": "53.14", "id": nomor(n), "jenis": jenis, "sejak": sejak, "sampai": sampai, **isi}
    tempat = ", ".join("%s" for _ in baris)
    hub.sql(f"INSERT INTO surat_sumber_daya ({', '.join(baris)}) VALUES ({tempat})", *baris.values())
