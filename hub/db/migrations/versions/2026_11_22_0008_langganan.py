"""News: the database itself says what changed, so no writer can forget to.

Two channels, for hub/berita/statements.py:
  hub_rekap  one message per event of a rekap: its key, never its contents (each listener's reader asks for those under
             their own role)
  hub_data   the name of a table that a statement wrote to. PostgreSQL sends equal messages of one transaction once, so
             an import of a whole country says one word per table. There is no counter row that writers would queue for.
"""

from alembic import op

revision = "0008_langganan"
down_revision = "0007_cari"

_NAIK = """
CREATE FUNCTION hub_kabar_rekap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('hub_rekap', json_build_array(NEW.kode_kab, NEW.formulir, NEW.periode, NEW.urut)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER rekap_peristiwa_kabar AFTER INSERT ON rekap_peristiwa FOR EACH ROW EXECUTE FUNCTION hub_kabar_rekap();

CREATE FUNCTION hub_kabar_data() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('hub_data', TG_TABLE_NAME);
  RETURN NULL;
END $$;

-- every table that a reader may look at; one added later brings its own trigger (a rule test asks for it)
DO $$
DECLARE tabel regclass;
BEGIN
  FOR tabel IN
    SELECT c.oid FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND has_table_privilege('hub_admin', c.oid, 'SELECT')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()', tabel);
  END LOOP;
END $$;

-- what happened while a listener was away is found by its time
CREATE INDEX rekap_peristiwa_pada_idx ON rekap_peristiwa (pada);
"""

_TURUN = """
DROP INDEX rekap_peristiwa_pada_idx;
DROP FUNCTION hub_kabar_data() CASCADE;
DROP FUNCTION hub_kabar_rekap() CASCADE;
"""


def upgrade() -> None:
    op.execute(_NAIK)


def downgrade() -> None:
    op.execute(_TURUN)
