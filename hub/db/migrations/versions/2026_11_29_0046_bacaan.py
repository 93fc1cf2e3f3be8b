"""Who read raw figures of what is most sensitive: written down before it is answered, and only added to."""

from alembic import op

revision = "0046_bacaan"
down_revision = "0045_pekerjaan"


def upgrade() -> None:
    op.execute("""
CREATE TABLE bacaan_peka (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
  oleh TEXT NOT NULL,
  peran TEXT NOT NULL,
  yang TEXT[] COLLATE "C" NOT NULL,
  wilayah TEXT[] COLLATE "C" NOT NULL,
  CONSTRAINT bacaan_peka_pkey PRIMARY KEY (kode_kab, id)
);
COMMENT ON TABLE bacaan_peka IS 'readings of raw figures of sensitivity 3 by officers';
COMMENT ON COLUMN bacaan_peka.kode_kab IS 'the region that the reader reaches; empty: all';
COMMENT ON COLUMN bacaan_peka.id IS 'UUIDv7: in order of time';
COMMENT ON COLUMN bacaan_peka.oleh IS 'name on the token';
COMMENT ON COLUMN bacaan_peka.yang IS 'codes of elements, forms and indicators that were named; rekap_nilai: cells of rekap';
COMMENT ON COLUMN bacaan_peka.wilayah IS 'codes of regions that were named';
CREATE TRIGGER bacaan_peka_tetap BEFORE UPDATE OR DELETE ON bacaan_peka FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
ALTER TABLE bacaan_peka ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON bacaan_peka TO hub_sistem;
GRANT INSERT (kode_kab, id, oleh, peran, yang, wilayah) ON bacaan_peka TO hub_sistem;
CREATE POLICY sistem ON bacaan_peka TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
""")


def downgrade() -> None:
    op.execute("DROP TABLE bacaan_peka")
