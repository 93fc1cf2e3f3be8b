"""Goods between offices are under way until the receiver says so.

Nobody writes a foreign ledger any more: the sender's transaction writes what went out and that it was sent, the receiver's
what came in and that it was received. Refused goods come back by a function of the owner's, which writes nothing but what was
refused. Transfers written before are kept as received; their rows in the ledgers stay as they are.
"""

from alembic import op

revision = "0026_pindahan"
down_revision = "0025_peta_mulai"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"

_TABEL = """
CREATE TABLE pindahan_stok (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  gudang UUID NOT NULL,
  ke_kab TEXT COLLATE "C" NOT NULL,
  ke_gudang UUID NOT NULL,
  satu_kantor BOOLEAN NOT NULL,
  dikirim_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  bukti_kembali UUID,
  CONSTRAINT pindahan_stok_pkey PRIMARY KEY (kode_kab, id)
);
COMMENT ON COLUMN pindahan_stok.kode_kab IS 'where the sender''s warehouse stands';
COMMENT ON COLUMN pindahan_stok.id IS 'bukti_stok.id of what went out';
COMMENT ON COLUMN pindahan_stok.gudang IS 'sumber_daya.id of the sender';
COMMENT ON COLUMN pindahan_stok.ke_kab IS 'where the receiver''s warehouse stands';
COMMENT ON COLUMN pindahan_stok.ke_gudang IS 'sumber_daya.id of the receiver';
COMMENT ON COLUMN pindahan_stok.satu_kantor IS 'one office keeps both, in two kabupaten: received at once, in a transaction of its own';
COMMENT ON COLUMN pindahan_stok.dikirim_pada IS 'when the goods left';
COMMENT ON COLUMN pindahan_stok.bukti_kembali IS 'bukti_stok.id of the return, once it is written';
CREATE INDEX pindahan_stok_keluar_idx ON pindahan_stok (kode_kab, gudang, id);
CREATE INDEX pindahan_stok_masuk_idx ON pindahan_stok (ke_kab, ke_gudang, id);

CREATE TABLE jawaban_pindahan (
  kode_kab TEXT COLLATE "C" NOT NULL,
  asal_kab TEXT COLLATE "C" NOT NULL,
  pindahan UUID NOT NULL,
  gudang UUID NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  alasan TEXT,
  bukti UUID,
  oleh TEXT NOT NULL,
  dicatat_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT jawaban_pindahan_pkey PRIMARY KEY (kode_kab, asal_kab, pindahan),
  CONSTRAINT jawaban_pindahan_status_check CHECK (status = 'DITERIMA' AND bukti IS NOT NULL AND alasan IS NULL
    OR status = 'DITOLAK' AND bukti IS NULL AND alasan IS NOT NULL)
);
COMMENT ON COLUMN jawaban_pindahan.kode_kab IS 'where the receiver''s warehouse stands';
COMMENT ON COLUMN jawaban_pindahan.asal_kab IS 'pindahan_stok.kode_kab';
COMMENT ON COLUMN jawaban_pindahan.pindahan IS 'pindahan_stok.id';
COMMENT ON COLUMN jawaban_pindahan.gudang IS 'sumber_daya.id of the receiver';
COMMENT ON COLUMN jawaban_pindahan.status IS 'DITERIMA, DITOLAK';
COMMENT ON COLUMN jawaban_pindahan.alasan IS 'why it was refused';
COMMENT ON COLUMN jawaban_pindahan.bukti IS 'bukti_stok.id of what came in';
COMMENT ON COLUMN jawaban_pindahan.oleh IS 'name on the token that was used';
CREATE INDEX jawaban_pindahan_bukti_idx ON jawaban_pindahan (kode_kab, bukti);

COMMENT ON COLUMN bukti_stok.id IS 'UUIDv7; what comes in from another office has its own';
COMMENT ON COLUMN bukti_stok.asal_kab IS 'whose office wrote it: of a return, the one that refused';
COMMENT ON COLUMN bukti_stok.kunci_idempoten IS 'null: written by the hub itself';
ALTER TABLE mutasi_stok ADD COLUMN dikirim_pada TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN mutasi_stok.dikirim_pada IS 'of goods that were refused and came back: when they had left';
ALTER TABLE mutasi_stok ADD CONSTRAINT mutasi_stok_kembali_check
  CHECK (dikirim_pada IS NULL OR jenis = 'PINDAH_MASUK' AND dikirim_pada <= pada);
"""

# What was written before was received there and then, with one document for both sides.
_DAHULU = """
INSERT INTO pindahan_stok (kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada)
SELECT DISTINCT kode_kab, bukti, gudang, lawan_kab, lawan_gudang, false, pada FROM mutasi_stok
WHERE jenis = 'PINDAH_KELUAR'
  AND (left(kode_kab, CASE WHEN hub_gudang_atas(kode_kab, gudang) THEN 2 ELSE 5 END)
    <> left(lawan_kab, CASE WHEN hub_gudang_atas(lawan_kab, lawan_gudang) THEN 2 ELSE 5 END));
INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, bukti, oleh, dicatat_pada)
SELECT p.ke_kab, p.kode_kab, p.id, p.ke_gudang, 'DITERIMA', p.id, b.oleh, b.dicatat_pada
FROM pindahan_stok p JOIN bukti_stok b ON b.kode_kab = p.kode_kab AND b.id = p.id;
"""

_FUNGSI = """
-- who keeps the warehouse: the code of its kabupaten, or of its province
CREATE FUNCTION hub_kantor_gudang(kab text, nomor uuid) RETURNS text LANGUAGE sql STABLE
  RETURN CASE WHEN hub_gudang_atas(kab, nomor) THEN left(kab, 2) ELSE kab END;

-- at commit: what goes out of a ledger goes into another one of the same office and kabupaten with it, or is under way; what
-- comes in does so with what went out there, or is all that was under way, or comes back because it was refused
CREATE OR REPLACE FUNCTION hub_pindah_berpasangan() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.kode_kab = NEW.lawan_kab AND EXISTS (
    SELECT 1 FROM mutasi_stok p
    WHERE p.kode_kab = NEW.kode_kab AND p.bukti = NEW.bukti AND p.baris = NEW.baris AND p.gudang = NEW.lawan_gudang
      AND p.lawan_kab = NEW.kode_kab AND p.lawan_gudang = NEW.gudang AND p.jumlah = -NEW.jumlah AND p.pada = NEW.pada
      AND p.barang = NEW.barang AND p.sumber_dana = NEW.sumber_dana AND p.lot = NEW.lot
      AND p.kedaluwarsa IS NOT DISTINCT FROM NEW.kedaluwarsa
  ) AND hub_kantor_gudang(NEW.kode_kab, NEW.gudang) = hub_kantor_gudang(NEW.lawan_kab, NEW.lawan_gudang) THEN
    RETURN NULL;
  ELSIF NEW.jenis = 'PINDAH_KELUAR' AND EXISTS (
    SELECT 1 FROM pindahan_stok p
    WHERE p.kode_kab = NEW.kode_kab AND p.id = NEW.bukti AND p.gudang = NEW.gudang AND p.ke_kab = NEW.lawan_kab
      AND p.ke_gudang = NEW.lawan_gudang AND p.dikirim_pada = NEW.pada AND p.bukti_kembali IS NULL
  ) THEN
    RETURN NULL;
  ELSIF NEW.jenis = 'PINDAH_MASUK' AND EXISTS (
    SELECT 1 FROM pindahan_stok p
    JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id
    JOIN mutasi_stok m ON m.kode_kab = p.kode_kab AND m.bukti = p.id AND m.gudang = p.gudang AND m.jenis = 'PINDAH_KELUAR'
    WHERE m.baris = NEW.baris AND m.jumlah = -NEW.jumlah AND m.pada <= NEW.pada AND m.barang = NEW.barang
      AND m.sumber_dana = NEW.sumber_dana AND m.lot = NEW.lot AND m.kedaluwarsa IS NOT DISTINCT FROM NEW.kedaluwarsa
      AND (NEW.dikirim_pada IS NULL AND j.kode_kab = NEW.kode_kab AND j.bukti = NEW.bukti AND j.gudang = NEW.gudang
          AND p.kode_kab = NEW.lawan_kab AND p.gudang = NEW.lawan_gudang
        OR NEW.dikirim_pada = m.pada AND p.kode_kab = NEW.kode_kab AND p.bukti_kembali = NEW.bukti AND p.gudang = NEW.gudang
          AND p.ke_kab = NEW.lawan_kab AND p.ke_gudang = NEW.lawan_gudang AND j.status = 'DITOLAK')
  ) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'perpindahan tanpa pasangan: bukti % baris %', NEW.bukti, NEW.baris USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- at commit: an answer is to a transfer into that very warehouse, and received is all of it
CREATE FUNCTION hub_jawaban_lengkap() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM pindahan_stok p
    WHERE p.kode_kab = NEW.asal_kab AND p.id = NEW.pindahan AND p.ke_kab = NEW.kode_kab AND p.ke_gudang = NEW.gudang
      AND (NEW.bukti IS NULL OR (
        SELECT count(*) FROM mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.bukti AND m.gudang = NEW.gudang
      ) = (
        SELECT count(*) FROM mutasi_stok m
        WHERE m.kode_kab = p.kode_kab AND m.bukti = p.id AND m.gudang = p.gudang AND m.jenis = 'PINDAH_KELUAR'
      ))
  ) THEN
    RAISE EXCEPTION 'jawaban tanpa pindahan: %', NEW.pindahan USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER jawaban_pindahan_lengkap AFTER INSERT ON jawaban_pindahan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION hub_jawaban_lengkap();

CREATE TRIGGER jawaban_pindahan_tetap BEFORE UPDATE OR DELETE ON jawaban_pindahan
  FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER pindahan_stok_tetap BEFORE DELETE OR UPDATE OF kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada
  ON pindahan_stok FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();

-- what was refused back into the sender's ledger, once; whether it was done now. It runs as the owner: whoever refuses cannot
-- write that ledger, and this writes nothing but what went out of it. `nomor_bukti`: UUIDv7 of the document of the return
CREATE FUNCTION hub_kembalikan_pindahan(kab text, nomor uuid, nomor_bukti uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p pindahan_stok;
  j jawaban_pindahan;
  saat timestamptz;
BEGIN
  SELECT * INTO p FROM pindahan_stok WHERE kode_kab = kab AND id = nomor;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM hub_buka_buku_stok(p.kode_kab, p.gudang);
  SELECT * INTO p FROM pindahan_stok WHERE kode_kab = kab AND id = nomor;
  SELECT * INTO j FROM jawaban_pindahan
    WHERE kode_kab = p.ke_kab AND asal_kab = p.kode_kab AND pindahan = p.id AND status = 'DITOLAK';
  IF NOT FOUND OR p.bukti_kembali IS NOT NULL THEN
    RETURN false;
  END IF;
  saat := hub_saat();
  INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, alasan, oleh, dicatat_pada, hash_isi, temuan)
    SELECT b.kode_kab, nomor_bukti, p.ke_kab, b.nomor_dokumen, j.alasan, j.oleh, saat, b.hash_isi, '[]'
    FROM bukti_stok b WHERE b.kode_kab = p.kode_kab AND b.id = p.id;
  UPDATE pindahan_stok SET bukti_kembali = nomor_bukti WHERE kode_kab = p.kode_kab AND id = p.id;
  INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, jumlah, pada,
      dicatat_pada, lawan_kab, lawan_gudang, dikirim_pada)
    SELECT m.kode_kab, m.gudang, 0, nomor_bukti, m.baris, 'PINDAH_MASUK', m.barang, m.sumber_dana, m.lot, m.kedaluwarsa, -m.jumlah,
      saat, saat, m.lawan_kab, m.lawan_gudang, m.pada
    FROM mutasi_stok m
    WHERE m.kode_kab = p.kode_kab AND m.bukti = p.id AND m.gudang = p.gudang AND m.jenis = 'PINDAH_KELUAR' ORDER BY m.baris;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION hub_kembalikan_pindahan(text, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_kembalikan_pindahan(text, uuid, uuid) TO hub_admin;
"""

_KEBIJAKAN = """
GRANT SELECT, INSERT ON pindahan_stok, jawaban_pindahan TO hub_kabupaten, hub_provinsi;
GRANT SELECT ON pindahan_stok, jawaban_pindahan TO hub_publik, hub_admin;
ALTER TABLE pindahan_stok ENABLE ROW LEVEL SECURITY;
ALTER TABLE jawaban_pindahan ENABLE ROW LEVEL SECURITY;
CREATE POLICY admin_baca ON pindahan_stok FOR SELECT TO hub_admin USING (true);
CREATE POLICY admin_baca ON jawaban_pindahan FOR SELECT TO hub_admin USING (true);
CREATE POLICY kabupaten_baca ON pindahan_stok FOR SELECT TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah()) OR ke_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON pindahan_stok FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab) OR hub_di_bawah(ke_kab));
CREATE POLICY kabupaten_baca ON jawaban_pindahan FOR SELECT TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah()) OR asal_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON jawaban_pindahan FOR SELECT TO hub_provinsi
  USING (hub_di_bawah(kode_kab) OR hub_di_bawah(asal_kab));

-- whoever sees the transfer sees its document
CREATE POLICY kabupaten_baca_pindahan ON bukti_stok FOR SELECT TO hub_kabupaten
  USING (EXISTS (SELECT 1 FROM pindahan_stok p WHERE p.kode_kab = bukti_stok.kode_kab AND p.id = bukti_stok.id));
CREATE POLICY provinsi_baca_pindahan ON bukti_stok FOR SELECT TO hub_provinsi
  USING (EXISTS (SELECT 1 FROM pindahan_stok p WHERE p.kode_kab = bukti_stok.kode_kab AND p.id = bukti_stok.id));

-- one's own ledger and nothing else
DROP POLICY kabupaten_tambah ON mutasi_stok;
DROP POLICY provinsi_tambah ON mutasi_stok;
DROP POLICY kabupaten_tambah ON bukti_stok;
DROP POLICY provinsi_tambah ON bukti_stok;
CREATE POLICY kabupaten_tambah ON bukti_stok FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND asal_kab = kode_kab);
CREATE POLICY provinsi_tambah ON bukti_stok FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_kab) AND asal_kab = kode_kab);
"""

# the sender writes what it sends, the receiver its ledger and its answer
_SENDIRI = """
CREATE POLICY kabupaten_tambah ON {tabel} FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND NOT hub_gudang_atas(kode_kab, gudang));
CREATE POLICY provinsi_tambah ON {tabel} FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_kab) AND hub_gudang_atas(kode_kab, gudang));
"""

_SEMULA = """
-- what is under way stands in no ledger: it would be lost
DO $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM pindahan_stok p
    LEFT JOIN jawaban_pindahan j ON j.kode_kab = p.ke_kab AND j.asal_kab = p.kode_kab AND j.pindahan = p.id
    WHERE j.status IS NULL OR j.status = 'DITOLAK' AND p.bukti_kembali IS NULL
  ) THEN
    RAISE EXCEPTION 'masih ada barang dalam perjalanan; terima atau tolak dahulu';
  END IF;
END $$;
DROP POLICY kabupaten_baca_pindahan ON bukti_stok;
DROP POLICY provinsi_baca_pindahan ON bukti_stok;
DROP POLICY kabupaten_tambah ON mutasi_stok;
DROP POLICY provinsi_tambah ON mutasi_stok;
DROP POLICY kabupaten_tambah ON bukti_stok;
DROP POLICY provinsi_tambah ON bukti_stok;
CREATE POLICY kabupaten_tambah ON bukti_stok FOR INSERT TO hub_kabupaten
  WITH CHECK (asal_kab = (SELECT hub_wilayah()) AND (kode_kab = asal_kab OR kunci_idempoten IS NULL));
CREATE POLICY provinsi_tambah ON bukti_stok FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(asal_kab) AND (kode_kab = asal_kab OR kunci_idempoten IS NULL));
CREATE POLICY kabupaten_tambah ON mutasi_stok FOR INSERT TO hub_kabupaten
  WITH CHECK (kode_kab = (SELECT hub_wilayah()) AND NOT hub_gudang_atas(kode_kab, gudang)
    OR jenis = 'PINDAH_MASUK' AND lawan_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_tambah ON mutasi_stok FOR INSERT TO hub_provinsi
  WITH CHECK (hub_di_bawah(kode_kab) OR jenis = 'PINDAH_MASUK' AND hub_di_bawah(lawan_kab));

DROP FUNCTION hub_kembalikan_pindahan(text, uuid, uuid);
CREATE OR REPLACE FUNCTION hub_pindah_berpasangan() RETURNS trigger LANGUAGE plpgsql
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
ALTER TABLE mutasi_stok DROP CONSTRAINT mutasi_stok_kembali_check;
ALTER TABLE mutasi_stok DROP COLUMN dikirim_pada;
COMMENT ON COLUMN bukti_stok.id IS 'UUIDv7, the same on both sides of a transfer';
COMMENT ON COLUMN bukti_stok.asal_kab IS 'where it was written: the sender''s side of a transfer';
COMMENT ON COLUMN bukti_stok.kunci_idempoten IS 'null on the receiving side';
DROP TABLE jawaban_pindahan, pindahan_stok;
DROP FUNCTION hub_jawaban_lengkap(), hub_kantor_gudang(text, uuid);
"""


def upgrade() -> None:
    op.execute(_TABEL)
    op.execute(_DAHULU)
    op.execute(_FUNGSI)
    op.execute(_KEBIJAKAN)
    for tabel in ("mutasi_stok", "pindahan_stok", "jawaban_pindahan"):
        op.execute(_SENDIRI.format(tabel=tabel))
    for tabel in ("pindahan_stok", "jawaban_pindahan"):
        op.execute(
            f"CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data()"
        )


def downgrade() -> None:
    op.execute(_SEMULA)
