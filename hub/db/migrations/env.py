"""Alembic's entry: runs on the connection that hub.db.migrate hands over, never on one of its own."""

from alembic import context

from hub.db.metadata import whole_metadata

koneksi = context.config.attributes["koneksi"]
context.configure(connection=koneksi, target_metadata=whole_metadata(), transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
