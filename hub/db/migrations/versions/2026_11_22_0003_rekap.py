"""The rekap and its history, which nobody may rewrite."""

from alembic import op

revision = "0003_rekap"
down_revision = "0002_katalog"

NAIK = """
CREATE TABLE rekap (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  status TEXT NOT NULL,
  revisi INTEGER NOT NULL,
  revisi_disetujui INTEGER,
  tenggat DATE,
  diajukan_pada TIMESTAMP WITH TIME ZONE,
  tepat_waktu BOOLEAN,
  CONSTRAINT rekap_pkey PRIMARY KEY (kode_kab, formulir, periode)
);
COMMENT ON COLUMN rekap.status IS 'DRAF, DIAJUKAN, DIKEMBALIKAN, DISETUJUI';
COMMENT ON COLUMN rekap.revisi IS 'newest revision';
COMMENT ON COLUMN rekap.revisi_disetujui IS 'the revision that counts in aggregates';
COMMENT ON COLUMN rekap.tenggat IS 'last day in time, office''s zone';
COMMENT ON COLUMN rekap.diajukan_pada IS 'first submission';

CREATE TABLE rekap_revisi (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  revisi INTEGER NOT NULL,
  jenis TEXT NOT NULL,
  dibuat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  oleh TEXT NOT NULL,
  kunci_idempoten TEXT NOT NULL,
  hash_isi BYTEA NOT NULL,
  versi_formulir INTEGER NOT NULL,
  surat_nomor TEXT,
  surat_tanggal DATE,
  CONSTRAINT rekap_revisi_pkey PRIMARY KEY (kode_kab, formulir, periode, revisi)
);
COMMENT ON COLUMN rekap_revisi.jenis IS 'DRAF or AJUAN';
COMMENT ON COLUMN rekap_revisi.hash_isi IS 'SHA-256 of what was sent';
CREATE UNIQUE INDEX rekap_revisi_kunci_idx ON rekap_revisi (kode_kab, kunci_idempoten);

CREATE TABLE rekap_nilai (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  revisi INTEGER NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  nilai NUMERIC,
  status TEXT NOT NULL,
  publik BOOLEAN NOT NULL,
  CONSTRAINT rekap_nilai_pkey PRIMARY KEY (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian)
);

COMMENT ON COLUMN rekap_nilai.publik IS 'the element''s sensitivity lets everybody see this level';

CREATE TABLE rekap_total (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  revisi INTEGER NOT NULL,
  urut INTEGER NOT NULL,
  elemen TEXT NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  tertulis NUMERIC NOT NULL,
  dihitung NUMERIC NOT NULL,
  publik BOOLEAN NOT NULL,
  CONSTRAINT rekap_total_pkey PRIMARY KEY (kode_kab, formulir, periode, revisi, urut)
);
COMMENT ON COLUMN rekap_total.elemen IS 'one element, or a sum of elements of one group';

CREATE TABLE rekap_temuan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  revisi INTEGER NOT NULL,
  urut INTEGER NOT NULL,
  kode TEXT NOT NULL,
  tingkat TEXT NOT NULL,
  pesan TEXT NOT NULL,
  wilayah TEXT COLLATE "C",
  elemen TEXT,
  nilai TEXT,
  usulan TEXT,
  lokasi JSONB NOT NULL,
  CONSTRAINT rekap_temuan_pkey PRIMARY KEY (kode_kab, formulir, periode, revisi, urut)
);

CREATE TABLE rekap_peristiwa (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL,
  oleh TEXT NOT NULL,
  aksi TEXT NOT NULL,
  dari TEXT,
  ke TEXT NOT NULL,
  revisi INTEGER NOT NULL,
  alasan TEXT,
  catatan JSONB NOT NULL,
  CONSTRAINT rekap_peristiwa_pkey PRIMARY KEY (kode_kab, formulir, periode, urut)
);
COMMENT ON COLUMN rekap_peristiwa.catatan IS 'cells the province marked: wilayah, elemen, alasan, usulan';

CREATE TABLE tenggat (
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  kode_prov TEXT COLLATE "C" NOT NULL,
  tanggal DATE NOT NULL,
  CONSTRAINT tenggat_pkey PRIMARY KEY (formulir, periode, kode_prov)
);
COMMENT ON COLUMN tenggat.kode_prov IS 'empty: every province';

-- Only the rekap itself moves on; what was once recorded stays as it was recorded.
CREATE FUNCTION hub_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'baris % tidak boleh diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rekap_revisi_tetap BEFORE UPDATE OR DELETE ON rekap_revisi FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_nilai_tetap BEFORE UPDATE OR DELETE ON rekap_nilai FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_total_tetap BEFORE UPDATE OR DELETE ON rekap_total FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_temuan_tetap BEFORE UPDATE OR DELETE ON rekap_temuan FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_peristiwa_tetap BEFORE UPDATE OR DELETE ON rekap_peristiwa FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rekap_tidak_dihapus BEFORE DELETE ON rekap FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
"""

TURUN = """
DROP TABLE tenggat;
DROP TABLE rekap_peristiwa;
DROP TABLE rekap_temuan;
DROP TABLE rekap_total;
DROP TABLE rekap_nilai;
DROP TABLE rekap_revisi;
DROP TABLE rekap;
DROP FUNCTION hub_tolak_ubah;
"""


def upgrade() -> None:
    op.execute(NAIK)


def downgrade() -> None:
    op.execute(TURUN)
