"""What was replaced, and when: the columns of a table, the time they held, nothing else. Triggers fill these tables
(migration 0009), so that no statement can forget; nothing here is ever changed or deleted."""

from sqlalchemy import Column, DateTime, Table

from hub.store.angka_tables import ANGKA, ANGKA_TERTULIS, KELENGKAPAN
from hub.store.metadata import METADATA
from hub.store.rekap_tables import REKAP


def _riwayat(kini: Table) -> Table:
    kolom = [
        Column(k.name, k.type, primary_key=k.primary_key or k.name == "sejak", nullable=k.nullable)
        for k in kini.columns
    ]
    return Table(
        f"{kini.name}_riwayat",
        METADATA,
        *kolom,
        Column("sampai", DateTime(timezone=True), nullable=False, comment="when it was replaced"),
    )


ANGKA_RIWAYAT = _riwayat(ANGKA)
ANGKA_TERTULIS_RIWAYAT = _riwayat(ANGKA_TERTULIS)
KELENGKAPAN_RIWAYAT = _riwayat(KELENGKAPAN)
REKAP_RIWAYAT = _riwayat(REKAP)
