"""How often a node was asked live and how often it answered itself is told to its office, its province and who runs the hub."""

from alembic import op

revision = "0071_bagian_langsung"
down_revision = "0070_undangan"

_SHARE = """
-- a function, not rights on the table: it is written with every live question, and nobody is to be told of that as of data
CREATE FUNCTION hub_bagian_langsung(kab text, kolom text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT CASE kolom WHEN 'ditanya' THEN l.ditanya WHEN 'langsung' THEN l.langsung END
    FROM simpul_langsung l WHERE l.kode_kab = kab AND (kab = hub_klaim('hub_kabupaten') OR left(kab, 2) = hub_klaim('hub_provinsi')
      OR hub_klaim('hub_admin') IS NOT NULL OR hub_klaim('hub_sistem') IS NOT NULL)), 0)
$$;
"""


def upgrade() -> None:
    op.execute(_SHARE)


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_bagian_langsung(text, text)")
