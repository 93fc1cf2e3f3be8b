"""Alembic's entry: runs on the connection that hub.store.migrate hands over, never on one of its own."""

from alembic import context

from hub.store import (  # noqa: F401 - fill METADATA
    angka_tables,
    katalog_tables,
    peran_tables,
    rekap_tables,
    riwayat_tables,
    token_tables,
    wilayah_tables,
)
from hub.store.metadata import METADATA

koneksi = context.config.attributes["koneksi"]
context.configure(connection=koneksi, target_metadata=METADATA, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
