"""The Tagana register by name, grants to read it, and the log of every reading.

Names never leave a kabupaten but through a grant, and never without a trace: the province's policy on the register asks for
a grant in force and for a row of the log written by the very same transaction. A reading that is not noted returns no row,
whatever the program above does. The log is only added to; a row of it can be completed in its own transaction only.
The administrator of the hub sees no name.
"""

from alembic import op

revision = "0014_sdm"
down_revision = "0013_gudang"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_REGISTER = ("tagana", "pelatihan_tagana", "penugasan_tagana")
_TABEL = (*_REGISTER, "izin_nama", "catatan_akses")

_NAIK = """
CREATE TABLE tagana (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  nama TEXT NOT NULL,
  tanggal_lahir DATE NOT NULL,
  jenis_kelamin TEXT COLLATE "C" NOT NULL,
  kode_desa TEXT COLLATE "C" NOT NULL,
  alamat TEXT,
  nia TEXT,
  didata DATE NOT NULL,
  verifikasi_kabupaten DATE,
  verifikasi_kabupaten_oleh TEXT,
  verifikasi_provinsi DATE,
  verifikasi_provinsi_oleh TEXT,
  tahap TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (CASE WHEN verifikasi_provinsi IS NOT NULL THEN 'VERIFIKASI_PROVINSI'
    WHEN verifikasi_kabupaten IS NOT NULL THEN 'VERIFIKASI_KABUPATEN' ELSE 'DIDATA' END) STORED,
  sertifikat TEXT,
  sampai DATE,
  keahlian TEXT[] NOT NULL,
  berpengetahuan BOOLEAN NOT NULL,
  bersedia_dilatih BOOLEAN NOT NULL,
  beriman BOOLEAN NOT NULL,
  setia_pancasila BOOLEAN NOT NULL,
  versi INTEGER NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  diubah_oleh TEXT NOT NULL,
  CONSTRAINT tagana_pkey PRIMARY KEY (kode_kab, id),
  CONSTRAINT tagana_berjenjang_check CHECK (verifikasi_provinsi IS NULL OR verifikasi_kabupaten IS NOT NULL),
  CONSTRAINT tagana_kelamin_check CHECK (jenis_kelamin IN ('L', 'P'))
);
COMMENT ON COLUMN tagana.id IS 'UUIDv7';
COMMENT ON COLUMN tagana.jenis_kelamin IS 'L, P';
COMMENT ON COLUMN tagana.nia IS 'membership number';
COMMENT ON COLUMN tagana.didata IS 'day of registration; the age is judged on it';
COMMENT ON COLUMN tagana.sertifikat IS 'number of the certificate';
COMMENT ON COLUMN tagana.sampai IS 'first day no longer a member; null: active';
CREATE UNIQUE INDEX tagana_nia_idx ON tagana (kode_kab, nia);
CREATE UNIQUE INDEX tagana_orang_idx ON tagana (kode_kab, kode_desa, lower(nama), tanggal_lahir);

CREATE TABLE pelatihan_tagana (
  kode_kab TEXT COLLATE "C" NOT NULL,
  tagana UUID NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  tanggal DATE NOT NULL,
  penyelenggara TEXT,
  CONSTRAINT pelatihan_tagana_pkey PRIMARY KEY (kode_kab, tagana, urut)
);

CREATE TABLE penugasan_tagana (
  kode_kab TEXT COLLATE "C" NOT NULL,
  tagana UUID NOT NULL,
  urut INTEGER NOT NULL,
  kejadian TEXT NOT NULL,
  fase TEXT NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  peran TEXT,
  CONSTRAINT penugasan_tagana_pkey PRIMARY KEY (kode_kab, tagana, urut)
);
COMMENT ON COLUMN penugasan_tagana.fase IS 'SEBELUM, SAAT, SESUDAH a disaster';
COMMENT ON COLUMN penugasan_tagana.sampai IS 'first day no longer; null: still out';

CREATE TABLE izin_nama (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  kode_prov TEXT COLLATE "C" NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL,
  sampai TIMESTAMP WITH TIME ZONE NOT NULL,
  alasan TEXT NOT NULL,
  oleh TEXT NOT NULL,
  diberikan_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  berakhir_pada TIMESTAMP WITH TIME ZONE,
  berakhir_oleh TEXT,
  terakhir_dipakai TIMESTAMP WITH TIME ZONE,
  CONSTRAINT izin_nama_pkey PRIMARY KEY (kode_kab, id),
  CONSTRAINT izin_nama_urutan_check CHECK (sampai > sejak)
);
COMMENT ON COLUMN izin_nama.id IS 'UUIDv7';
COMMENT ON COLUMN izin_nama.kode_prov IS 'who may read';
COMMENT ON COLUMN izin_nama.sampai IS 'first moment no longer';
COMMENT ON COLUMN izin_nama.berakhir_pada IS 'withdrawn or replaced then; null: it runs until sampai';
COMMENT ON COLUMN izin_nama.terakhir_dipakai IS 'last reading under it';
CREATE UNIQUE INDEX izin_nama_satu_idx ON izin_nama (kode_kab, kode_prov) WHERE berakhir_pada IS NULL;

CREATE TABLE catatan_akses (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
  kode_prov TEXT COLLATE "C" NOT NULL,
  oleh TEXT NOT NULL,
  izin UUID NOT NULL,
  aksi TEXT NOT NULL,
  tujuan TEXT NOT NULL,
  anggota UUID[] NOT NULL,
  transaksi BIGINT NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  CONSTRAINT catatan_akses_pkey PRIMARY KEY (kode_kab, id)
);
COMMENT ON COLUMN catatan_akses.id IS 'UUIDv7: in order of time';
COMMENT ON COLUMN catatan_akses.oleh IS 'name on the token';
COMMENT ON COLUMN catatan_akses.aksi IS 'BACA, VERIFIKASI';
COMMENT ON COLUMN catatan_akses.anggota IS 'whose names were read';
COMMENT ON COLUMN catatan_akses.transaksi IS 'the transaction that read; only in it do the names show';

-- the log is only added to; its own transaction may still say whose names it read
CREATE FUNCTION hub_catatan_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.transaksi = pg_current_xact_id()::text::bigint AND OLD.pada >= now()
    AND to_jsonb(NEW) - 'anggota' = to_jsonb(OLD) - 'anggota' AND NEW.anggota @> OLD.anggota THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'baris % tidak boleh diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER catatan_akses_tetap BEFORE UPDATE OR DELETE ON catatan_akses FOR EACH ROW EXECUTE FUNCTION hub_catatan_tetap();

-- a reading is noted when it happens, by the transaction that reads, under a grant that holds
CREATE FUNCTION hub_catatan_jujur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.pada := clock_timestamp();
  NEW.transaksi := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER catatan_akses_jujur BEFORE INSERT ON catatan_akses FOR EACH ROW EXECUTE FUNCTION hub_catatan_jujur();
CREATE TRIGGER izin_nama_tidak_dihapus BEFORE DELETE ON izin_nama FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();

-- each office verifies in its own name; what was ended stays ended
CREATE FUNCTION hub_tagana_jujur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'hub_kabupaten' AND NEW.verifikasi_provinsi IS NOT NULL
    AND (NEW.verifikasi_provinsi, NEW.verifikasi_provinsi_oleh) IS DISTINCT FROM (OLD.verifikasi_provinsi, OLD.verifikasi_provinsi_oleh) THEN
    RAISE EXCEPTION 'verifikasi provinsi hanya oleh provinsi' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tagana_jujur BEFORE UPDATE ON tagana FOR EACH ROW EXECUTE FUNCTION hub_tagana_jujur();
CREATE FUNCTION hub_izin_berakhir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.berakhir_pada IS NOT NULL THEN
    RAISE EXCEPTION 'izin yang berakhir tidak dapat diubah' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER izin_nama_berakhir BEFORE UPDATE ON izin_nama FOR EACH ROW EXECUTE FUNCTION hub_izin_berakhir();

-- whether that kabupaten lets the caller's province read names now; the clock, not the start of the transaction
CREATE FUNCTION hub_izin_nama(kab text) RETURNS boolean LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT current_user = 'hub_provinsi' AND EXISTS (
    SELECT 1 FROM izin_nama i WHERE i.kode_kab = kab AND i.kode_prov = hub_wilayah() AND i.berakhir_pada IS NULL
      AND i.sejak <= clock_timestamp() AND i.sampai > clock_timestamp())
$$;

-- … and has noted the reading in this transaction
CREATE FUNCTION hub_boleh_baca_nama(kab text) RETURNS boolean LANGUAGE sql VOLATILE PARALLEL RESTRICTED AS $$
  SELECT hub_izin_nama(kab) AND EXISTS (
    SELECT 1 FROM catatan_akses c WHERE c.kode_kab = kab AND c.kode_prov = hub_wilayah() AND c.pada >= now()
      AND c.transaksi = pg_current_xact_id_if_assigned()::text::bigint)
$$;

-- What leaves the register: how many members there were on a day, and how far they were verified on it, per kecamatan and
-- sex, in kabupaten whose code is at or below `di`. As the owner of the table, so everybody gets the counts and nobody a name.
CREATE FUNCTION hub_tagana_jumlah(di text, hari date)
RETURNS TABLE (kode_kab text, kode_kecamatan text, jenis_kelamin text, didata bigint, kabupaten bigint, provinsi bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, count(*), count(*) FILTER (WHERE t.verifikasi_kabupaten <= hari),
    count(*) FILTER (WHERE t.verifikasi_provinsi <= hari)
  FROM tagana t
  WHERE t.kode_kab >= left(di, 5) AND t.kode_kab < left(di, 5) || '/' AND t.didata <= hari AND (t.sampai IS NULL OR t.sampai > hari)
  GROUP BY t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin
$$;

-- whether a kabupaten keeps a register here at all
CREATE FUNCTION hub_tagana_ada(kab text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM tagana t WHERE t.kode_kab = kab) $$;
"""

_AKSES = f"""
GRANT SELECT ON {", ".join(_TABEL)} TO {_SEMUA};
GRANT INSERT ON tagana, izin_nama TO hub_kabupaten;
GRANT INSERT, DELETE ON pelatihan_tagana, penugasan_tagana TO hub_kabupaten;
GRANT UPDATE (nama, tanggal_lahir, jenis_kelamin, kode_desa, alamat, nia, didata, verifikasi_kabupaten,
  verifikasi_kabupaten_oleh, verifikasi_provinsi, verifikasi_provinsi_oleh, sertifikat, sampai, keahlian, berpengetahuan,
  bersedia_dilatih, beriman, setia_pancasila, versi, diubah_pada, diubah_oleh) ON tagana TO hub_kabupaten;
GRANT UPDATE (verifikasi_provinsi, verifikasi_provinsi_oleh, versi, diubah_pada, diubah_oleh) ON tagana TO hub_provinsi;
GRANT UPDATE (berakhir_pada, berakhir_oleh) ON izin_nama TO hub_kabupaten;
GRANT UPDATE (terakhir_dipakai) ON izin_nama TO hub_provinsi;
GRANT INSERT (kode_kab, id, kode_prov, oleh, izin, aksi, tujuan, anggota) ON catatan_akses TO hub_provinsi;
GRANT UPDATE (anggota) ON catatan_akses TO hub_provinsi;

-- a kabupaten never verifies in the province's name
CREATE POLICY kabupaten_tambah ON tagana FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND kode_kab = left(kode_desa, 5) AND verifikasi_provinsi IS NULL);
CREATE POLICY kabupaten_ubah ON tagana FOR UPDATE TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah())) WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND kode_kab = left(kode_desa, 5));
CREATE POLICY provinsi_ubah ON tagana FOR UPDATE TO hub_provinsi
  USING (hub_di_bawah(kode_kab) AND (SELECT hub_boleh_baca_nama(kode_kab)))
  WITH CHECK (hub_di_bawah(kode_kab));

CREATE POLICY kabupaten_baca ON izin_nama FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON izin_nama FOR SELECT TO hub_provinsi USING (kode_prov = (SELECT hub_wilayah()));
CREATE POLICY kabupaten_tambah ON izin_nama FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND kode_prov = left(kode_kab, 2));
CREATE POLICY kabupaten_ubah ON izin_nama FOR UPDATE TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah())) WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_ubah ON izin_nama FOR UPDATE TO hub_provinsi
  USING (kode_prov = (SELECT hub_wilayah())) WITH CHECK (kode_prov = (SELECT hub_wilayah()));

CREATE POLICY kabupaten_baca ON catatan_akses FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON catatan_akses FOR SELECT TO hub_provinsi USING (kode_prov = (SELECT hub_wilayah()));
CREATE POLICY provinsi_tambah ON catatan_akses FOR INSERT TO hub_provinsi
  WITH CHECK (kode_prov = (SELECT hub_wilayah()) AND hub_di_bawah(kode_kab) AND hub_izin_nama(kode_kab));
CREATE POLICY provinsi_ubah ON catatan_akses FOR UPDATE TO hub_provinsi
  USING (kode_prov = (SELECT hub_wilayah())) WITH CHECK (kode_prov = (SELECT hub_wilayah()));
"""


def upgrade() -> None:
    op.execute(_NAIK)
    for tabel in _TABEL:
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )
    for tabel in _REGISTER:
        op.execute(f"""
CREATE POLICY kabupaten_baca ON {tabel} FOR SELECT TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON {tabel} FOR SELECT TO hub_provinsi
  USING (hub_di_bawah(kode_kab) AND (SELECT hub_boleh_baca_nama(kode_kab)));
""")
    for tabel in _REGISTER[1:]:
        op.execute(f"""
CREATE POLICY kabupaten_tambah ON {tabel} FOR INSERT TO hub_kabupaten WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY kabupaten_hapus ON {tabel} FOR DELETE TO hub_kabupaten USING (kode_kab = (SELECT hub_wilayah()));
""")
    op.execute(_AKSES)


def downgrade() -> None:
    op.execute(f"DROP TABLE {', '.join(_TABEL)} CASCADE")
    op.execute("DROP FUNCTION hub_tagana_ada(text), hub_tagana_jumlah(text, date)")
    op.execute("DROP FUNCTION hub_boleh_baca_nama(text), hub_izin_nama(text)")
    op.execute("DROP FUNCTION hub_izin_berakhir(), hub_tagana_jujur(), hub_catatan_jujur(), hub_catatan_tetap()")
