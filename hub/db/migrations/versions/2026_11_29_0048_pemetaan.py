"""What titles of columns and words of rows in an office's files mean, by its own word, and what titles call elements.

Kept when a file that came with such a word was submitted; the next one of that office and form needs none. It is read and written by
the office itself, read by those above it.
"""

from alembic import op

revision = "0048_pemetaan"
down_revision = "0047_tertahan"


def upgrade() -> None:
    op.execute("""
ALTER TABLE elemen ADD COLUMN alias TEXT[] DEFAULT '{}' NOT NULL;
COMMENT ON COLUMN elemen.alias IS 'what titles of offices'' tables call it beside its name';

CREATE TABLE pemetaan_berkas (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  lembar TEXT COLLATE "C" NOT NULL,
  tertulis TEXT COLLATE "C" NOT NULL,
  sebagai TEXT NOT NULL,
  elemen TEXT,
  rincian JSONB NOT NULL,
  wilayah TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT pemetaan_berkas_pkey PRIMARY KEY (kode_kab, formulir, jenis, lembar, tertulis)
);
COMMENT ON COLUMN pemetaan_berkas.kode_kab IS 'the office whose files they are: a kabupaten, or a province';
COMMENT ON COLUMN pemetaan_berkas.jenis IS 'KOLOM, BARIS';
COMMENT ON COLUMN pemetaan_berkas.lembar IS 'of that sheet alone; empty: of each';
COMMENT ON COLUMN pemetaan_berkas.tertulis IS 'a title or the words of a row, as they are compared';
COMMENT ON COLUMN pemetaan_berkas.sebagai IS 'what a column is; of a row WILAYAH or ABAIKAN';
COMMENT ON COLUMN pemetaan_berkas.elemen IS 'code, as it was said';
COMMENT ON COLUMN pemetaan_berkas.rincian IS 'list of [breakdown, choice]';
COMMENT ON COLUMN pemetaan_berkas.wilayah IS 'of a row: the code of its region';
GRANT SELECT, INSERT ON pemetaan_berkas TO hub_kabupaten, hub_provinsi;
GRANT UPDATE (sebagai, elemen, rincian, wilayah, diubah_pada) ON pemetaan_berkas TO hub_kabupaten, hub_provinsi;
GRANT SELECT ON pemetaan_berkas TO hub_admin;
ALTER TABLE pemetaan_berkas ENABLE ROW LEVEL SECURITY;
CREATE POLICY admin_baca ON pemetaan_berkas FOR SELECT TO hub_admin USING (true);
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pemetaan_berkas
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
""")
    for peran, baca in (
        ("kabupaten", "kode_kab = (SELECT hub_wilayah())"),
        ("provinsi", "hub_di_bawah(kode_kab)"),
    ):
        op.execute(f"""
CREATE POLICY {peran}_baca ON pemetaan_berkas FOR SELECT TO hub_{peran} USING ({baca});
CREATE POLICY {peran}_tambah ON pemetaan_berkas FOR INSERT TO hub_{peran} WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY {peran}_ubah ON pemetaan_berkas FOR UPDATE TO hub_{peran}
  USING (kode_kab = (SELECT hub_wilayah())) WITH CHECK (kode_kab = (SELECT hub_wilayah()));
""")


def downgrade() -> None:
    op.execute("DROP TABLE pemetaan_berkas; ALTER TABLE elemen DROP COLUMN alias")
