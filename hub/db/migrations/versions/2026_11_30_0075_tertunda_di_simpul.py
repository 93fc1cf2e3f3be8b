"""At a node, what waits for its province is counted as it stands, not as it was told last: to its office and who runs the hub."""

from alembic import op

revision = "0075_tertunda_di_simpul"
down_revision = "0074_skema_simpul"

_WAITING = """
-- a function, not rights on the table: how far a chain has come says when others wrote
CREATE FUNCTION hub_tertunda_di_sini(kab text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT r.nomor - r.diterima FROM rantai r WHERE r.kode_kab = kab AND (kab = hub_klaim('hub_kabupaten')
    OR left(kab, 2) = hub_klaim('hub_provinsi') OR hub_klaim('hub_admin') IS NOT NULL OR hub_klaim('hub_sistem') IS NOT NULL)), 0)
$$;
"""


def upgrade() -> None:
    op.execute(_WAITING)


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_tertunda_di_sini(text)")
