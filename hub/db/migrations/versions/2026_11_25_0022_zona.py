"""A moment becomes a day by the session's zone, which every connection of the hub sets to the office's: so current_date,
hub_hari and hub_awal_hari agree by themselves, and no setting of ours is needed beside PostgreSQL's own."""

from alembic import op

revision = "0022_zona"
down_revision = "0021_piramida_hasil"

# casts, not AT TIME ZONE with the zone's name: that reads "CET" as an abbreviation, without its summer time
_SESI = """
CREATE OR REPLACE FUNCTION hub_hari(saat timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN saat::date;
CREATE OR REPLACE FUNCTION hub_awal_hari(hari date) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN hari::timestamptz;
DROP FUNCTION hub_zona();
"""
_SETELAN = """
CREATE FUNCTION hub_zona() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('hub.zona', true), ''), 'Asia/Jakarta');
CREATE OR REPLACE FUNCTION hub_hari(saat timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (saat AT TIME ZONE hub_zona())::date;
CREATE OR REPLACE FUNCTION hub_awal_hari(hari date) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN hari::timestamp AT TIME ZONE hub_zona();
"""


def upgrade() -> None:
    op.execute(_SESI)


def downgrade() -> None:
    op.execute(_SETELAN)
