"""Chains: what a hub tells the hub at the other end of a kabupaten, in an order that nobody changes unseen.

A kabupaten with a hub of its own and its province tell each other what they wrote: the node what was submitted and taken back (NAIK),
the province its verdicts (TURUN). Each end writes one chain per kabupaten, and keeps what it took in of the other's. Where there is no
row in `rantai` nothing is written: a guest of the province's hub costs a look into a small table.

An event is written when its transaction commits, by a deferred trigger: a counter row is held, so numbers have no holes, and whatever
writes a rekap tells of it without knowing. Content is JSON as RFC 8785 has it (keys in order, no spaces; figures are strings), so that
anybody can hash what he received again.
"""

from alembic import op

revision = "0054_rantai"
down_revision = "0053_saat"

_HEAD = """
  kode_kab TEXT COLLATE "C" NOT NULL,
  arah TEXT COLLATE "C" NOT NULL,
  masa INTEGER NOT NULL DEFAULT 1,
  nomor BIGINT NOT NULL DEFAULT 0,
  sidik BYTEA NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  awal BIGINT NOT NULL DEFAULT 0,
  awal_sidik BYTEA NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
"""
_EVENT = """
  kode_kab TEXT COLLATE "C" NOT NULL,
  nomor BIGINT NOT NULL,
  masa INTEGER NOT NULL,
  jenis TEXT COLLATE "C" NOT NULL,
  subjek TEXT COLLATE "C" NOT NULL,
  isi TEXT NOT NULL,
  sidik_isi BYTEA NOT NULL,
  sidik_sebelum BYTEA NOT NULL,
  sidik BYTEA NOT NULL,
  asal_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  asal_oleh TEXT NOT NULL,
"""
_KEPT = ("rantai", "rantai_peristiwa", "rantai_masuk", "rantai_peristiwa_masuk", "tanda_terima")

_TABLES = f"""
CREATE TABLE rantai ({_HEAD}
  ditulis BOOLEAN NOT NULL DEFAULT true,
  diterima BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT rantai_pkey PRIMARY KEY (kode_kab),
  CONSTRAINT rantai_arah_check CHECK (arah IN ('NAIK', 'TURUN'))
);
COMMENT ON TABLE rantai IS 'the chain this hub writes of a kabupaten: its end; no row: it writes none';
COMMENT ON COLUMN rantai.awal IS 'number of the last event that came before this hub had the chain';
COMMENT ON COLUMN rantai.ditulis IS 'whether it goes on';
COMMENT ON COLUMN rantai.diterima IS 'the number up to which the other end has said that it has them';

CREATE TABLE rantai_peristiwa ({_EVENT}
  putusan TEXT,
  temuan JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT rantai_peristiwa_pkey PRIMARY KEY (kode_kab, nomor)
);
COMMENT ON TABLE rantai_peristiwa IS 'what this hub told; only added to, but for what the other end made of it';
COMMENT ON COLUMN rantai_peristiwa.putusan IS 'what the other end made of it: DITERIMA, DITOLAK; null: it has not said yet';
CREATE INDEX rantai_peristiwa_subjek_idx ON rantai_peristiwa (kode_kab, subjek, nomor);

CREATE TABLE rantai_masuk ({_HEAD}
  CONSTRAINT rantai_masuk_pkey PRIMARY KEY (kode_kab),
  CONSTRAINT rantai_masuk_arah_check CHECK (arah IN ('NAIK', 'TURUN'))
);
COMMENT ON COLUMN rantai_masuk.awal IS 'number of the last event that came before this hub had the chain';
COMMENT ON TABLE rantai_masuk IS 'the chain the other end writes of a kabupaten: up to where it was taken in, without a hole';

CREATE TABLE rantai_peristiwa_masuk ({_EVENT}
  diterima_pada TIMESTAMP WITH TIME ZONE NOT NULL,
  putusan TEXT NOT NULL,
  temuan JSONB NOT NULL,
  CONSTRAINT rantai_peristiwa_masuk_pkey PRIMARY KEY (kode_kab, nomor),
  CONSTRAINT rantai_peristiwa_masuk_putusan_check CHECK (putusan IN ('DITERIMA', 'DITOLAK'))
);
COMMENT ON TABLE rantai_peristiwa_masuk IS 'what the other end told, and what this hub made of it; only added to';

CREATE TABLE tanda_terima (
  kode_kab TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  diberi BOOLEAN NOT NULL,
  nomor BIGINT NOT NULL,
  isi TEXT NOT NULL,
  tanda_tangan BYTEA,
  peringatan BOOLEAN NOT NULL,
  pada TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT tanda_terima_pkey PRIMARY KEY (kode_kab, id)
);
COMMENT ON TABLE tanda_terima IS 'receipts, at both ends; only added to';
COMMENT ON COLUMN tanda_terima.id IS 'UUIDv7: in order of time';
COMMENT ON COLUMN tanda_terima.diberi IS 'whether this hub gave it; else it was given it';
COMMENT ON COLUMN tanda_terima.nomor IS 'the highest number without a hole';
COMMENT ON COLUMN tanda_terima.isi IS 'JSON, canonical: what was signed';
COMMENT ON COLUMN tanda_terima.peringatan IS 'it tells of something that an operator must look at';

GRANT SELECT, INSERT, UPDATE ON rantai, rantai_masuk TO hub_sistem;
GRANT SELECT ON rantai_peristiwa, rantai_peristiwa_masuk, tanda_terima TO hub_sistem;
GRANT UPDATE (putusan, temuan) ON rantai_peristiwa TO hub_sistem;
GRANT INSERT (kode_kab, id, diberi, nomor, isi, tanda_tangan, peringatan) ON tanda_terima TO hub_sistem;
CREATE TRIGGER rantai_peristiwa_masuk_tetap BEFORE UPDATE OR DELETE ON rantai_peristiwa_masuk
  FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER tanda_terima_tetap BEFORE UPDATE OR DELETE ON tanda_terima FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
CREATE TRIGGER rantai_peristiwa_tetap BEFORE DELETE OR UPDATE OF kode_kab, nomor, masa, jenis, subjek, isi, sidik_isi,
  sidik_sebelum, sidik, asal_pada, asal_oleh ON rantai_peristiwa FOR EACH ROW EXECUTE FUNCTION hub_tolak_ubah();
"""

_WRITING = """
-- JSON as RFC 8785 has it. Of numbers only whole ones come here
CREATE FUNCTION hub_json_kanonik(j jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF jsonb_typeof(j) = 'object' THEN
    RETURN (SELECT '{' || coalesce(string_agg(to_json(key)::text || ':' || public.hub_json_kanonik(value), ','
      ORDER BY key COLLATE "C"), '') || '}' FROM jsonb_each(j));
  ELSIF jsonb_typeof(j) = 'array' THEN
    RETURN (SELECT '[' || coalesce(string_agg(public.hub_json_kanonik(value), ',' ORDER BY urut), '') || ']'
      FROM jsonb_array_elements(j) WITH ORDINALITY AS b (value, urut));
  END IF;
  RETURN j::text;
END $$;

-- a moment as chains write it
CREATE FUNCTION hub_saat_rantai(pada timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_char(pada AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- the hash of an event: of where it stands, what it says, and of the one before it
CREATE FUNCTION hub_sidik_rantai(kab text, arah text, masa integer, nomor bigint, jenis text, subjek text, pada timestamptz,
  oleh text, sidik_isi bytea, sidik_sebelum bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN sha256(convert_to('[' || concat_ws(',', to_json(kab)::text, to_json(arah)::text, masa::text, nomor::text,
    to_json(jenis)::text, to_json(subjek)::text, to_json(hub_saat_rantai(pada))::text, to_json(oleh)::text,
    to_json(encode(sidik_isi, 'hex'))::text, to_json(encode(sidik_sebelum, 'hex'))::text) || ']', 'UTF8'));

-- for the triggers that tell: the direction of the chain that is written of that kabupaten, whose end is held; null: none is written.
-- Whoever begins one waits for those who have asked, for they hold the table
CREATE FUNCTION hub_rantai_arah(kab text) RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT arah FROM public.rantai WHERE kode_kab = kab AND ditulis FOR UPDATE $$;
REVOKE ALL ON FUNCTION hub_rantai_arah(text) FROM PUBLIC;

CREATE FUNCTION hub_rantai_tulis(kab text, apa text, tentang text, kata text, saat timestamptz, siapa text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r public.rantai;
  dari_isi bytea := sha256(convert_to(kata, 'UTF8'));
  baru bytea;
BEGIN
  SELECT * INTO STRICT r FROM public.rantai WHERE kode_kab = kab FOR UPDATE;
  baru := public.hub_sidik_rantai(kab, r.arah, r.masa, r.nomor + 1, apa, tentang, saat, siapa, dari_isi, r.sidik);
  INSERT INTO public.rantai_peristiwa (kode_kab, nomor, masa, jenis, subjek, isi, sidik_isi, sidik_sebelum, sidik, asal_pada, asal_oleh)
    VALUES (kab, r.nomor + 1, r.masa, apa, tentang, kata, dari_isi, r.sidik, baru, saat, siapa);
  UPDATE public.rantai SET nomor = r.nomor + 1, sidik = baru WHERE kode_kab = kab;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_tulis(text, text, text, text, timestamptz, text) FROM PUBLIC;
"""

_REKAP = """
ALTER TABLE rekap_revisi ADD COLUMN asal_pada TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN rekap_revisi.asal_pada IS 'when it was made, by the clock of the hub it was made at; null: here';
ALTER TABLE rekap_peristiwa ADD COLUMN asal_pada TIMESTAMP WITH TIME ZONE;
COMMENT ON COLUMN rekap_peristiwa.asal_pada IS 'when it happened, by the clock of the hub where it did; null: here';

-- What was submitted goes up whole, as it is stored; what was taken back by its number. Verdicts come down with the number up to which
-- the node's events were known when they were made, and with what the province knows of the submission's timeliness.
CREATE FUNCTION hub_rantai_rekap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
  arah text;
  kata text;
BEGIN
  arah := public.hub_rantai_arah(NEW.kode_kab);
  IF arah = 'NAIK' AND NEW.aksi = 'AJUKAN' THEN
    SELECT '{"formulir":' || to_json(NEW.formulir)::text || ',"hash_isi":' || to_json(encode(v.hash_isi, 'hex'))::text
      || ',"kunci":' || to_json(v.kunci_idempoten)::text || ',"nilai":[' || coalesce((
        SELECT string_agg('[' || concat_ws(',', to_json(n.elemen)::text, to_json(n.kode_wilayah)::text,
          public.hub_json_kanonik(n.rincian), coalesce(to_json(n.nilai::text)::text, 'null'), to_json(n.status)::text) || ']', ','
          ORDER BY n.elemen, n.kode_wilayah, n.rincian)
        FROM public.rekap_nilai n WHERE n.kode_kab = v.kode_kab AND n.formulir = v.formulir AND n.periode = v.periode
          AND n.revisi = v.revisi), '')
      || '],"periode":' || to_json(NEW.periode)::text || ',"revisi":' || NEW.revisi || ',"surat":' || coalesce(
        '{"nomor":' || to_json(v.surat_nomor)::text || ',"tanggal":' || to_json(v.surat_tanggal::text)::text || '}', 'null')
      || ',"total":[' || coalesce((
        SELECT string_agg('[' || concat_ws(',', to_json(t.elemen)::text, to_json(t.kode_wilayah)::text,
          to_json(t.tertulis::text)::text) || ']', ',' ORDER BY t.urut)
        FROM public.rekap_total t WHERE t.kode_kab = v.kode_kab AND t.formulir = v.formulir AND t.periode = v.periode
          AND t.revisi = v.revisi), '')
      || '],"versi_formulir":' || v.versi_formulir || '}'
    INTO STRICT kata FROM public.rekap_revisi v
    WHERE v.kode_kab = NEW.kode_kab AND v.formulir = NEW.formulir AND v.periode = NEW.periode AND v.revisi = NEW.revisi;
  ELSIF arah = 'NAIK' AND NEW.aksi = 'TARIK' THEN
    kata := public.hub_json_kanonik(jsonb_build_object('formulir', NEW.formulir, 'periode', NEW.periode, 'revisi', NEW.revisi,
      'alasan', NEW.alasan));
  ELSIF arah = 'TURUN' AND NEW.aksi IN ('SETUJUI', 'KEMBALIKAN', 'BUKA') THEN
    SELECT public.hub_json_kanonik(jsonb_build_object('formulir', NEW.formulir, 'periode', NEW.periode, 'revisi', NEW.revisi,
      'ke', NEW.ke, 'alasan', NEW.alasan, 'catatan', NEW.catatan, 'diajukan_pada', public.hub_saat_rantai(r.diajukan_pada),
      'tepat_waktu', r.tepat_waktu,
      'sudah', coalesce((SELECT m.nomor FROM public.rantai_masuk m WHERE m.kode_kab = NEW.kode_kab), 0)))
    INTO STRICT kata FROM public.rekap r
    WHERE r.kode_kab = NEW.kode_kab AND r.formulir = NEW.formulir AND r.periode = NEW.periode;
  END IF;
  IF kata IS NOT NULL THEN
    PERFORM public.hub_rantai_tulis(NEW.kode_kab, 'rekap.' || lower(NEW.aksi),
      concat_ws(':', NEW.kode_kab, NEW.formulir, NEW.periode), kata, NEW.pada, NEW.oleh);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_rekap() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER rantai AFTER INSERT ON rekap_peristiwa DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.aksi <> 'SIMPAN') EXECUTE FUNCTION hub_rantai_rekap();
"""

# Whoever writes for the other end says so in the transaction that writes: with the claim of that kabupaten or its province.
_TAKING = """
CREATE FUNCTION hub_rantai_berhak(kab text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF kab IS NULL OR coalesce(kab = public.hub_klaim('hub_kabupaten'), false) IS FALSE
    AND coalesce(left(kab, 2) = public.hub_klaim('hub_provinsi'), false) IS FALSE AND public.hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_berhak(text) FROM PUBLIC;

-- the end of what was taken in, held until the transaction ends; no row: nothing is taken in of that kabupaten
CREATE FUNCTION hub_rantai_pegang(kab text) RETURNS TABLE (arah text, masa integer, nomor bigint, sidik bytea) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.hub_rantai_berhak(kab);
  RETURN QUERY SELECT m.arah, m.masa, m.nomor, m.sidik FROM public.rantai_masuk m WHERE m.kode_kab = kab FOR UPDATE;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_pegang(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_rantai_pegang(text) TO hub_kabupaten, hub_provinsi, hub_sistem;

-- the next event of the other end, and what was made of it; that it is the next, and whole, is looked at here once more
CREATE FUNCTION hub_rantai_terima(kab text, masa_baru integer, ke bigint, apa text, tentang text, kata text, saat timestamptz, siapa text,
  jawab text, ditemukan jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m public.rantai_masuk;
  dari_isi bytea := sha256(convert_to(kata, 'UTF8'));
  baru bytea;
BEGIN
  PERFORM public.hub_rantai_berhak(kab);
  SELECT * INTO STRICT m FROM public.rantai_masuk WHERE kode_kab = kab FOR UPDATE;
  IF ke <> m.nomor + 1 OR masa_baru < m.masa THEN
    RAISE EXCEPTION 'peristiwa % bukan yang berikutnya', ke USING ERRCODE = 'serialization_failure';
  END IF;
  baru := public.hub_sidik_rantai(kab, m.arah, masa_baru, ke, apa, tentang, saat, siapa, dari_isi, m.sidik);
  INSERT INTO public.rantai_peristiwa_masuk (kode_kab, nomor, masa, jenis, subjek, isi, sidik_isi, sidik_sebelum, sidik, asal_pada,
      asal_oleh, diterima_pada, putusan, temuan)
    VALUES (kab, ke, masa_baru, apa, tentang, kata, dari_isi, m.sidik, baru, saat, siapa, public.hub_saat(), jawab, ditemukan);
  UPDATE public.rantai_masuk SET masa = masa_baru, nomor = ke, sidik = baru WHERE kode_kab = kab;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_terima(text, integer, bigint, text, text, text, timestamptz, text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_rantai_terima(text, integer, bigint, text, text, text, timestamptz, text, text, jsonb)
  TO hub_kabupaten, hub_provinsi, hub_sistem;

-- what this hub told of a rekap after a number, but for what the other end refused: its action and its revision, in order
CREATE FUNCTION hub_rantai_sesudah(kab text, tentang text, sesudah bigint) RETURNS TABLE (aksi text, revisi integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.hub_rantai_berhak(kab);
  RETURN QUERY SELECT upper(substr(p.jenis, 7)), (p.isi::jsonb->>'revisi')::integer FROM public.rantai_peristiwa p
    WHERE p.kode_kab = kab AND p.subjek = tentang AND p.nomor > sesudah AND starts_with(p.jenis, 'rekap.')
      AND p.putusan IS DISTINCT FROM 'DITOLAK' ORDER BY p.nomor;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_sesudah(text, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_rantai_sesudah(text, text, bigint) TO hub_kabupaten, hub_provinsi, hub_sistem;
"""


def upgrade() -> None:
    op.execute(_TABLES)
    for table in _KEPT:
        op.execute(f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY sistem ON {table} TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
""")
    op.execute(_WRITING)
    op.execute(_REKAP)
    op.execute(_TAKING)


def downgrade() -> None:
    op.execute("""
DROP TRIGGER rantai ON rekap_peristiwa;
DROP FUNCTION hub_rantai_rekap();
DROP FUNCTION hub_rantai_sesudah(text, text, bigint);
DROP FUNCTION hub_rantai_terima(text, integer, bigint, text, text, text, timestamptz, text, text, jsonb);
DROP FUNCTION hub_rantai_pegang(text);
DROP FUNCTION hub_rantai_berhak(text);
DROP FUNCTION hub_rantai_tulis(text, text, text, text, timestamptz, text);
DROP FUNCTION hub_rantai_arah(text);
DROP FUNCTION hub_sidik_rantai(text, text, integer, bigint, text, text, timestamptz, text, bytea, bytea);
DROP FUNCTION hub_saat_rantai(timestamptz);
DROP FUNCTION hub_json_kanonik(jsonb);
ALTER TABLE rekap_peristiwa DROP COLUMN asal_pada;
ALTER TABLE rekap_revisi DROP COLUMN asal_pada;
DROP TABLE tanda_terima, rantai_peristiwa_masuk, rantai_masuk, rantai_peristiwa, rantai;
""")
