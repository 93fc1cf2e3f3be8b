"""What reads ask of every row, asked so that it costs less; the answers are those of before.

Whether figures of a sensitivity are open at a level: most are, whatever the level. And the former name of a region: a function is looked
into where a row needs it, a subselect is made ready whenever the statement runs.
"""

from alembic import op

revision = "0057_bacaan"
down_revision = "0056_simpul"


def upgrade() -> None:
    op.execute(
        """
        CREATE OR REPLACE FUNCTION hub_terbuka(peka integer, tingkat integer) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN (peka < 2) IS NOT FALSE OR tingkat <= CASE WHEN peka >= 3 THEN 2 ELSE 3 END
        """
    )
    op.execute(
        """
        CREATE FUNCTION hub_nama_dahulu(kab text, kode text, sejak date, hari date) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        RETURN (SELECT n.nama FROM nama_wilayah n WHERE n.kode_kab = kab AND n.kode = hub_nama_dahulu.kode AND n.berlaku_sejak = sejak
          AND n.sampai > hari ORDER BY n.sampai LIMIT 1)
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_nama_dahulu")
    op.execute(
        """
        CREATE OR REPLACE FUNCTION hub_terbuka(peka integer, tingkat integer) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN tingkat <= CASE WHEN peka >= 3 THEN 2 WHEN peka = 2 THEN 3 ELSE 4 END
        """
    )
