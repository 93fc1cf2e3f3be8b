"""News for another program: while `webhook` says so, each event of a rekap and each reminder leaves a job in its own transaction.

So nothing is told that was rolled back, and nothing is lost that was committed. The id of the message stands in the job, hence is the
same at every attempt. Jobs of one rekap share a lock: they are told one after the other, in order. Drafts are nobody's news.
"""

from alembic import op

revision = "0052_webhook"
down_revision = "0051_pengingat"


def upgrade() -> None:
    op.execute("""
CREATE TABLE webhook (
  satu BOOLEAN NOT NULL DEFAULT true,
  aktif BOOLEAN NOT NULL,
  CONSTRAINT webhook_pkey PRIMARY KEY (satu),
  CONSTRAINT webhook_satu_check CHECK (satu)
);
COMMENT ON TABLE webhook IS 'one row: whether news are left for another program, as the hub that served last has it';
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON webhook TO hub_sistem;
CREATE POLICY sistem ON webhook TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));

-- Its arguments: what the row is, and the column that tells it from others of its rekap.
CREATE FUNCTION hub_tunda_webhook() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, procrastinate, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.webhook WHERE aktif) THEN
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
      VALUES ('webhook', 'webhook', concat_ws(':', 'webhook', NEW.kode_kab, NEW.formulir, NEW.periode),
        jsonb_build_object('id', gen_random_uuid(), 'jenis', TG_ARGV[0], 'nomor', to_jsonb(NEW)->>TG_ARGV[1],
          'kode_kab', NEW.kode_kab, 'formulir', NEW.formulir, 'periode', NEW.periode));
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION hub_tunda_webhook() FROM PUBLIC;
CREATE TRIGGER webhook AFTER INSERT ON rekap_peristiwa
  FOR EACH ROW WHEN (NEW.aksi <> 'SIMPAN') EXECUTE FUNCTION hub_tunda_webhook('peristiwa', 'urut');
CREATE TRIGGER webhook AFTER INSERT ON pengingat FOR EACH ROW EXECUTE FUNCTION hub_tunda_webhook('pengingat', 'id');
""")


def downgrade() -> None:
    op.execute("""
DELETE FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook';
DROP TRIGGER webhook ON pengingat;
DROP TRIGGER webhook ON rekap_peristiwa;
DROP FUNCTION hub_tunda_webhook();
DROP TABLE webhook;
""")
