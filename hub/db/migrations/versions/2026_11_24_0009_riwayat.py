"""What was known then: every figure, count of completeness and state of a rekap that was replaced keeps the time it held.

Triggers write it, so that no statement can forget. Also the orders and filters of the list of desa.
"""

from alembic import op

revision = "0009_riwayat"
down_revision = "0008_langganan"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_RIWAYAT = {
    "angka": (
        """
  kode_kab TEXT COLLATE "C" NOT NULL, elemen TEXT COLLATE "C" NOT NULL, periode TEXT COLLATE "C" NOT NULL,
  tingkat SMALLINT NOT NULL, dimensi TEXT COLLATE "C" NOT NULL, kode_wilayah TEXT COLLATE "C" NOT NULL,
  rincian JSONB NOT NULL, nilai NUMERIC, status TEXT NOT NULL, turunan BOOLEAN NOT NULL, publik BOOLEAN NOT NULL""",
        "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian",
        "publik",
    ),
    "angka_tertulis": (
        """
  kode_kab TEXT COLLATE "C" NOT NULL, elemen TEXT COLLATE "C" NOT NULL, periode TEXT COLLATE "C" NOT NULL,
  kode_wilayah TEXT COLLATE "C" NOT NULL, dimensi TEXT COLLATE "C" NOT NULL, rincian JSONB NOT NULL,
  tertulis NUMERIC NOT NULL, publik BOOLEAN NOT NULL""",
        "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian",
        "publik",
    ),
    "kelengkapan": (
        """
  kode_kab TEXT COLLATE "C" NOT NULL, formulir TEXT COLLATE "C" NOT NULL, periode TEXT COLLATE "C" NOT NULL,
  diharapkan INTEGER NOT NULL, diterima INTEGER NOT NULL, disetujui INTEGER NOT NULL, tepat_waktu INTEGER NOT NULL""",
        "kode_kab, formulir, periode",
        "true",
    ),
    "rekap": (
        """
  kode_kab TEXT COLLATE "C" NOT NULL, formulir TEXT COLLATE "C" NOT NULL, periode TEXT COLLATE "C" NOT NULL,
  status TEXT NOT NULL, revisi INTEGER NOT NULL, revisi_disetujui INTEGER, tenggat DATE,
  diajukan_pada TIMESTAMP WITH TIME ZONE, tepat_waktu BOOLEAN""",
        "kode_kab, formulir, periode",
        "revisi_disetujui IS NOT NULL",
    ),
}

_SAAT = """
-- one time for everything a transaction writes, read when it first writes: transactions that waited for a lock come
-- after the one they waited for
CREATE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE saat text := current_setting('hub.saat', true);
BEGIN
  IF saat IS NULL OR saat = '' THEN
    saat := clock_timestamp()::text;
    PERFORM set_config('hub.saat', saat, true);
  END IF;
  RETURN saat::timestamptz;
END $$;
"""

# As the owner of the tables: nobody else may write what was.
_PEMICU = """
CREATE FUNCTION hub_{tabel}_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO {tabel}_riwayat SELECT l.*, hub_saat() FROM lama l WHERE l.sejak < hub_saat();
  RETURN NULL;
END $$;
CREATE TRIGGER {tabel}_diganti AFTER DELETE ON {tabel} REFERENCING OLD TABLE AS lama
  FOR EACH STATEMENT EXECUTE FUNCTION hub_{tabel}_diganti();
"""
_PEMICU_REKAP = """
CREATE FUNCTION hub_rekap_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.sejak < hub_saat() THEN
    INSERT INTO rekap_riwayat SELECT OLD.*, hub_saat();
    NEW.sejak := hub_saat();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rekap_diganti BEFORE UPDATE ON rekap FOR EACH ROW EXECUTE FUNCTION hub_rekap_diganti();
"""

_DAFTAR_DESA = """
CREATE INDEX wilayah_desa_kode_idx ON wilayah (kode) WHERE tingkat = 4;
CREATE INDEX wilayah_desa_nama_idx ON wilayah (nama, kode) WHERE tingkat = 4;
CREATE INDEX wilayah_desa_jenis_idx ON wilayah (jenis, kode) WHERE tingkat = 4;
CREATE INDEX batas_desa_luas_idx ON batas (luas_km2, kode) WHERE tingkat = 4 AND sampai IS NULL;
"""


def upgrade() -> None:
    op.execute(_SAAT)
    for tabel, (kolom, kunci, terbuka) in _RIWAYAT.items():
        op.execute(f"""
ALTER TABLE {tabel} ADD COLUMN sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat();
COMMENT ON COLUMN {tabel}.sejak IS 'when this row came to hold';
CREATE TABLE {tabel}_riwayat ({kolom},
  sejak TIMESTAMP WITH TIME ZONE NOT NULL,
  sampai TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT {tabel}_riwayat_pkey PRIMARY KEY ({kunci}, sejak)
);
COMMENT ON COLUMN {tabel}_riwayat.sampai IS 'when it was replaced';
GRANT SELECT ON {tabel}_riwayat TO {_SEMUA};
ALTER TABLE {tabel}_riwayat ENABLE ROW LEVEL SECURITY;
CREATE POLICY admin_baca ON {tabel}_riwayat FOR SELECT TO hub_admin USING (true);
CREATE POLICY publik_baca ON {tabel}_riwayat FOR SELECT TO hub_publik USING ({terbuka});
CREATE POLICY kabupaten_baca ON {tabel}_riwayat FOR SELECT TO hub_kabupaten
  USING ({terbuka} OR kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON {tabel}_riwayat FOR SELECT TO hub_provinsi USING ({terbuka} OR hub_di_bawah(kode_kab));
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel}_riwayat
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();
""")
        op.execute(_PEMICU_REKAP if tabel == "rekap" else _PEMICU.format(tabel=tabel))
    # what was in force once was seen by everybody, and stays so
    for tabel in ("rekap_nilai", "rekap_total"):
        dahulu = (
            f"publik AND EXISTS (SELECT 1 FROM rekap_riwayat r WHERE r.kode_kab = {tabel}.kode_kab "
            f"AND r.formulir = {tabel}.formulir AND r.periode = {tabel}.periode AND r.revisi_disetujui = {tabel}.revisi)"
        )
        for peran in ("publik", "kabupaten", "provinsi"):
            op.execute(f"CREATE POLICY {peran}_baca_dahulu ON {tabel} FOR SELECT TO hub_{peran} USING ({dahulu})")
    op.execute(_DAFTAR_DESA)


def downgrade() -> None:
    op.execute("DROP INDEX wilayah_desa_kode_idx, wilayah_desa_nama_idx, wilayah_desa_jenis_idx, batas_desa_luas_idx")
    for tabel in ("rekap_nilai", "rekap_total"):
        for peran in ("publik", "kabupaten", "provinsi"):
            op.execute(f"DROP POLICY {peran}_baca_dahulu ON {tabel}")
    for tabel in _RIWAYAT:
        op.execute(f"DROP TRIGGER {tabel}_diganti ON {tabel}")
        op.execute(f"DROP FUNCTION hub_{tabel}_diganti()")
        op.execute(f"DROP TABLE {tabel}_riwayat")
        op.execute(f"ALTER TABLE {tabel} DROP COLUMN sejak")
    op.execute("DROP FUNCTION hub_saat()")
