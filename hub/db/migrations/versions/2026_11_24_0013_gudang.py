"""Disaster warehouses: goods, the ledger of what came and went, its documents, balances, minimum stock.

Rows of the ledger and its documents are only added. Balances and counters are written by the ledger's trigger alone; no
role may write them. Two rows of a transfer stand and fall together: a trigger at commit says so once more.
"""

from alembic import op

revision = "0013_gudang"
down_revision = "0012_angka_kabupaten"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_TABEL = """
CREATE TABLE barang (
  kode TEXT COLLATE "C" NOT NULL,
  urut INTEGER NOT NULL,
  nama TEXT NOT NULL,
  satuan TEXT NOT NULL,
  bulat BOOLEAN NOT NULL,
  berkedaluwarsa BOOLEAN NOT NULL,
  CONSTRAINT barang_pkey PRIMARY KEY (kode)
);
COMMENT ON COLUMN barang.bulat IS 'counted in whole units';
COMMENT ON COLUMN barang.berkedaluwarsa IS 'every lot has a day from which it is no longer given';
INSERT INTO barang (kode, urut, nama, satuan, bulat, berkedaluwarsa) VALUES
  ('MAKANAN_SIAP_SAJI', 1, 'Makanan siap saji', 'paket', true, true),
  ('LAUK_PAUK_SIAP_SAJI', 2, 'Lauk pauk siap saji', 'paket', true, true),
  ('MAKANAN_ANAK', 3, 'Makanan anak', 'paket', true, true),
  ('FAMILY_KIT', 4, 'Family kit', 'paket', true, false),
  ('KIDS_WARE', 5, 'Kids ware', 'paket', true, false),
  ('FOOD_WARE', 6, 'Food ware', 'paket', true, false),
  ('PERALATAN_DAPUR', 7, 'Peralatan dapur', 'paket', true, false),
  ('KASUR', 8, 'Kasur', 'lembar', true, false),
  ('MATRAS', 9, 'Matras', 'lembar', true, false),
  ('SELIMUT', 10, 'Selimut', 'lembar', true, false),
  ('TENDA_GULUNG', 11, 'Tenda gulung', 'lembar', true, false),
  ('TENDA_KELUARGA', 12, 'Tenda keluarga', 'unit', true, false),
  ('SANDANG', 13, 'Sandang', 'paket', true, false);

CREATE TABLE buku_stok (
  kode_kab TEXT COLLATE "C" NOT NULL,
  gudang UUID NOT NULL,
  urutan INTEGER NOT NULL,
  CONSTRAINT buku_stok_pkey PRIMARY KEY (kode_kab, gudang)
);
COMMENT ON COLUMN buku_stok.urutan IS 'number of the last movement';

CREATE TABLE bukti_stok (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  asal_kab TEXT COLLATE "C" NOT NULL,
  nomor_dokumen TEXT NOT NULL,
  tujuan TEXT,
  alasan TEXT,
  oleh TEXT NOT NULL,
  dicatat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  kunci_idempoten TEXT COLLATE "C",
  hash_isi BYTEA NOT NULL,
  temuan JSONB NOT NULL,
  CONSTRAINT bukti_stok_pkey PRIMARY KEY (kode_kab, id)
);
COMMENT ON COLUMN buku_stok.kode_kab IS 'where the warehouse stands';
COMMENT ON COLUMN buku_stok.gudang IS 'sumber_daya.id';
COMMENT ON COLUMN bukti_stok.id IS 'UUIDv7, the same on both sides of a transfer';
COMMENT ON COLUMN bukti_stok.asal_kab IS 'where it was written: the sender''s side of a transfer';
COMMENT ON COLUMN bukti_stok.tujuan IS 'to whom the goods went';
COMMENT ON COLUMN bukti_stok.alasan IS 'why a correction was made';
COMMENT ON COLUMN bukti_stok.oleh IS 'name on the token that was used';
COMMENT ON COLUMN bukti_stok.kunci_idempoten IS 'null on the receiving side';
COMMENT ON COLUMN bukti_stok.hash_isi IS 'SHA-256 of what was sent';
COMMENT ON COLUMN bukti_stok.temuan IS 'what was found, for the receipt of a repeated call';
CREATE UNIQUE INDEX bukti_stok_kunci_idx ON bukti_stok (kode_kab, kunci_idempoten) WHERE kunci_idempoten IS NOT NULL;

CREATE TABLE mutasi_stok (
  kode_kab TEXT COLLATE "C" NOT NULL,
  gudang UUID NOT NULL,
  urutan INTEGER NOT NULL,
  bukti UUID NOT NULL,
  baris INTEGER NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  barang TEXT COLLATE "C" NOT NULL,
  sumber_dana TEXT COLLATE "C" NOT NULL,
  lot TEXT COLLATE "C" NOT NULL,
  kedaluwarsa DATE,
  jumlah NUMERIC NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL,
  dicatat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  lawan_kab TEXT COLLATE "C",
  lawan_gudang UUID,
  CONSTRAINT mutasi_stok_pkey PRIMARY KEY (kode_kab, gudang, urutan),
  CONSTRAINT mutasi_stok_jumlah_check CHECK (jumlah <> 0 AND (jenis IN ('TERIMA', 'PINDAH_MASUK') AND jumlah > 0
    OR jenis IN ('KELUAR', 'PINDAH_KELUAR') AND jumlah < 0 OR jenis = 'KOREKSI')),
  CONSTRAINT mutasi_stok_lawan_check CHECK ((jenis IN ('PINDAH_MASUK', 'PINDAH_KELUAR')) = (lawan_kab IS NOT NULL)
    AND (lawan_kab IS NULL) = (lawan_gudang IS NULL)),
  CONSTRAINT mutasi_stok_sumber_dana_check CHECK (sumber_dana IN ('APBN', 'APBD', 'HIBAH'))
);
COMMENT ON COLUMN mutasi_stok.urutan IS '1, 2, 3 … per warehouse, by the trigger';
COMMENT ON COLUMN mutasi_stok.bukti IS 'bukti_stok.id';
COMMENT ON COLUMN mutasi_stok.baris IS 'within the document; the same for both rows of a transfer';
COMMENT ON COLUMN mutasi_stok.jenis IS 'TERIMA, KELUAR, PINDAH_MASUK, PINDAH_KELUAR, KOREKSI';
COMMENT ON COLUMN mutasi_stok.sumber_dana IS 'APBN, APBD, HIBAH';
COMMENT ON COLUMN mutasi_stok.lot IS 'empty: no lot is told apart';
COMMENT ON COLUMN mutasi_stok.kedaluwarsa IS 'first day no longer given to people; null: never';
COMMENT ON COLUMN mutasi_stok.jumlah IS 'in the unit of the goods; negative: out';
COMMENT ON COLUMN mutasi_stok.pada IS 'when it happened';
COMMENT ON COLUMN mutasi_stok.dicatat_pada IS 'when it was written down';
COMMENT ON COLUMN mutasi_stok.lawan_kab IS 'the other side of a transfer';
CREATE INDEX mutasi_stok_kartu_idx ON mutasi_stok (kode_kab, gudang, barang, urutan);
CREATE INDEX mutasi_stok_pada_idx ON mutasi_stok (kode_kab, gudang, barang, pada);
CREATE INDEX mutasi_stok_bukti_idx ON mutasi_stok (kode_kab, bukti, baris);

CREATE TABLE stok (
  kode_kab TEXT COLLATE "C" NOT NULL,
  gudang UUID NOT NULL,
  barang TEXT COLLATE "C" NOT NULL,
  sumber_dana TEXT COLLATE "C" NOT NULL,
  lot TEXT COLLATE "C" NOT NULL,
  kedaluwarsa DATE,
  jumlah NUMERIC NOT NULL,
  CONSTRAINT stok_pkey PRIMARY KEY (kode_kab, gudang, barang, sumber_dana, lot),
  CONSTRAINT stok_jumlah_check CHECK (jumlah >= 0)
);
COMMENT ON COLUMN stok.kedaluwarsa IS 'of the lot: one lot has one';

CREATE TABLE stok_minimum (
  kode_kab TEXT COLLATE "C" NOT NULL,
  gudang UUID NOT NULL,
  barang TEXT COLLATE "C" NOT NULL,
  sejak DATE NOT NULL,
  jumlah NUMERIC NOT NULL,
  diubah_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  diubah_oleh TEXT NOT NULL,
  CONSTRAINT stok_minimum_pkey PRIMARY KEY (kode_kab, gudang, barang, sejak),
  CONSTRAINT stok_minimum_jumlah_check CHECK (jumlah >= 0)
);
COMMENT ON COLUMN mutasi_stok.kode_kab IS 'where the warehouse stands';
COMMENT ON COLUMN mutasi_stok.gudang IS 'sumber_daya.id';
COMMENT ON COLUMN stok.kode_kab IS 'where the warehouse stands';
COMMENT ON COLUMN stok.gudang IS 'sumber_daya.id';
COMMENT ON COLUMN stok_minimum.kode_kab IS 'where the warehouse stands';
COMMENT ON COLUMN stok_minimum.gudang IS 'sumber_daya.id';
COMMENT ON COLUMN stok_minimum.sejak IS 'first day it holds, office''s zone';
"""

_FUNGSI = """
-- the office's zone, which every connection of the hub says when it opens
CREATE FUNCTION hub_zona() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('hub.zona', true), ''), 'Asia/Jakarta');

-- the day of a moment, and the first moment of a day, at the office
CREATE FUNCTION hub_hari(saat timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (saat AT TIME ZONE hub_zona())::date;
CREATE FUNCTION hub_awal_hari(hari date) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN hari::timestamp AT TIME ZONE hub_zona();

-- whether the warehouse is kept by the province (or for the ministry), wherever it stands
CREATE FUNCTION hub_gudang_atas(kab text, nomor uuid) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT 1 FROM sumber_daya s
    WHERE s.kode_kab = kab AND s.id = nomor AND s.pemilik IN ('KEMENTERIAN', 'PROVINSI'));

-- hold a warehouse's ledger until the transaction ends. The other side of a transfer may belong to another office, whose
-- rows the caller cannot write; so it runs as the owner, and does nothing but wait
CREATE FUNCTION hub_buka_buku_stok(kab text, nomor uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO buku_stok (kode_kab, gudang, urutan) VALUES (kab, nomor, 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM buku_stok WHERE kode_kab = kab AND gudang = nomor FOR UPDATE;
END $$;
REVOKE ALL ON FUNCTION hub_buka_buku_stok(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_buka_buku_stok(text, uuid) TO hub_kabupaten, hub_provinsi;

-- number the movement and carry it into the balance of its lot; the check on the balance refuses what is not there
CREATE FUNCTION hub_catat_mutasi_stok() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO buku_stok AS b (kode_kab, gudang, urutan) VALUES (NEW.kode_kab, NEW.gudang, 1)
    ON CONFLICT (kode_kab, gudang) DO UPDATE SET urutan = b.urutan + 1 RETURNING urutan INTO NEW.urutan;
  -- not ON CONFLICT: the row to be inserted would be checked before the conflict is seen, and what goes out is below zero
  UPDATE stok SET jumlah = jumlah + NEW.jumlah
    WHERE kode_kab = NEW.kode_kab AND gudang = NEW.gudang AND barang = NEW.barang AND sumber_dana = NEW.sumber_dana
      AND lot = NEW.lot AND kedaluwarsa IS NOT DISTINCT FROM NEW.kedaluwarsa;
  IF NOT FOUND THEN
    INSERT INTO stok (kode_kab, gudang, barang, sumber_dana, lot, kedaluwarsa, jumlah)
      VALUES (NEW.kode_kab, NEW.gudang, NEW.barang, NEW.sumber_dana, NEW.lot, NEW.kedaluwarsa, NEW.jumlah);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mutasi_stok_catat BEFORE INSERT ON mutasi_stok FOR EACH ROW EXECUTE FUNCTION hub_catat_mutasi_stok();

CREATE FUNCTION hub_pindah_berpasangan() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM mutasi_stok p
    WHERE p.kode_kab = NEW.lawan_kab AND p.bukti = NEW.bukti AND p.baris = NEW.baris AND p.gudang = NEW.lawan_gudang
      AND p.lawan_kab = NEW.kode_kab AND p.lawan_gudang = NEW.gudang AND p.jumlah = -NEW.jumlah AND p.pada = NEW.pada
      AND p.barang = NEW.barang AND p.sumber_dana = NEW.sumber_dana AND p.lot = NEW.lot
      AND p.kedaluwarsa IS NOT DISTINCT FROM NEW.kedaluwarsa
  ) THEN
    RAISE EXCEPTION 'perpindahan tanpa pasangan: bukti % baris %', NEW.bukti, NEW.baris USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mutasi_stok_berpasangan AFTER INSERT ON mutasi_stok DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.lawan_kab IS NOT NULL) EXECUTE FUNCTION hub_pindah_berpasangan();

CREATE TRIGGER mutasi_stok_tetap BEFORE UPDATE OR DELETE ON mutasi_stok FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER bukti_stok_tetap BEFORE UPDATE OR DELETE ON bukti_stok FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
"""

_KEBIJAKAN = """
CREATE POLICY publik_baca ON {tabel} FOR SELECT TO hub_publik USING ({terbuka});
CREATE POLICY admin_baca ON {tabel} FOR SELECT TO hub_admin USING (true);
CREATE POLICY kabupaten_baca ON {tabel} FOR SELECT TO hub_kabupaten
  USING ({terbuka} OR kode_kab = (SELECT hub_wilayah()){juga_kab});
CREATE POLICY provinsi_baca ON {tabel} FOR SELECT TO hub_provinsi
  USING ({terbuka} OR hub_di_bawah(kode_kab){juga_prov});
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_FUNGSI)
    op.execute(f"GRANT SELECT ON barang, bukti_stok, mutasi_stok, stok, stok_minimum TO {_SEMUA}")
    op.execute("GRANT INSERT ON bukti_stok, mutasi_stok, stok_minimum TO hub_kabupaten, hub_provinsi")
    op.execute("GRANT UPDATE (jumlah, diubah_pada, diubah_oleh) ON stok_minimum TO hub_kabupaten, hub_provinsi")
    for tabel in ("buku_stok", "bukti_stok", "mutasi_stok", "stok", "stok_minimum"):
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
    for tabel in ("mutasi_stok", "stok", "stok_minimum"):
        op.execute(_KEBIJAKAN.format(tabel=tabel, terbuka="true", juga_kab="", juga_prov=""))
    op.execute(
        _KEBIJAKAN.format(
            tabel="bukti_stok", terbuka="false", juga_kab=" OR asal_kab = (SELECT hub_wilayah())",
            juga_prov=" OR hub_di_bawah(asal_kab)",
        )
    )  # fmt: skip
    # one's own side, and the other side of what one sends; a kabupaten does not write for a warehouse of the province
    op.execute("""
CREATE POLICY kabupaten_tambah ON bukti_stok FOR INSERT TO hub_kabupaten
  WITH CHECK (asal_kab = (SELECT hub_wilayah()) AND (kode_kab = asal_kab OR kunci_idempoten IS NULL));
CREATE POLICY provinsi_tambah ON bukti_stok FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(asal_kab) AND (kode_kab = asal_kab OR kunci_idempoten IS NULL));
CREATE POLICY kabupaten_tambah ON mutasi_stok FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND NOT hub_gudang_atas(kode_kab, gudang)
    OR jenis = 'PINDAH_MASUK' AND lawan_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_tambah ON mutasi_stok FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_kab) OR jenis = 'PINDAH_MASUK' AND hub_di_bawah(lawan_kab));
CREATE POLICY kabupaten_tambah ON stok_minimum FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND NOT hub_gudang_atas(kode_kab, gudang));
CREATE POLICY kabupaten_ubah ON stok_minimum FOR UPDATE TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah()))
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND NOT hub_gudang_atas(kode_kab, gudang));
CREATE POLICY provinsi_tambah ON stok_minimum FOR INSERT TO hub_provinsi WITH CHECK (hub_di_bawah(kode_kab));
CREATE POLICY provinsi_ubah ON stok_minimum FOR UPDATE TO hub_provinsi
  USING (hub_di_bawah(kode_kab)) WITH CHECK (hub_di_bawah(kode_kab));
""")
    for tabel in ("barang", "bukti_stok", "mutasi_stok", "stok", "stok_minimum"):
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute("DROP TABLE mutasi_stok, bukti_stok, buku_stok, stok, stok_minimum, barang")
    op.execute(
        "DROP FUNCTION hub_gudang_atas(text, uuid), hub_pindah_berpasangan(), hub_catat_mutasi_stok(), hub_buka_buku_stok(text, uuid), "
        "hub_awal_hari(date), hub_hari(timestamptz), hub_zona()"
    )
