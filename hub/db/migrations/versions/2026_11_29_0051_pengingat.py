"""Reminders: which office was reminded of which rekap, when, how, by whom. Only added to.

A province notes that it has reminded one of its kabupaten/kota; the hub itself notes those that its days say, each once a deadline.
The office that was reminded reads them, and those above it.
"""

from alembic import op

revision = "0051_pengingat"
down_revision = "0050_lonjakan"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_ISI = "kode_kab, formulir, periode, id, tenggat, hari, status, saluran, oleh, kantor"


def upgrade() -> None:
    op.execute(f"""
CREATE TABLE pengingat (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  tenggat DATE NOT NULL,
  hari INTEGER,
  status TEXT,
  saluran TEXT NOT NULL,
  oleh TEXT NOT NULL,
  kantor TEXT COLLATE "C" NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT pengingat_pkey PRIMARY KEY (kode_kab, formulir, periode, id)
);
COMMENT ON COLUMN pengingat.kode_kab IS 'the office that was reminded';
COMMENT ON COLUMN pengingat.id IS 'UUIDv7: in order of time';
COMMENT ON COLUMN pengingat.tenggat IS 'the deadline it was about';
COMMENT ON COLUMN pengingat.hari IS 'of the hub itself: which of its days, counted to the deadline; null: by an office';
COMMENT ON COLUMN pengingat.status IS 'state of the rekap then; null: nothing had come';
COMMENT ON COLUMN pengingat.saluran IS 'how it was told, in the words of who did';
COMMENT ON COLUMN pengingat.oleh IS 'name on the token; empty: the hub itself';
COMMENT ON COLUMN pengingat.kantor IS 'who reminded: the code of a province; empty: who runs the hub, or the hub itself';
CREATE UNIQUE INDEX pengingat_sekali_idx ON pengingat (kode_kab, formulir, periode, tenggat, hari) WHERE hari IS NOT NULL;

GRANT SELECT ON pengingat TO {_SEMUA}, hub_sistem;
GRANT INSERT ({_ISI}) ON pengingat TO hub_provinsi, hub_admin, hub_sistem;
ALTER TABLE pengingat ENABLE ROW LEVEL SECURITY;
CREATE POLICY kabupaten_baca ON pengingat FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON pengingat FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab));
CREATE POLICY admin_baca ON pengingat FOR SELECT TO hub_admin USING (true);
CREATE POLICY provinsi_tambah ON pengingat FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_kab) AND kantor = (SELECT hub_wilayah()) AND hari IS NULL);
CREATE POLICY admin_tambah ON pengingat FOR INSERT TO hub_admin WITH CHECK (kantor = '' AND hari IS NULL);
CREATE TRIGGER pengingat_tetap BEFORE UPDATE OR DELETE ON pengingat FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pengingat
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
""")


def downgrade() -> None:
    op.execute("DROP TABLE pengingat")
