"""Background jobs: procrastinate's tables in a schema of their own, and the function that leaves a job behind an approval.

Outside what holds for our tables: no kode_kab, no tables in code, no row security. What keeps a slipped-in statement out is here:
the hub's own work alone may come near, and writes with its claim (trigger `klaim`, as on every table of ours).
"""

from pathlib import Path

from alembic import op

revision = "0045_pekerjaan"
down_revision = "0044_tanda"

# The package's own text of that version, word for word: the installed one may be another when this runs
_PROCRASTINATE = Path(__file__).parents[1] / "procrastinate_3_10_0.sql"

_HAK = """
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA procrastinate FROM PUBLIC;
GRANT USAGE ON SCHEMA procrastinate TO hub_sistem;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA procrastinate TO hub_sistem;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA procrastinate TO hub_sistem;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA procrastinate TO hub_sistem;
DO $$
DECLARE t record;
BEGIN
  -- its functions name their tables without a schema; whoever calls them, a trigger above all, need not have that path
  FOR t IN SELECT p.oid::regprocedure AS nama FROM pg_proc p WHERE p.pronamespace = 'procrastinate'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, procrastinate, pg_temp', t.nama);
  END LOOP;
  FOR t IN SELECT c.oid::regclass AS nama FROM pg_class c
    WHERE c.relnamespace = 'procrastinate'::regnamespace AND c.relkind IN ('r', 'p') LOOP
    EXECUTE format('CREATE TRIGGER klaim BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
      'FOR EACH STATEMENT EXECUTE FUNCTION hub_wajib_klaim()', t.nama);
  END LOOP;
END $$;
"""

_TUNDA = """
-- Leave the job that makes a form's totals of a province and period anew, as the owner; it is there when the transaction commits.
-- One that still waits is enough: it is held until this transaction ends, so no worker takes it before what is written here can
-- be seen, and it loses what earlier failures had it wait for. What failed for good is forgotten: failed are those that nobody
-- has left anew. For a caller who has shown that the province is his.
CREATE FUNCTION hub_tunda_total(provinsi text, formulir text, periode text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, procrastinate, pg_temp AS $$
DECLARE kunci text := concat_ws(':', 'rilis_total', provinsi, formulir, periode);
BEGIN
  IF public.hub_klaim('hub_provinsi') IS DISTINCT FROM provinsi
    AND coalesce(public.hub_klaim('hub_admin'), public.hub_klaim('hub_sistem')) IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF provinsi IS NULL OR formulir IS NULL OR periode IS NULL THEN
    RAISE EXCEPTION 'provinsi, formulir dan periode wajib ada' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  DELETE FROM procrastinate_jobs WHERE queueing_lock = kunci AND status = 'failed';
  INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
    VALUES ('default', 'rilis_total', kunci, kunci,
      jsonb_build_object('provinsi', provinsi, 'formulir', formulir, 'periode', periode))
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET scheduled_at = NULL, attempts = 0;
END $$;
REVOKE ALL ON FUNCTION hub_tunda_total(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_tunda_total(text, text, text) TO hub_provinsi, hub_admin, hub_sistem;
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA procrastinate")
    op.execute("SET LOCAL search_path = procrastinate")
    op.execute(_PROCRASTINATE.read_text(encoding="utf-8"))
    op.execute("RESET search_path")
    op.execute(_HAK)
    op.execute(_TUNDA)


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_tunda_total(text, text, text)")
    op.execute("DROP SCHEMA procrastinate CASCADE")
