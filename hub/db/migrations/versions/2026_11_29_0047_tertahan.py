"""Totals of a province that could not be made: which, since when and why. What is done leaves no row."""

from alembic import op

revision = "0047_tertahan"
down_revision = "0046_bacaan"

_GAGAL = """
CREATE TABLE rilis_gagal (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  sebab TEXT NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_gagal_pkey PRIMARY KEY (kode_kab, formulir, periode)
);
COMMENT ON TABLE rilis_gagal IS 'totals of a province that could not be made; gone when they are';
COMMENT ON COLUMN rilis_gagal.kode_kab IS 'the province';
COMMENT ON COLUMN rilis_gagal.sebab IS 'what went wrong the last time';
COMMENT ON COLUMN rilis_gagal.sejak IS 'when this row came to hold';
ALTER TABLE rilis_gagal ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON rilis_gagal TO hub_sistem;
CREATE POLICY sistem ON rilis_gagal TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
"""
_UBAH = """
CREATE POLICY provinsi_ubah ON rilis_tunggu FOR UPDATE TO hub_provinsi
  USING (hub_di_bawah(kode_kab, (SELECT hub_wilayah()))) WITH CHECK (hub_di_bawah(kode_kab, (SELECT hub_wilayah())));
"""


def upgrade() -> None:
    op.execute(_GAGAL)
    op.execute("COMMENT ON COLUMN rilis_tunggu.sebab IS 'one of hub/rilis/reasons.py'")
    op.execute("GRANT UPDATE (sebab) ON rilis_tunggu TO hub_provinsi")
    op.execute(_UBAH)


def downgrade() -> None:
    op.execute("DROP POLICY provinsi_ubah ON rilis_tunggu; REVOKE UPDATE ON rilis_tunggu FROM hub_provinsi")
    op.execute("COMMENT ON COLUMN rilis_tunggu.sebab IS 'TOTAL, KECIL, REVISI'")
    op.execute("DROP TABLE rilis_gagal")
