"""Social resources with their dated papers; every row that was replaced is kept, by triggers, so that no statement can forget.

Everybody reads what stands now. What it was before is for those who answer for it: an address or a point may have been
written down before somebody said that the place is a shelter.
"""

from alembic import op

revision = "0011_sumber_daya"
down_revision = "0010_angka_wilayah"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_PENULIS = "hub_kabupaten, hub_provinsi, hub_admin"
_TABEL = ("sumber_daya", "surat_sumber_daya")

_NAIK = """
CREATE TABLE sumber_daya (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  nama TEXT NOT NULL,
  pemilik TEXT COLLATE "C" NOT NULL,
  kode_desa TEXT COLLATE "C" NOT NULL,
  alamat TEXT,
  titik geometry(POINT,4326),
  rahasia BOOLEAN DEFAULT false NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  hari_terakhir DATE GENERATED ALWAYS AS (COALESCE(sampai - 1, 'infinity'::date)) STORED NOT NULL,
  versi INTEGER DEFAULT 1 NOT NULL,
  contoh BOOLEAN DEFAULT false NOT NULL,
  sumber TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  diubah_oleh TEXT NOT NULL,
  sasaran TEXT,
  daya_tampung INTEGER,
  klien_l INTEGER,
  klien_p INTEGER,
  bidang TEXT,
  ketua TEXT,
  ketua_setuju BOOLEAN,
  cakupan TEXT,
  sekretariat TEXT,
  sumber_dana TEXT,
  tahun INTEGER,
  petugas_depan INTEGER,
  petugas_belakang INTEGER,
  pengelola TEXT,
  pengaduan_masuk INTEGER,
  pengaduan_selesai INTEGER,
  tingkat_gudang TEXT,
  luas_m2 NUMERIC,
  kapasitas_m3 NUMERIC,
  lumbung BOOLEAN,
  gardu BOOLEAN,
  anggota_l INTEGER,
  anggota_p INTEGER,
  pengurus_l INTEGER,
  pengurus_p INTEGER,
  klasifikasi TEXT,
  CONSTRAINT sumber_daya_pkey PRIMARY KEY (kode_kab, id),
  CONSTRAINT sumber_daya_jenis_check CHECK (jenis IN ('LKS', 'PANTI', 'LK3', 'RUMAH_SINGGAH', 'SLRT', 'PUSKESOS', 'GUDANG_BENCANA', 'KAMPUNG_SIAGA_BENCANA', 'KARANG_TARUNA')),
  CONSTRAINT sumber_daya_pemilik_check CHECK (pemilik IN ('KEMENTERIAN', 'PROVINSI', 'KABUPATEN', 'DESA', 'MASYARAKAT')),
  CONSTRAINT sumber_daya_desa_check CHECK (kode_kab = left(kode_desa, 5)),
  CONSTRAINT sumber_daya_masa_check CHECK (sampai > sejak),
  CONSTRAINT sumber_daya_rahasia_check CHECK (NOT rahasia OR titik IS NULL),
  CONSTRAINT sumber_daya_panti_check CHECK (jenis <> 'PANTI' OR sasaran IS NOT NULL AND daya_tampung IS NOT NULL)
);
COMMENT ON COLUMN sumber_daya.id IS 'UUIDv7; the public id is kode_kab:id';
COMMENT ON COLUMN sumber_daya.kode_desa IS 'code of the desa it stands in; begins with kode_kab';
COMMENT ON COLUMN sumber_daya.alamat IS 'not public where rahasia';
COMMENT ON COLUMN sumber_daya.titik IS 'lon, lat; never where rahasia';
COMMENT ON COLUMN sumber_daya.rahasia IS 'a shelter of victims';
COMMENT ON COLUMN sumber_daya.sejak IS 'first day it exists';
COMMENT ON COLUMN sumber_daya.sampai IS 'first day no longer; null: it stands';
COMMENT ON COLUMN sumber_daya.hari_terakhir IS 'last day it exists; infinity while it stands';
COMMENT ON COLUMN sumber_daya.versi IS 'counts up with every change';
COMMENT ON COLUMN sumber_daya.contoh IS 'made up to add up, not real';
COMMENT ON COLUMN sumber_daya.sumber IS 'where the row comes from';
COMMENT ON COLUMN sumber_daya.diubah_pada IS 'when this row came to hold';
COMMENT ON COLUMN sumber_daya.sasaran IS 'whom a panti serves';
COMMENT ON COLUMN sumber_daya.daya_tampung IS 'persons';
COMMENT ON COLUMN sumber_daya.klien_l IS 'persons';
COMMENT ON COLUMN sumber_daya.klien_p IS 'persons';
COMMENT ON COLUMN sumber_daya.bidang IS 'field of service';
COMMENT ON COLUMN sumber_daya.ketua_setuju IS 'the head agreed that the name is shown';
COMMENT ON COLUMN sumber_daya.cakupan IS 'KOTA, PROVINSI, NASIONAL';
COMMENT ON COLUMN sumber_daya.sumber_dana IS 'APBN, APBD, …';
COMMENT ON COLUMN sumber_daya.tahun IS 'year it began';
COMMENT ON COLUMN sumber_daya.petugas_depan IS 'persons at the front office';
COMMENT ON COLUMN sumber_daya.petugas_belakang IS 'persons at the back office';
COMMENT ON COLUMN sumber_daya.pengaduan_masuk IS 'cases';
COMMENT ON COLUMN sumber_daya.pengaduan_selesai IS 'cases';
COMMENT ON COLUMN sumber_daya.tingkat_gudang IS 'PUSAT, PROVINSI, KABUPATEN';
COMMENT ON COLUMN sumber_daya.anggota_l IS 'persons';
COMMENT ON COLUMN sumber_daya.anggota_p IS 'persons';
COMMENT ON COLUMN sumber_daya.pengurus_l IS 'persons';
COMMENT ON COLUMN sumber_daya.pengurus_p IS 'persons';
COMMENT ON COLUMN sumber_daya.klasifikasi IS 'TUMBUH, BERKEMBANG, MAJU, PERCONTOHAN';
CREATE INDEX sumber_daya_desa_idx ON sumber_daya (kode_desa, id);
CREATE INDEX sumber_daya_jarak_idx ON sumber_daya USING gist (geography(titik));
CREATE INDEX sumber_daya_jenis_idx ON sumber_daya (jenis, kode_desa, id);
CREATE INDEX sumber_daya_pemilik_idx ON sumber_daya (pemilik, kode_desa, id);
CREATE INDEX sumber_daya_titik_idx ON sumber_daya USING gist (titik);

CREATE TABLE surat_sumber_daya (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  nomor TEXT,
  peringkat TEXT COLLATE "C",
  cakupan TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  CONSTRAINT surat_sumber_daya_pkey PRIMARY KEY (kode_kab, id, jenis, sejak),
  CONSTRAINT surat_sumber_daya_masa_check CHECK (sampai > sejak),
  CONSTRAINT surat_sumber_daya_jenis_check CHECK (jenis IN ('TANDA_DAFTAR', 'AKREDITASI', 'SK')),
  CONSTRAINT surat_sumber_daya_peringkat_check CHECK ((jenis = 'AKREDITASI') = (peringkat IS NOT NULL))
);
COMMENT ON COLUMN surat_sumber_daya.id IS 'of the social resource';
COMMENT ON COLUMN surat_sumber_daya.jenis IS 'TANDA_DAFTAR, AKREDITASI, SK';
COMMENT ON COLUMN surat_sumber_daya.sejak IS 'first day it holds';
COMMENT ON COLUMN surat_sumber_daya.sampai IS 'first day no longer; null: without end';
COMMENT ON COLUMN surat_sumber_daya.peringkat IS 'A, B, C: of an accreditation';
COMMENT ON COLUMN surat_sumber_daya.cakupan IS 'KOTA, PROVINSI, NASIONAL';
COMMENT ON COLUMN surat_sumber_daya.diubah_pada IS 'when this row came to hold';

CREATE TABLE sumber_daya_riwayat (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  nama TEXT NOT NULL,
  pemilik TEXT COLLATE "C" NOT NULL,
  kode_desa TEXT COLLATE "C" NOT NULL,
  alamat TEXT,
  titik geometry(POINT,4326),
  rahasia BOOLEAN NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  hari_terakhir DATE NOT NULL,
  versi INTEGER NOT NULL,
  contoh BOOLEAN NOT NULL,
  sumber TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  diubah_oleh TEXT NOT NULL,
  sasaran TEXT,
  daya_tampung INTEGER,
  klien_l INTEGER,
  klien_p INTEGER,
  bidang TEXT,
  ketua TEXT,
  ketua_setuju BOOLEAN,
  cakupan TEXT,
  sekretariat TEXT,
  sumber_dana TEXT,
  tahun INTEGER,
  petugas_depan INTEGER,
  petugas_belakang INTEGER,
  pengelola TEXT,
  pengaduan_masuk INTEGER,
  pengaduan_selesai INTEGER,
  tingkat_gudang TEXT,
  luas_m2 NUMERIC,
  kapasitas_m3 NUMERIC,
  lumbung BOOLEAN,
  gardu BOOLEAN,
  anggota_l INTEGER,
  anggota_p INTEGER,
  pengurus_l INTEGER,
  pengurus_p INTEGER,
  klasifikasi TEXT,
  diganti_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT sumber_daya_riwayat_pkey PRIMARY KEY (kode_kab, id, versi)
);
COMMENT ON COLUMN sumber_daya_riwayat.diganti_pada IS 'when it was replaced';

CREATE TABLE surat_sumber_daya_riwayat (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  nomor TEXT,
  peringkat TEXT COLLATE "C",
  cakupan TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  diganti_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT surat_sumber_daya_riwayat_pkey PRIMARY KEY (kode_kab, id, jenis, sejak, diubah_pada)
);
COMMENT ON COLUMN surat_sumber_daya_riwayat.diganti_pada IS 'when it was replaced';
"""

# As the owner of the tables: nobody else may write what was.
_PEMICU = """
CREATE FUNCTION hub_sumber_daya_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.versi := OLD.versi + 1;
  NEW.diubah_pada := hub_saat();
  IF NEW.rahasia THEN  -- where a shelter stands is not kept, not even as what once was written
    OLD.titik := NULL;
    UPDATE sumber_daya_riwayat r SET titik = NULL WHERE r.kode_kab = OLD.kode_kab AND r.id = OLD.id AND r.titik IS NOT NULL;
  END IF;
  INSERT INTO sumber_daya_riwayat SELECT OLD.*, hub_saat();
  RETURN NEW;
END $$;
CREATE TRIGGER sumber_daya_diganti BEFORE UPDATE ON sumber_daya FOR EACH ROW EXECUTE FUNCTION hub_sumber_daya_diganti();
CREATE TRIGGER sumber_daya_tidak_dihapus BEFORE DELETE ON sumber_daya FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();

CREATE FUNCTION hub_surat_sumber_daya_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.diubah_pada < hub_saat() THEN
    INSERT INTO surat_sumber_daya_riwayat SELECT OLD.*, hub_saat();
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  NEW.diubah_pada := hub_saat();
  RETURN NEW;
END $$;
CREATE TRIGGER surat_sumber_daya_diganti BEFORE UPDATE OR DELETE ON surat_sumber_daya
  FOR EACH ROW EXECUTE FUNCTION hub_surat_sumber_daya_diganti();
"""

_TURUN = """
DROP TABLE surat_sumber_daya_riwayat, sumber_daya_riwayat, surat_sumber_daya, sumber_daya;
DROP FUNCTION hub_surat_sumber_daya_diganti();
DROP FUNCTION hub_sumber_daya_diganti();
"""


def upgrade() -> None:
    op.execute(_NAIK)
    op.execute(_PEMICU)
    milik_atas = "pemilik IN ('KEMENTERIAN', 'PROVINSI')"
    induk = (
        "EXISTS (SELECT 1 FROM sumber_daya s WHERE s.kode_kab = surat_sumber_daya.kode_kab "
        f"AND s.id = surat_sumber_daya.id AND s.{milik_atas})"
    )
    for tabel in _TABEL:
        hapus = ", DELETE" if tabel == "surat_sumber_daya" else ""
        atas = milik_atas if tabel == "sumber_daya" else induk
        kabupaten = f"kode_kab = (SELECT hub_wilayah()) AND NOT {atas}"
        op.execute(f"""
GRANT SELECT ON {tabel} TO {_SEMUA};
GRANT INSERT, UPDATE{hapus} ON {tabel} TO {_PENULIS};
GRANT SELECT ON {tabel}_riwayat TO {_SEMUA};
ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {tabel}_riwayat ENABLE ROW LEVEL SECURITY;
CREATE POLICY semua_baca ON {tabel} FOR SELECT TO {_SEMUA} USING (true);
CREATE POLICY admin_tulis ON {tabel} TO hub_admin USING (true) WITH CHECK (true);
CREATE POLICY provinsi_tulis ON {tabel} TO hub_provinsi USING (hub_di_bawah(kode_kab)) WITH CHECK (hub_di_bawah(kode_kab));
CREATE POLICY kabupaten_tulis ON {tabel} TO hub_kabupaten USING ({kabupaten}) WITH CHECK ({kabupaten});
CREATE POLICY admin_baca ON {tabel}_riwayat FOR SELECT TO hub_admin USING (true);
CREATE POLICY provinsi_baca ON {tabel}_riwayat FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab));
CREATE POLICY kabupaten_baca ON {tabel}_riwayat FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
""")
        for satu in (tabel, f"{tabel}_riwayat"):
            op.execute(
                f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {satu} "
                "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
            )


def downgrade() -> None:
    op.execute(_TURUN)
