"""Social resources and their papers as rows, written beside the API."""

from typing import Any

from schema.sumber_daya.types import SumberDaya
from tests.client import Client

SOTIMORI = "53.14.10.2003"
KINDS: dict[str, str] = dict(SumberDaya.__discriminator__.types)


def without_samples(hub: Client) -> Client:
    """The demo's regions without its social resources."""
    hub.sql("TRUNCATE sumber_daya, surat_sumber_daya")
    return hub


def uuid_of(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c55-{n:012d}"


def add(hub: Client, n: int, kind: str, **columns: Any) -> str:
    """A row as its owner wrote it; the public id."""
    base: dict[str, Any] = {
        "nama": f"Lembaga {n}",
        "pemilik": "MASYARAKAT",
        "kode_desa": SOTIMORI,
        "sejak": "2019-01-01",
    }
    if kind == "PANTI":
        base |= {"sasaran": "Anak", "daya_tampung": 40}
    row = {**base, "jenis": kind, "id": uuid_of(n), "kode_kab": "53.14", "diubah_oleh": "uji", **columns}
    placeholders = ", ".join("ST_GeomFromEWKT(%s)" if k == "titik" else "%s" for k in row)
    hub.sql(f"INSERT INTO sumber_daya ({', '.join(row)}) VALUES ({placeholders})", *row.values())
    return f"53.14:{uuid_of(n)}"


def surat(hub: Client, n: int, kind: str, since: str, until: str | None, **columns: Any) -> None:
    row = {"kode_kab": "53.14", "id": uuid_of(n), "jenis": kind, "sejak": since, "sampai": until, **columns}
    placeholders = ", ".join("%s" for _ in row)
    hub.sql(f"INSERT INTO surat_sumber_daya ({', '.join(row)}) VALUES ({placeholders})", *row.values())
