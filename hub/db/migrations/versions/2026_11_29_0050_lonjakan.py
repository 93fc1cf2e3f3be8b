"""Which figures of a revision were far from what is usual when it was sent, one by one.

The finding that says so (LONJAKAN_ANGKA) has no breakdown, and many of them become one without a region. Of revisions that
there are, what findings still name is looked up by element, region and number.
"""

from alembic import op

revision = "0050_lonjakan"
down_revision = "0049_surat"


def upgrade() -> None:
    op.execute("""
CREATE TABLE rekap_lonjakan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  revisi INTEGER NOT NULL,
  elemen TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL,
  CONSTRAINT rekap_lonjakan_pkey PRIMARY KEY (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian)
);
INSERT INTO rekap_lonjakan (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian)
SELECT DISTINCT t.kode_kab, t.formulir, t.periode, t.revisi, n.elemen, n.kode_wilayah, n.rincian
FROM rekap_temuan t
JOIN rekap_nilai n ON n.kode_kab = t.kode_kab AND n.formulir = t.formulir AND n.periode = t.periode AND n.revisi = t.revisi
  AND n.elemen = t.elemen AND n.kode_wilayah = t.wilayah AND n.nilai::text = t.nilai
WHERE t.kode = 'LONJAKAN_ANGKA';
GRANT SELECT ON rekap_lonjakan TO hub_publik, hub_kabupaten, hub_provinsi, hub_admin;
GRANT INSERT ON rekap_lonjakan TO hub_kabupaten, hub_provinsi;
ALTER TABLE rekap_lonjakan ENABLE ROW LEVEL SECURITY;
CREATE POLICY admin_baca ON rekap_lonjakan FOR SELECT TO hub_admin USING (true);
CREATE TRIGGER rekap_lonjakan_tetap BEFORE UPDATE OR DELETE ON rekap_lonjakan FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON rekap_lonjakan
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
""")
    for peran, baca in (("kabupaten", "kode_kab = (SELECT hub_wilayah())"), ("provinsi", "hub_di_bawah(kode_kab)")):
        op.execute(f"""
CREATE POLICY {peran}_baca ON rekap_lonjakan FOR SELECT TO hub_{peran} USING ({baca});
CREATE POLICY {peran}_tambah ON rekap_lonjakan FOR INSERT TO hub_{peran} WITH CHECK (kode_kab = (SELECT hub_wilayah()));
""")


def downgrade() -> None:
    op.execute("DROP TABLE rekap_lonjakan")
