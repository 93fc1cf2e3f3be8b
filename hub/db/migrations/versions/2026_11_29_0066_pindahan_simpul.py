"""Goods between offices of which one keeps its ledger at a hub of its own.

Each office writes its own ledger, at its own hub, and hears of the other's by the chain: what left for it (`pindahan.kirim`), what the
receiver said (`pindahan.jawab`), and that refused goods are back (`stok.kembali`, instead of the document). A node keeps what the others
wrote of a transfer as it was told: rows of theirs enter no ledger here.
"""

from alembic import op

revision = "0066_pindahan_simpul"
down_revision = "0063_banding"

_WHERE = """
-- whether these are rows of a ledger that is kept elsewhere: at a node those of any other kabupaten
CREATE FUNCTION hub_luar_simpul(kab text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT count(*) > 0 AND NOT coalesce(bool_or(o.kode_kab = kab), false) FROM (
    SELECT r.kode_kab FROM public.rantai r WHERE r.arah = 'NAIK' AND r.ditulis
    UNION ALL SELECT s.kode_kab FROM public.simpul s WHERE s.induk IS NOT NULL) o
$$;

-- whether the ledger of that warehouse is written at this hub
CREATE FUNCTION hub_buku_di_sini(kab text, nomor uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT NOT hub_luar_simpul(kab)
    AND NOT EXISTS (SELECT FROM rantai r WHERE r.kode_kab = kab AND r.ditulis AND (r.arah = 'NAIK') = hub_gudang_atas(kab, hub_buku_di_sini.nomor))
$$;
"""

_FOREIGN_ROWS = """
-- what was told is kept as it is: it enters no ledger here, and of an answer that was given elsewhere what came in is not here
DROP TRIGGER mutasi_stok_catat ON mutasi_stok;
CREATE TRIGGER mutasi_stok_catat BEFORE INSERT ON mutasi_stok
  FOR EACH ROW WHEN (NOT hub_luar_simpul(NEW.kode_kab)) EXECUTE FUNCTION hub_catat_mutasi_stok();
DROP TRIGGER jawaban_pindahan_lengkap ON jawaban_pindahan;
CREATE CONSTRAINT TRIGGER jawaban_pindahan_lengkap AFTER INSERT ON jawaban_pindahan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NOT hub_luar_simpul(NEW.kode_kab)) EXECUTE FUNCTION hub_jawaban_lengkap();

-- what others wrote of a transfer to or from this node's kabupaten, as its province told it
CREATE FUNCTION hub_catat_pindahan_luar(isi jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
  IF hub_klaim('hub_sistem') IS NULL OR NOT EXISTS (SELECT FROM rantai WHERE arah = 'NAIK' AND ditulis) THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, sampai, tingkat_gudang, diubah_pada, diubah_oleh)
    SELECT kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, sampai, tingkat_gudang, hub_saat(), diubah_oleh
    FROM jsonb_populate_recordset(NULL::sumber_daya, isi->'sumber_daya') WHERE hub_luar_simpul(kode_kab)
    ON CONFLICT (kode_kab, id) DO NOTHING;
  INSERT INTO bukti_stok (kode_kab, id, asal_kab, nomor_dokumen, tujuan, alasan, oleh, dicatat_pada, hash_isi, temuan)
    SELECT kode_kab, id, asal_kab, nomor_dokumen, tujuan, alasan, oleh, dicatat_pada, hash_isi, '[]'
    FROM jsonb_populate_recordset(NULL::bukti_stok, isi->'bukti_stok') WHERE hub_luar_simpul(kode_kab) ON CONFLICT DO NOTHING;
  INSERT INTO pindahan_stok (kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada)
    SELECT kode_kab, id, gudang, ke_kab, ke_gudang, satu_kantor, dikirim_pada
    FROM jsonb_populate_recordset(NULL::pindahan_stok, isi->'pindahan_stok') WHERE hub_luar_simpul(kode_kab) ON CONFLICT DO NOTHING;
  INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, jumlah, pada,
      dicatat_pada, lawan_kab, lawan_gudang)
    SELECT kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, jumlah, pada, dicatat_pada,
      lawan_kab, lawan_gudang
    FROM jsonb_populate_recordset(NULL::mutasi_stok, isi->'mutasi_stok') WHERE hub_luar_simpul(kode_kab) ON CONFLICT DO NOTHING;
  INSERT INTO jawaban_pindahan (kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada)
    SELECT kode_kab, asal_kab, pindahan, gudang, status, alasan, bukti, oleh, dicatat_pada
    FROM jsonb_populate_recordset(NULL::jawaban_pindahan, isi->'jawaban_pindahan')
    WHERE NOT hub_buku_di_sini(kode_kab, gudang) ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION hub_catat_pindahan_luar(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_catat_pindahan_luar(jsonb) TO hub_sistem;
"""

_RETURNS = """
-- refused goods back into their sender's ledger, once, at that moment; whether it was done now
CREATE FUNCTION hub_kembalikan_pada(kab text, nomor uuid, nomor_bukti uuid, saat timestamptz) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p pindahan_stok;
  j jawaban_pindahan;
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
  saat := coalesce(saat, hub_saat());
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
REVOKE ALL ON FUNCTION hub_kembalikan_pada(text, uuid, uuid, timestamptz) FROM PUBLIC;

-- by the hub where that ledger is written
CREATE OR REPLACE FUNCTION hub_kembalikan_pindahan(kab text, nomor uuid, nomor_bukti uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(hub_klaim('hub_admin'), hub_klaim('hub_sistem')) IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN EXISTS (SELECT FROM pindahan_stok p WHERE p.kode_kab = kab AND p.id = nomor AND hub_buku_di_sini(p.kode_kab, p.gudang))
    AND hub_kembalikan_pada(kab, nomor, nomor_bukti, NULL);
END $$;

-- as the hub told where that ledger is written; false: it does not fit what is here
CREATE FUNCTION hub_terima_kembali(kab text, nomor uuid, nomor_bukti uuid, saat timestamptz) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p pindahan_stok;
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO p FROM pindahan_stok WHERE kode_kab = kab AND id = nomor;
  IF NOT FOUND OR hub_buku_di_sini(p.kode_kab, p.gudang) OR hub_luar_simpul(kab) THEN
    RETURN false;
  END IF;
  RETURN hub_kembalikan_pada(kab, nomor, nomor_bukti, saat);
END $$;
REVOKE ALL ON FUNCTION hub_terima_kembali(text, uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_terima_kembali(text, uuid, uuid, timestamptz) TO hub_sistem;
"""

_HEAD = """RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$"""

_TELLING = f"""
-- chains of two kabupaten are held in one order, whichever document comes first
CREATE FUNCTION hub_rantai_pegang_dua(satu text, lain text) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT FROM public.rantai WHERE kode_kab IN (satu, lain) AND ditulis ORDER BY kode_kab FOR UPDATE
$$;
REVOKE ALL ON FUNCTION hub_rantai_pegang_dua(text, text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION hub_rantai_stok() {_HEAD}
DECLARE
  kirim public.pindahan_stok;
  jawab public.jawaban_pindahan;
  arah text;
  kembali uuid;
BEGIN
  SELECT * INTO kirim FROM public.pindahan_stok p WHERE p.kode_kab = NEW.kode_kab AND p.id = NEW.id;
  SELECT * INTO jawab FROM public.jawaban_pindahan j WHERE j.kode_kab = NEW.kode_kab AND j.bukti = NEW.id;
  PERFORM public.hub_rantai_pegang_dua(NEW.kode_kab, coalesce(kirim.ke_kab, jawab.asal_kab, NEW.kode_kab));
  arah := public.hub_rantai_arah(NEW.kode_kab);
  IF arah IS NULL OR EXISTS (SELECT FROM public.mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.id
      AND public.hub_gudang_atas(m.kode_kab, m.gudang) <> (arah = 'TURUN')) THEN
    RETURN NULL;
  END IF;
  IF NEW.kunci_idempoten IS NULL THEN
    SELECT p.id INTO kembali FROM public.pindahan_stok p WHERE p.kode_kab = NEW.kode_kab AND p.bukti_kembali = NEW.id;
    IF FOUND THEN
      PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'stok.kembali', 'stok:' || NEW.kode_kab || ':' || NEW.id,
        public.hub_rantai_baris(jsonb_build_object('bukti', NEW.id, 'pada', NEW.dicatat_pada, 'pindahan', kembali)), NEW.oleh);
      RETURN NULL;
    END IF;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'stok.catat', 'stok:' || NEW.kode_kab || ':' || NEW.id,
    '{{"bukti_stok":[' || public.hub_rantai_baris(to_jsonb(NEW))
    || '],"jawaban_pindahan":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(j)), ',' ORDER BY j.asal_kab, j.pindahan)
      FROM public.jawaban_pindahan j WHERE j.kode_kab = NEW.kode_kab AND j.bukti = NEW.id), '')
    || '],"mutasi_stok":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(m)), ',' ORDER BY m.gudang, m.urutan)
      FROM public.mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.id), '')
    || '],"pindahan_stok":[' || CASE WHEN kirim.id IS NULL THEN '' ELSE public.hub_rantai_baris(to_jsonb(kirim)) END || ']}}', NEW.oleh);
  RETURN NULL;
END $$;

-- to the node of the kabupaten they go to: what left for it, with the warehouse it left
CREATE FUNCTION hub_rantai_pindahan() {_HEAD}
BEGIN
  IF NEW.kode_kab = NEW.ke_kab OR public.hub_rantai_arah(NEW.ke_kab) IS DISTINCT FROM 'TURUN' THEN
    RETURN NULL;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.ke_kab, 'pindahan.kirim', 'pindahan:' || NEW.kode_kab || ':' || NEW.id,
    '{{"bukti_stok":[' || public.hub_rantai_baris(to_jsonb(b) - 'kunci_idempoten')
    || '],"mutasi_stok":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(m)), ',' ORDER BY m.gudang, m.urutan)
      FROM public.mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.id AND m.gudang = NEW.gudang), '')
    || '],"pindahan_stok":[' || public.hub_rantai_baris(to_jsonb(NEW))
    || '],"sumber_daya":[' || coalesce((
      SELECT public.hub_rantai_baris(jsonb_build_object('kode_kab', s.kode_kab, 'id', s.id, 'jenis', s.jenis, 'nama', s.nama,
        'pemilik', s.pemilik, 'kode_desa', s.kode_desa, 'titik', s.titik::text, 'sejak', s.sejak, 'sampai', s.sampai,
        'tingkat_gudang', s.tingkat_gudang, 'diubah_oleh', s.diubah_oleh))
      FROM public.sumber_daya s WHERE s.kode_kab = NEW.kode_kab AND s.id = NEW.gudang), '') || ']}}', b.oleh)
  FROM public.bukti_stok b WHERE b.kode_kab = NEW.kode_kab AND b.id = NEW.id;
  RETURN NULL;
END $$;

-- what the receiver said, to whoever does not see it in the ledger: received goods stand in the receiver's
CREATE FUNCTION hub_rantai_jawaban() {_HEAD}
DECLARE
  atas boolean := public.hub_gudang_atas(NEW.kode_kab, NEW.gudang);
  ditolak boolean := NEW.status = 'DITOLAK';
  kab text;
  arah text;
BEGIN
  PERFORM public.hub_rantai_pegang_dua(NEW.kode_kab, NEW.asal_kab);
  FOR kab IN SELECT DISTINCT k FROM unnest(ARRAY[NEW.kode_kab, NEW.asal_kab]) k ORDER BY k LOOP
    arah := public.hub_rantai_arah(kab);
    IF arah = 'NAIK' AND kab = NEW.kode_kab AND ditolak AND NOT atas
      OR arah = 'TURUN' AND (atas OR kab <> NEW.kode_kab) AND (ditolak OR kab <> NEW.kode_kab) THEN
      PERFORM public.hub_rantai_kabarkan(kab, 'pindahan.jawab', 'jawaban:' || NEW.asal_kab || ':' || NEW.pindahan,
        '{{"jawaban_pindahan":[' || public.hub_rantai_baris(to_jsonb(NEW)) || ']}}', NEW.oleh);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
"""

_TRIGGERS = """
CREATE CONSTRAINT TRIGGER rantai AFTER INSERT ON pindahan_stok DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION hub_rantai_pindahan();
CREATE CONSTRAINT TRIGGER rantai AFTER INSERT ON jawaban_pindahan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION hub_rantai_jawaban();
REVOKE ALL ON FUNCTION hub_rantai_pindahan() FROM PUBLIC;
REVOKE ALL ON FUNCTION hub_rantai_jawaban() FROM PUBLIC;
"""

_BEFORE = f"""
CREATE OR REPLACE FUNCTION hub_rantai_stok() {_HEAD}
DECLARE
  arah text := public.hub_rantai_arah(NEW.kode_kab);
BEGIN
  IF arah IS NULL OR EXISTS (SELECT FROM public.mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.id
      AND public.hub_gudang_atas(m.kode_kab, m.gudang) <> (arah = 'TURUN')) THEN
    RETURN NULL;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'stok.catat', 'stok:' || NEW.kode_kab || ':' || NEW.id,
    '{{"bukti_stok":[' || public.hub_rantai_baris(to_jsonb(NEW))
    || '],"jawaban_pindahan":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(j)), ',' ORDER BY j.asal_kab, j.pindahan)
      FROM public.jawaban_pindahan j WHERE j.kode_kab = NEW.kode_kab AND j.bukti = NEW.id), '')
    || '],"mutasi_stok":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(m)), ',' ORDER BY m.gudang, m.urutan)
      FROM public.mutasi_stok m WHERE m.kode_kab = NEW.kode_kab AND m.bukti = NEW.id), '')
    || '],"pindahan_stok":[' || coalesce((
      SELECT public.hub_rantai_baris(to_jsonb(p))
      FROM public.pindahan_stok p WHERE p.kode_kab = NEW.kode_kab AND p.id = NEW.id), '') || ']}}', NEW.oleh);
  RETURN NULL;
END $$;
"""
_RETURNS_BEFORE = """
CREATE OR REPLACE FUNCTION hub_kembalikan_pindahan(kab text, nomor uuid, nomor_bukti uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p pindahan_stok;
  j jawaban_pindahan;
  saat timestamptz;
BEGIN
  IF coalesce(hub_klaim('hub_admin'), hub_klaim('hub_sistem')) IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
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
"""


def upgrade() -> None:
    for part in (_WHERE, _FOREIGN_ROWS, _RETURNS, _TELLING, _TRIGGERS):
        op.execute(part)


def downgrade() -> None:
    op.execute("""
DROP TRIGGER rantai ON pindahan_stok;
DROP TRIGGER rantai ON jawaban_pindahan;
DROP FUNCTION hub_rantai_pindahan();
DROP FUNCTION hub_rantai_jawaban();
""")
    op.execute(_BEFORE)
    op.execute(_RETURNS_BEFORE)
    op.execute("""
DROP FUNCTION hub_rantai_pegang_dua(text, text);
DROP FUNCTION hub_terima_kembali(text, uuid, uuid, timestamptz);
DROP FUNCTION hub_kembalikan_pada(text, uuid, uuid, timestamptz);
DROP FUNCTION hub_catat_pindahan_luar(jsonb);
DROP TRIGGER mutasi_stok_catat ON mutasi_stok;
CREATE TRIGGER mutasi_stok_catat BEFORE INSERT ON mutasi_stok FOR EACH ROW EXECUTE FUNCTION hub_catat_mutasi_stok();
DROP TRIGGER jawaban_pindahan_lengkap ON jawaban_pindahan;
CREATE CONSTRAINT TRIGGER jawaban_pindahan_lengkap AFTER INSERT ON jawaban_pindahan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION hub_jawaban_lengkap();
DROP FUNCTION hub_buku_di_sini(text, uuid);
DROP FUNCTION hub_luar_simpul(text);
""")
