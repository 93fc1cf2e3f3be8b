"""Deadlines as provinces set them: for a form and period, for all of the province or one kabupaten/kota of it, with the reason, the
office and the time. What was set stays; the newest of the most specific region holds.

Until now a deadline was one row that could be written over, by hand, for one province or for all of them. What stands there
becomes the first setting of the province it was for; of every province that had none of its own, where it was for all.
"""

from alembic import op

revision = "0033_tenggat"
down_revision = "0032_butir"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_TABEL = """
ALTER TABLE tenggat RENAME TO tenggat_lama;
ALTER TABLE tenggat_lama RENAME CONSTRAINT tenggat_pkey TO tenggat_lama_pkey;
CREATE TABLE tenggat (
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  tanggal DATE NOT NULL,
  alasan TEXT NOT NULL,
  kantor TEXT COLLATE "C" NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT tenggat_pkey PRIMARY KEY (formulir, periode, kode_wilayah, urut)
);
COMMENT ON COLUMN tenggat.kode_wilayah IS 'a kabupaten/kota, or a province: all of it that has none of its own';
COMMENT ON COLUMN tenggat.urut IS 'settings of one region in order; the last one holds';
COMMENT ON COLUMN tenggat.kantor IS 'who set it: the code of a province; empty: who runs the hub';
"""

_ISI = """
INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor, pada)
SELECT DISTINCT ON (l.formulir, l.periode, p.kode) l.formulir, l.periode, p.kode, 1, l.tanggal,
  'Alasannya tidak tercatat: ditetapkan sebelum hub mencatat alasan tenggat.', '', now()
FROM tenggat_lama l
JOIN (
  SELECT kode FROM wilayah WHERE tingkat = 1 UNION SELECT kode_prov FROM tenggat_lama WHERE kode_prov <> ''
) p ON l.kode_prov IN ('', p.kode)
ORDER BY l.formulir, l.periode, p.kode, l.kode_prov DESC;
DROP TABLE tenggat_lama;
"""

# a setting changes the deadline of rekap that there are, and whether they were in time; an officer of a province may write that
# of its own, who runs the hub nothing of it until now
_HAK = f"""
GRANT SELECT ON tenggat TO {_SEMUA};
GRANT INSERT (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) ON tenggat TO hub_provinsi, hub_admin;
ALTER TABLE tenggat ENABLE ROW LEVEL SECURITY;
CREATE POLICY publik_baca ON tenggat FOR SELECT TO hub_publik USING (true);
CREATE POLICY kabupaten_baca ON tenggat FOR SELECT TO hub_kabupaten USING (true);
CREATE POLICY provinsi_baca ON tenggat FOR SELECT TO hub_provinsi USING (true);
CREATE POLICY admin_baca ON tenggat FOR SELECT TO hub_admin USING (true);
CREATE POLICY provinsi_tambah ON tenggat FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_wilayah) AND kantor = (SELECT hub_wilayah()));
CREATE POLICY admin_tambah ON tenggat FOR INSERT TO hub_admin WITH CHECK (kantor = '');
CREATE TRIGGER tenggat_tetap BEFORE UPDATE OR DELETE ON tenggat FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tenggat
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();

GRANT UPDATE (tenggat, tepat_waktu) ON rekap TO hub_admin;
CREATE POLICY admin_ubah ON rekap FOR UPDATE TO hub_admin USING (true) WITH CHECK (true);
GRANT DELETE, INSERT (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) ON kelengkapan TO hub_admin;
CREATE POLICY admin_tambah ON kelengkapan FOR INSERT TO hub_admin WITH CHECK (true);
CREATE POLICY admin_hapus ON kelengkapan FOR DELETE TO hub_admin USING (true);
"""

_TURUN = f"""
DROP POLICY admin_hapus ON kelengkapan;
DROP POLICY admin_tambah ON kelengkapan;
REVOKE DELETE, INSERT (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu) ON kelengkapan FROM hub_admin;
DROP POLICY admin_ubah ON rekap;
REVOKE UPDATE (tenggat, tepat_waktu) ON rekap FROM hub_admin;

ALTER TABLE tenggat RENAME TO tenggat_baru;
ALTER TABLE tenggat_baru RENAME CONSTRAINT tenggat_pkey TO tenggat_baru_pkey;
CREATE TABLE tenggat (
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  kode_prov TEXT COLLATE "C" NOT NULL,
  tanggal DATE NOT NULL,
  CONSTRAINT tenggat_pkey PRIMARY KEY (formulir, periode, kode_prov)
);
COMMENT ON COLUMN tenggat.kode_prov IS 'empty: every province';
GRANT SELECT ON tenggat TO {_SEMUA};
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tenggat
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
INSERT INTO tenggat (formulir, periode, kode_prov, tanggal)
SELECT DISTINCT ON (formulir, periode, kode_wilayah) formulir, periode, kode_wilayah, tanggal FROM tenggat_baru
WHERE length(kode_wilayah) = 2 ORDER BY formulir, periode, kode_wilayah, urut DESC;
DROP TABLE tenggat_baru;
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_ISI)
    op.execute(_HAK)


def downgrade() -> None:
    """A setting for one kabupaten/kota has no place any more; the rekap keep the deadline it gave them."""
    op.execute(_TURUN)
