"""Tables as they were known at a time: what holds now and held then already, and what was replaced since."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, Table

from hub.angka.tables import ANGKA_RIWAYAT, ANGKA_TERTULIS_RIWAYAT, KELENGKAPAN_RIWAYAT

_TABEL = {"angka": ANGKA_RIWAYAT, "angka_tertulis": ANGKA_TERTULIS_RIWAYAT, "kelengkapan": KELENGKAPAN_RIWAYAT}


@dataclass(frozen=True, slots=True)
class TableNames:
    """What to write after FROM for each table."""

    angka: str
    angka_tertulis: str
    kelengkapan: str


def table_names(pada: "BindParameter[object] | None") -> TableNames:
    """`pada`: bound timestamp; None: as it is now."""
    if pada is None:
        return TableNames(**{nama: f"{nama}{_lihat(nama)}" for nama in _TABEL})
    return TableNames(**{nama: _dahulu(nama, riwayat, f":{pada.key}") for nama, riwayat in _TABEL.items()})


def _lihat(nama: str) -> str:
    """Figures are read as the caller may see them."""
    return "_terbaca" if nama == "angka" else ""


def _dahulu(nama: str, riwayat: Table, pada: str) -> str:
    kolom = ", ".join(k.name for k in riwayat.columns if k.name not in ("sejak", "sampai", "publik", "kecil"))
    return (
        f"(SELECT {kolom} FROM {nama}{_lihat(nama)} WHERE sejak <= {pada} "
        f"UNION ALL SELECT {kolom} FROM {nama}_riwayat{_lihat(nama)} WHERE sejak <= {pada} AND sampai > {pada})"
    )
