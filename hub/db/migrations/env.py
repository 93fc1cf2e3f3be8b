"""Alembic's entry: runs on the connection that hub.db.migrate hands over, never on one of its own."""

from alembic import context

from hub.db.metadata import whole_metadata

_NOT_OURS = {"spatial_ref_sys", "alembic_version"}  # PostGIS's and Alembic's own


def _ours(name: str | None, kind: str, parents: object) -> bool:
    """What of the database the tables in code have to say; `--autogenerate` looks at nothing else. Views, functions, triggers and
    policies it does not know: those are the migrations' alone."""
    return not (kind == "table" and name in _NOT_OURS)


connection = context.config.attributes["koneksi"]
context.configure(
    connection=connection,
    target_metadata=whole_metadata(),
    transaction_per_migration=False,
    include_name=_ours,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
