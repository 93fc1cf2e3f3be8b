"""WKSBM networks: profile, members, activities, phases; the graph of their links; which desa border on each other.

`simpul_wksbm`, `hubungan_wksbm` and `mitra_luar` are reference tables (see hub/wksbm/tables.py). Triggers keep the
nodes of the graph, the phases and everything that was replaced, so that no statement can forget. Everybody reads what
stands; what it was before is for the offices concerned. A link is written by the side of its network.
"""

from alembic import op

revision = "0016_wksbm"
down_revision = "0015_terdaftar"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_PENULIS = "hub_kabupaten, hub_provinsi, hub_admin"

# table → the column that says whose it is, what its history's key needs besides its own, and who else may read that
_BERRIWAYAT = {
    "wksbm": ("kode_kab", "kode_kab, id, versi", ""),
    "anggota_wksbm": ("kode_kab", "kode_kab, wksbm, nama, sejak, diubah_pada", ""),
    "kegiatan_wksbm": ("kode_kab", "kode_kab, wksbm, tanggal, kegiatan, uraian, diubah_pada", ""),
    "hubungan_wksbm": ("asal_kab", "id, versi", "tujuan_kab"),
    "mitra_luar": ("pencatat", "id, versi", ""),
}
_TERBACA = (*_BERRIWAYAT, "tahap_wksbm", "simpul_wksbm", "tetangga_desa")

_TABEL = """
CREATE TABLE wksbm (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  nama TEXT NOT NULL,
  kode_desa TEXT COLLATE "C" NOT NULL,
  titik geometry(POINT,4326),
  balai TEXT,
  dokumen TEXT,
  keterangan TEXT,
  tahap TEXT COLLATE "C" NOT NULL,
  tahap_sejak DATE NOT NULL,
  tahap_alasan TEXT,
  kegiatan_sejak DATE,
  sejak DATE NOT NULL,
  sampai DATE,
  hari_terakhir DATE GENERATED ALWAYS AS (COALESCE(sampai - 1, 'infinity'::date)) STORED NOT NULL,
  versi INTEGER DEFAULT 1 NOT NULL,
  contoh BOOLEAN DEFAULT false NOT NULL,
  sumber TEXT,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  diubah_oleh TEXT NOT NULL,
  CONSTRAINT wksbm_pkey PRIMARY KEY (kode_kab, id),
  CONSTRAINT wksbm_tahap_check CHECK (tahap IN ('PENUMBUHAN', 'PEMANTAPAN', 'PENGEMBANGAN')),
  CONSTRAINT wksbm_desa_check CHECK (kode_kab = left(kode_desa, 5)),
  CONSTRAINT wksbm_masa_check CHECK (sampai > sejak)
);
COMMENT ON COLUMN wksbm.id IS 'UUIDv7; the public id is kode_kab:id';
COMMENT ON COLUMN wksbm.kode_desa IS 'code of its desa; begins with kode_kab';
COMMENT ON COLUMN wksbm.titik IS 'lon, lat';
COMMENT ON COLUMN wksbm.balai IS 'community centre it meets in';
COMMENT ON COLUMN wksbm.dokumen IS 'paper that founded it, or its charter';
COMMENT ON COLUMN wksbm.tahap IS 'phase it is in now';
COMMENT ON COLUMN wksbm.tahap_sejak IS 'first day of that phase';
COMMENT ON COLUMN wksbm.tahap_alasan IS 'why it came into that phase';
COMMENT ON COLUMN wksbm.kegiatan_sejak IS 'activities count for moving on from this day; null: whenever they were';
COMMENT ON COLUMN wksbm.sejak IS 'first day it exists';
COMMENT ON COLUMN wksbm.sampai IS 'first day no longer; null: it stands';
COMMENT ON COLUMN wksbm.hari_terakhir IS 'last day; infinity while it lasts';
COMMENT ON COLUMN wksbm.versi IS 'counts up with every change';
COMMENT ON COLUMN wksbm.contoh IS 'made up, not real';
COMMENT ON COLUMN wksbm.sumber IS 'where the row comes from';
COMMENT ON COLUMN wksbm.diubah_pada IS 'when this row came to hold';
CREATE INDEX wksbm_desa_idx ON wksbm (kode_desa, id);
CREATE INDEX wksbm_tahap_idx ON wksbm (tahap, kode_desa, id);

CREATE TABLE anggota_wksbm (
  kode_kab TEXT COLLATE "C" NOT NULL,
  wksbm UUID NOT NULL,
  nama TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  sampai DATE,
  hari_terakhir DATE GENERATED ALWAYS AS (COALESCE(sampai - 1, 'infinity'::date)) STORED NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  CONSTRAINT anggota_wksbm_pkey PRIMARY KEY (kode_kab, wksbm, nama, sejak),
  CONSTRAINT anggota_wksbm_masa_check CHECK (sampai > sejak)
);
COMMENT ON COLUMN anggota_wksbm.wksbm IS 'wksbm.id';
COMMENT ON COLUMN anggota_wksbm.nama IS 'of a group or an institution, never of a person';
COMMENT ON COLUMN anggota_wksbm.sejak IS 'first day it is a member';
COMMENT ON COLUMN anggota_wksbm.jenis IS 'code in the list PSKS';
COMMENT ON COLUMN anggota_wksbm.sampai IS 'first day no longer; null: a member';
COMMENT ON COLUMN anggota_wksbm.hari_terakhir IS 'last day; infinity while it lasts';
COMMENT ON COLUMN anggota_wksbm.diubah_pada IS 'when this row came to hold';

CREATE TABLE kegiatan_wksbm (
  kode_kab TEXT COLLATE "C" NOT NULL,
  wksbm UUID NOT NULL,
  tanggal DATE NOT NULL,
  kegiatan TEXT COLLATE "C" NOT NULL,
  uraian TEXT COLLATE "C" NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  CONSTRAINT kegiatan_wksbm_pkey PRIMARY KEY (kode_kab, wksbm, tanggal, kegiatan, uraian)
);
COMMENT ON COLUMN kegiatan_wksbm.wksbm IS 'wksbm.id';
COMMENT ON COLUMN kegiatan_wksbm.kegiatan IS 'code in the list KEGIATAN_WKSBM';
COMMENT ON COLUMN kegiatan_wksbm.uraian IS 'what was done; empty: as the list names it';
COMMENT ON COLUMN kegiatan_wksbm.diubah_pada IS 'when this row came to hold';
CREATE INDEX kegiatan_wksbm_tanggal_idx ON kegiatan_wksbm (kode_kab, tanggal);

CREATE TABLE tahap_wksbm (
  kode_kab TEXT COLLATE "C" NOT NULL,
  wksbm UUID NOT NULL,
  urut INTEGER NOT NULL,
  tahap TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  alasan TEXT,
  dicatat_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  dicatat_oleh TEXT NOT NULL,
  CONSTRAINT tahap_wksbm_pkey PRIMARY KEY (kode_kab, wksbm, urut),
  CONSTRAINT tahap_wksbm_tahap_check CHECK (tahap IN ('PENUMBUHAN', 'PEMANTAPAN', 'PENGEMBANGAN'))
);
COMMENT ON COLUMN tahap_wksbm.wksbm IS 'wksbm.id';
COMMENT ON COLUMN tahap_wksbm.urut IS '1, 2, 3 … per network';
COMMENT ON COLUMN tahap_wksbm.sejak IS 'first day of the phase';
COMMENT ON COLUMN tahap_wksbm.dicatat_pada IS 'when it was written down';

CREATE TABLE simpul_wksbm (
  id UUID NOT NULL,
  kab TEXT COLLATE "C" NOT NULL,
  desa TEXT COLLATE "C" NOT NULL,
  tahap TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  hari_terakhir DATE NOT NULL,
  CONSTRAINT simpul_wksbm_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN simpul_wksbm.id IS 'wksbm.id';
COMMENT ON COLUMN simpul_wksbm.kab IS 'wksbm.kode_kab';
COMMENT ON COLUMN simpul_wksbm.desa IS 'wksbm.kode_desa';
COMMENT ON COLUMN simpul_wksbm.hari_terakhir IS 'last day it exists; infinity while it stands';
CREATE INDEX simpul_wksbm_desa_idx ON simpul_wksbm (desa, id);

CREATE TABLE hubungan_wksbm (
  id UUID NOT NULL,
  asal_kab TEXT COLLATE "C" NOT NULL,
  asal UUID NOT NULL,
  macam TEXT COLLATE "C" NOT NULL,
  tujuan_kab TEXT COLLATE "C" NOT NULL,
  tujuan UUID NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  skala TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  sampai DATE,
  hari_terakhir DATE GENERATED ALWAYS AS (COALESCE(sampai - 1, 'infinity'::date)) STORED NOT NULL,
  versi INTEGER DEFAULT 1 NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  diubah_oleh TEXT NOT NULL,
  CONSTRAINT hubungan_wksbm_pkey PRIMARY KEY (id),
  CONSTRAINT hubungan_wksbm_macam_check CHECK (macam IN ('WKSBM', 'SUMBER_DAYA', 'MITRA')),
  CONSTRAINT hubungan_wksbm_skala_check CHECK (skala IN ('LOKAL', 'REGIONAL', 'NASIONAL')),
  CONSTRAINT hubungan_wksbm_masa_check CHECK (sampai > sejak),
  CONSTRAINT hubungan_wksbm_ujung_check CHECK (macam <> 'WKSBM' OR asal <> tujuan),
  CONSTRAINT hubungan_wksbm_tujuan_check CHECK ((macam = 'MITRA') = (tujuan_kab = ''))
);
COMMENT ON COLUMN hubungan_wksbm.id IS 'UUIDv7; the public id is asal_kab:id';
COMMENT ON COLUMN hubungan_wksbm.asal_kab IS 'kabupaten of the network that wrote it';
COMMENT ON COLUMN hubungan_wksbm.asal IS 'wksbm.id';
COMMENT ON COLUMN hubungan_wksbm.macam IS 'WKSBM, SUMBER_DAYA, MITRA: which table holds the other end';
COMMENT ON COLUMN hubungan_wksbm.tujuan_kab IS 'kabupaten of the other end; empty for a partner outside';
COMMENT ON COLUMN hubungan_wksbm.tujuan IS 'id of the other end in its table';
COMMENT ON COLUMN hubungan_wksbm.jenis IS 'what binds them, in the office''s words';
COMMENT ON COLUMN hubungan_wksbm.skala IS 'LOKAL, REGIONAL, NASIONAL';
COMMENT ON COLUMN hubungan_wksbm.sejak IS 'first day it holds';
COMMENT ON COLUMN hubungan_wksbm.sampai IS 'first day no longer; null: it holds';
COMMENT ON COLUMN hubungan_wksbm.hari_terakhir IS 'last day; infinity while it lasts';
COMMENT ON COLUMN hubungan_wksbm.versi IS 'counts up with every change';
COMMENT ON COLUMN hubungan_wksbm.diubah_pada IS 'when this row came to hold';
CREATE UNIQUE INDEX hubungan_wksbm_satu_idx ON hubungan_wksbm (asal, macam, tujuan_kab, tujuan, jenis, sejak);
CREATE INDEX hubungan_wksbm_tujuan_idx ON hubungan_wksbm (tujuan, macam, asal);
CREATE INDEX hubungan_wksbm_keluar_idx ON hubungan_wksbm (asal) INCLUDE (tujuan, sejak, hari_terakhir) WHERE macam = 'WKSBM';
CREATE INDEX hubungan_wksbm_masuk_idx ON hubungan_wksbm (tujuan) INCLUDE (asal, sejak, hari_terakhir) WHERE macam = 'WKSBM';

CREATE TABLE mitra_luar (
  id UUID NOT NULL,
  nama TEXT NOT NULL,
  kunci TEXT COLLATE "C" GENERATED ALWAYS AS (regexp_replace(lower(nama), '[^a-z0-9]'::text, ''::text, 'g'::text)) STORED NOT NULL,
  jenis TEXT NOT NULL,
  pencatat TEXT COLLATE "C" NOT NULL,
  versi INTEGER DEFAULT 1 NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE DEFAULT hub_saat() NOT NULL,
  diubah_oleh TEXT NOT NULL,
  CONSTRAINT mitra_luar_pkey PRIMARY KEY (id),
  CONSTRAINT mitra_luar_nama_check CHECK (kunci <> '')
);
COMMENT ON COLUMN mitra_luar.id IS 'UUIDv7; the public id is mitra:id';
COMMENT ON COLUMN mitra_luar.nama IS 'of an institution, never of a person';
COMMENT ON COLUMN mitra_luar.kunci IS 'the name as it is looked for: letters and digits only, lower case';
COMMENT ON COLUMN mitra_luar.pencatat IS 'code of the office that wrote it down; empty: the hub''s own';
COMMENT ON COLUMN mitra_luar.versi IS 'counts up with every change';
COMMENT ON COLUMN mitra_luar.diubah_pada IS 'when this row came to hold';
CREATE UNIQUE INDEX mitra_luar_kunci_idx ON mitra_luar (kunci);
CREATE INDEX mitra_luar_nama_idx ON mitra_luar (nama, id);

CREATE TABLE tetangga_desa (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode TEXT COLLATE "C" NOT NULL,
  tetangga TEXT COLLATE "C" NOT NULL,
  CONSTRAINT tetangga_desa_pkey PRIMARY KEY (kode_kab, kode, tetangga)
);
COMMENT ON COLUMN tetangga_desa.tetangga IS 'code of the other desa, maybe of another kabupaten';
"""

_PEMICU = """
-- the node of the graph goes first. Its id is its own in the whole country: one that is taken adds no network
CREATE FUNCTION hub_wksbm_simpul() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO simpul_wksbm (id, kab, desa, tahap, sejak, hari_terakhir)
      VALUES (NEW.id, NEW.kode_kab, NEW.kode_desa, NEW.tahap, NEW.sejak, coalesce(NEW.sampai - 1, 'infinity'))
      ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
  ELSE
    UPDATE simpul_wksbm SET desa = NEW.kode_desa, tahap = NEW.tahap, sejak = NEW.sejak,
      hari_terakhir = coalesce(NEW.sampai - 1, 'infinity') WHERE id = NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER wksbm_simpul BEFORE INSERT OR UPDATE ON wksbm FOR EACH ROW EXECUTE FUNCTION hub_wksbm_simpul();

CREATE FUNCTION hub_wksbm_tahap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.tahap, NEW.tahap_sejak) IS DISTINCT FROM (OLD.tahap, OLD.tahap_sejak) THEN
    INSERT INTO tahap_wksbm (kode_kab, wksbm, urut, tahap, sejak, alasan, dicatat_oleh)
      SELECT NEW.kode_kab, NEW.id, count(*) + 1, NEW.tahap, NEW.tahap_sejak, NEW.tahap_alasan, NEW.diubah_oleh
      FROM tahap_wksbm t WHERE t.kode_kab = NEW.kode_kab AND t.wksbm = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER wksbm_tahap AFTER INSERT OR UPDATE ON wksbm FOR EACH ROW EXECUTE FUNCTION hub_wksbm_tahap();
CREATE TRIGGER tahap_wksbm_tetap BEFORE UPDATE OR DELETE ON tahap_wksbm FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();

-- as the owner of the tables: nobody else may write what was
CREATE FUNCTION hub_wksbm_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.versi := OLD.versi + 1;
  NEW.diubah_pada := hub_saat();
  EXECUTE format('INSERT INTO %I SELECT ($1).*, hub_saat()', TG_TABLE_NAME || '_riwayat') USING OLD;
  RETURN NEW;
END $$;
CREATE FUNCTION hub_isi_wksbm_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.diubah_pada < hub_saat() THEN
    EXECUTE format('INSERT INTO %I SELECT ($1).*, hub_saat()', TG_TABLE_NAME || '_riwayat') USING OLD;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  NEW.diubah_pada := hub_saat();
  RETURN NEW;
END $$;

-- networks within so many links on that day, the nearest first; a link is gone along both ways, and only while both its
-- ends stand. Level by level, each network once, so the graph's size bounds the work whatever the number of links
CREATE FUNCTION hub_jangkauan_wksbm(mulai uuid, langkah integer, pada date)
RETURNS TABLE (kab text, id uuid, jarak integer) LANGUAGE plpgsql STABLE AS $$
DECLARE
  sudah uuid[] := ARRAY[mulai];
  tepi uuid[] := ARRAY[mulai];
  di text[];
  n integer := 0;
BEGIN
  PERFORM 1 FROM simpul_wksbm s WHERE s.id = mulai AND s.sejak <= pada AND s.hari_terakhir >= pada;
  WHILE FOUND AND n < langkah LOOP
    n := n + 1;
    SELECT array_agg(s.id), array_agg(s.kab) INTO tepi, di FROM (
      SELECT h.tujuan AS id FROM hubungan_wksbm h
      WHERE h.asal = ANY(tepi) AND h.macam = 'WKSBM' AND h.sejak <= pada AND h.hari_terakhir >= pada
      UNION SELECT h.asal FROM hubungan_wksbm h
      WHERE h.tujuan = ANY(tepi) AND h.macam = 'WKSBM' AND h.sejak <= pada AND h.hari_terakhir >= pada
      EXCEPT SELECT u.id FROM unnest(sudah) u(id)
    ) t JOIN simpul_wksbm s ON s.id = t.id AND s.sejak <= pada AND s.hari_terakhir >= pada;
    sudah := sudah || tepi;
    RETURN QUERY SELECT u.kab, u.id, n FROM unnest(di, tepi) u(kab, id);
  END LOOP;
END $$;
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_PEMICU)
    for tabel in _TERBACA:
        op.execute(f"GRANT SELECT ON {tabel} TO {_SEMUA}")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY semua_baca ON {tabel} FOR SELECT TO {_SEMUA} USING (true)")
    for tabel, (milik, kunci, juga) in _BERRIWAYAT.items():
        isi = tabel in ("anggota_wksbm", "kegiatan_wksbm")
        # a link is its own network's: the node says which kabupaten that lies in
        asal = "EXISTS (SELECT 1 FROM simpul_wksbm s WHERE s.id = asal AND s.kab = asal_kab)"
        sah = asal if tabel == "hubungan_wksbm" else "true"
        baca = {
            "kabupaten": " OR ".join(f"{k} = (SELECT hub_wilayah())" for k in (milik, juga) if k),
            "provinsi": " OR ".join(f"hub_di_bawah({k})" for k in (milik, juga) if k),
            "admin": "true",
        }
        op.execute(f"""
CREATE TABLE {tabel}_riwayat (LIKE {tabel}, diganti_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT {tabel}_riwayat_pkey PRIMARY KEY ({kunci}));
COMMENT ON COLUMN {tabel}_riwayat.diganti_pada IS 'when it was replaced';
GRANT INSERT, UPDATE{", DELETE" if isi else ""} ON {tabel} TO {_PENULIS};
GRANT SELECT ON {tabel}_riwayat TO {_PENULIS};
ALTER TABLE {tabel}_riwayat ENABLE ROW LEVEL SECURITY;
CREATE POLICY admin_tulis ON {tabel} TO hub_admin USING (true) WITH CHECK ({sah});
CREATE POLICY provinsi_tulis ON {tabel} TO hub_provinsi USING (hub_di_bawah({milik})) WITH CHECK (hub_di_bawah({milik}) AND {sah});
CREATE POLICY kabupaten_tulis ON {tabel} TO hub_kabupaten
  USING ({milik} = (SELECT hub_wilayah())) WITH CHECK ({milik} = (SELECT hub_wilayah()) AND {sah});
CREATE TRIGGER {tabel}_diganti BEFORE UPDATE{" OR DELETE" if isi else ""} ON {tabel}
  FOR EACH ROW EXECUTE FUNCTION {"hub_isi_wksbm_diganti" if isi else "hub_wksbm_diganti"}();
""")
        if not isi:
            op.execute(
                f"CREATE TRIGGER {tabel}_tidak_dihapus BEFORE DELETE ON {tabel} FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah()"
            )
        for peran, syarat in baca.items():
            op.execute(f"CREATE POLICY {peran}_baca ON {tabel}_riwayat FOR SELECT TO hub_{peran} USING ({syarat})")
    for tabel in (*_TERBACA, *(f"{t}_riwayat" for t in _BERRIWAYAT)):
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute(
        f"DROP TABLE {', '.join(f'{t}_riwayat, {t}' for t in _BERRIWAYAT)}, tahap_wksbm, simpul_wksbm, tetangga_desa"
    )
    op.execute(
        "DROP FUNCTION hub_jangkauan_wksbm(uuid, integer, date), hub_isi_wksbm_diganti(), hub_wksbm_diganti(), "
        "hub_wksbm_tahap(), hub_wksbm_simpul()"
    )
