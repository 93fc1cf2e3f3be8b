"""What a kabupaten's registers say, told whole whenever it changes: social resources with their papers, networks with their members and
activities, links, documents of the stock ledger, minimum stock, how many members of Tagana there are.

Whose it is decides the way it goes: what the province keeps (its panti, its warehouses) comes down, all else goes up. An event holds all
rows of one thing as they are when the transaction commits; where that is what was told last, nothing is told. Every value is a text, as
the database writes it in UTC.

Names of persons who have not agreed, and where a shelter of victims stands, stay where they are: the chain holds a hash of them, salted.
The salt is kept beside; without it nobody can try names out any more. Of Tagana only counts leave: by how many they changed, on which day.
"""

from alembic import op

revision = "0055_rantai_register"
down_revision = "0054_rantai"

_SALT = """
CREATE TABLE rantai_garam (
  kode_kab TEXT COLLATE "C" NOT NULL,
  subjek TEXT COLLATE "C" NOT NULL,
  garam BYTEA NOT NULL,
  CONSTRAINT rantai_garam_pkey PRIMARY KEY (kode_kab, subjek)
);
COMMENT ON TABLE rantai_garam IS 'salts of what a chain holds only hashes of; gone when that is erased';
ALTER TABLE rantai_garam ENABLE ROW LEVEL SECURITY;
GRANT SELECT, DELETE ON rantai_garam TO hub_sistem;
CREATE POLICY sistem ON rantai_garam TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
"""

_FUNCTIONS = """
-- a row as chains write it: every value a text, or null
CREATE FUNCTION hub_rantai_baris(r jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT '{' || string_agg(to_json(key)::text || ':' || coalesce(to_json(value)::text, 'null'), ',' ORDER BY key COLLATE "C") || '}'
  FROM jsonb_each_text(r)
$$;

-- instead of values that do not leave: what they hash to
CREATE FUNCTION hub_rantai_tutup(kab text, tentang text, r jsonb, kolom text[]) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  k text;
  asin bytea;
BEGIN
  INSERT INTO public.rantai_garam VALUES (kab, tentang, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    ON CONFLICT DO NOTHING;
  SELECT garam INTO STRICT asin FROM public.rantai_garam WHERE kode_kab = kab AND subjek = tentang;
  FOREACH k IN ARRAY kolom LOOP
    IF r->>k IS NOT NULL THEN
      r := r || jsonb_build_object(k || '_sidik', encode(sha256(asin || convert_to(k || ':' || (r->>k), 'UTF8')), 'hex'));
    END IF;
    r := r - k;
  END LOOP;
  RETURN r;
END $$;
REVOKE ALL ON FUNCTION hub_rantai_tutup(text, text, jsonb, text[]) FROM PUBLIC;

-- tell of it, unless it is what was told last
CREATE FUNCTION hub_rantai_kabarkan(kab text, apa text, tentang text, kata text, siapa text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF kata IS NULL OR (SELECT p.isi FROM public.rantai_peristiwa p WHERE p.kode_kab = kab AND p.subjek = tentang
      ORDER BY p.nomor DESC LIMIT 1) IS NOT DISTINCT FROM kata THEN
    RETURN;
  END IF;
  PERFORM public.hub_rantai_tulis(kab, apa, tentang, kata, public.hub_saat(), siapa);
END $$;
REVOKE ALL ON FUNCTION hub_rantai_kabarkan(text, text, text, text, text) FROM PUBLIC;
"""

_HEAD = """RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$"""

_TRIGGERS = f"""
CREATE FUNCTION hub_rantai_sumber_daya() {_HEAD}
DECLARE
  r record;
  s public.sumber_daya;
  satu jsonb;
  tutup text[] := '{{}}';
  tentang text;
BEGIN
  r := coalesce(NEW, OLD);
  IF public.hub_rantai_arah(r.kode_kab) IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT * INTO STRICT s FROM public.sumber_daya WHERE kode_kab = r.kode_kab AND id = r.id;
  IF public.hub_rantai_arah(r.kode_kab) <> (CASE WHEN s.pemilik IN ('KEMENTERIAN', 'PROVINSI') THEN 'TURUN' ELSE 'NAIK' END) THEN
    RETURN NULL;
  END IF;
  tentang := 'sumber_daya:' || s.kode_kab || ':' || s.id;
  satu := to_jsonb(s) - '{{hari_terakhir,versi,diubah_pada}}'::text[] || jsonb_build_object('titik', s.titik::text);
  IF s.rahasia THEN
    tutup := tutup || ARRAY['alamat', 'sekretariat', 'titik'];
  END IF;
  IF s.ketua_setuju IS NOT TRUE THEN
    tutup := tutup || ARRAY['ketua'];
  END IF;
  IF cardinality(tutup) > 0 THEN
    satu := public.hub_rantai_tutup(s.kode_kab, tentang, satu, tutup);
  END IF;
  PERFORM public.hub_rantai_kabarkan(s.kode_kab, 'sumber_daya.simpan', tentang,
    '{{"sumber_daya":[' || public.hub_rantai_baris(satu) || '],"surat_sumber_daya":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(t) - 'diubah_pada'), ',' ORDER BY t.jenis, t.sejak)
      FROM public.surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id), '') || ']}}', s.diubah_oleh);
  RETURN NULL;
END $$;

CREATE FUNCTION hub_rantai_wksbm() {_HEAD}
DECLARE
  r jsonb := to_jsonb(coalesce(NEW, OLD));
  kab text := r->>'kode_kab';
  nomor uuid := coalesce(r->>'wksbm', r->>'id')::uuid;
  w public.wksbm;
  tentang text;
BEGIN
  IF public.hub_rantai_arah(kab) IS DISTINCT FROM 'NAIK' THEN
    RETURN NULL;
  END IF;
  SELECT * INTO w FROM public.wksbm WHERE kode_kab = kab AND id = nomor;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  tentang := 'wksbm:' || kab || ':' || nomor;
  PERFORM public.hub_rantai_kabarkan(kab, 'wksbm.simpan', tentang,
    '{{"anggota_wksbm":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(a) - '{{hari_terakhir,diubah_pada}}'::text[]), ',' ORDER BY a.nama, a.sejak)
      FROM public.anggota_wksbm a WHERE a.kode_kab = kab AND a.wksbm = nomor), '')
    || '],"kegiatan_wksbm":[' || coalesce((
      SELECT string_agg(public.hub_rantai_baris(to_jsonb(k) - 'diubah_pada'), ',' ORDER BY k.tanggal, k.kegiatan, k.uraian)
      FROM public.kegiatan_wksbm k WHERE k.kode_kab = kab AND k.wksbm = nomor), '')
    || '],"wksbm":[' || public.hub_rantai_baris(to_jsonb(w) - '{{hari_terakhir,versi,diubah_pada}}'::text[]
      || jsonb_build_object('titik', w.titik::text)) || ']}}', w.diubah_oleh);
  RETURN NULL;
END $$;

CREATE FUNCTION hub_rantai_hubungan() {_HEAD}
DECLARE
  h public.hubungan_wksbm;
BEGIN
  IF public.hub_rantai_arah(NEW.asal_kab) IS DISTINCT FROM 'NAIK' THEN
    RETURN NULL;
  END IF;
  SELECT * INTO STRICT h FROM public.hubungan_wksbm WHERE id = NEW.id;
  PERFORM public.hub_rantai_kabarkan(h.asal_kab, 'wksbm.hubungkan', 'hubungan:' || h.asal_kab || ':' || h.id,
    '{{"hubungan_wksbm":[' || public.hub_rantai_baris(to_jsonb(h) - '{{hari_terakhir,versi,diubah_pada}}'::text[])
    || '],"mitra_luar":[' || coalesce((
      SELECT public.hub_rantai_baris(to_jsonb(m) - '{{kunci,versi,diubah_pada}}'::text[])
      FROM public.mitra_luar m WHERE h.macam = 'MITRA' AND m.id = h.tujuan), '') || ']}}', h.diubah_oleh);
  RETURN NULL;
END $$;

-- a document of the ledger with all it moved in this kabupaten, what it sent on its way, and what it received
CREATE FUNCTION hub_rantai_stok() {_HEAD}
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

CREATE FUNCTION hub_rantai_minimum() {_HEAD}
BEGIN
  IF public.hub_rantai_arah(NEW.kode_kab)
      <> (CASE WHEN public.hub_gudang_atas(NEW.kode_kab, NEW.gudang) THEN 'TURUN' ELSE 'NAIK' END) THEN
    RETURN NULL;
  ELSIF public.hub_rantai_arah(NEW.kode_kab) IS NOT NULL THEN
    PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'stok.minimum', 'minimum:' || NEW.kode_kab || ':' || NEW.gudang,
      '{{"stok_minimum":[' || (
        SELECT string_agg(public.hub_rantai_baris(to_jsonb(s)), ',' ORDER BY s.barang, s.sejak)
        FROM public.stok_minimum s WHERE s.kode_kab = NEW.kode_kab AND s.gudang = NEW.gudang) || ']}}', NEW.diubah_oleh);
  END IF;
  RETURN NULL;
END $$;
"""

# Members of Tagana by name stay at the node; what its province counts of them is what changed on each day, so that no two dates are
# known to be of one person.
_TAGANA = f"""
CREATE TABLE tagana_simpul (
  kode_kab TEXT COLLATE "C" NOT NULL,
  kode_kecamatan TEXT COLLATE "C" NOT NULL,
  jenis_kelamin TEXT COLLATE "C" NOT NULL,
  hari DATE NOT NULL,
  didata INTEGER NOT NULL,
  kabupaten INTEGER NOT NULL,
  provinsi INTEGER NOT NULL,
  CONSTRAINT tagana_simpul_pkey PRIMARY KEY (kode_kab, kode_kecamatan, jenis_kelamin, hari),
  CONSTRAINT tagana_simpul_kelamin_check CHECK (jenis_kelamin IN ('L', 'P')),
  CONSTRAINT tagana_simpul_kecamatan_check CHECK (kode_kab = left(kode_kecamatan, 5))
);
COMMENT ON TABLE tagana_simpul IS 'of kabupaten whose register is kept at a hub of their own: by how many the counts changed';
COMMENT ON COLUMN tagana_simpul.kabupaten IS 'verified by it';
COMMENT ON COLUMN tagana_simpul.provinsi IS 'verified by it';
GRANT SELECT ON tagana_simpul TO hub_kabupaten, hub_provinsi, hub_admin;
GRANT INSERT, UPDATE, DELETE ON tagana_simpul TO hub_kabupaten;
ALTER TABLE tagana_simpul ENABLE ROW LEVEL SECURITY;
CREATE POLICY kabupaten_tulis ON tagana_simpul TO hub_kabupaten
  USING (kode_kab = (SELECT hub_wilayah())) WITH CHECK (kode_kab = (SELECT hub_wilayah()));
CREATE POLICY provinsi_baca ON tagana_simpul FOR SELECT TO hub_provinsi USING (hub_di_bawah(kode_kab));
CREATE POLICY admin_baca ON tagana_simpul FOR SELECT TO hub_admin USING (true);
CREATE TRIGGER kabar_data AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tagana_simpul
  FOR EACH STATEMENT EXECUTE FUNCTION hub_kabar_data();

CREATE OR REPLACE FUNCTION hub_tagana_jumlah(di text, hari date)
RETURNS TABLE (kode_kab text, kode_kecamatan text, jenis_kelamin text, didata bigint, kabupaten bigint, provinsi bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, count(*), count(*) FILTER (WHERE t.verifikasi_kabupaten <= hari),
    count(*) FILTER (WHERE t.verifikasi_provinsi <= hari)
  FROM tagana t
  WHERE t.kode_kab >= left(di, 5) AND t.kode_kab < left(di, 5) || '/' AND t.didata <= hari AND (t.sampai IS NULL OR t.sampai > hari)
    AND NOT EXISTS (SELECT FROM tagana_simpul s WHERE s.kode_kab = t.kode_kab)
  GROUP BY t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin
  UNION ALL
  SELECT s.kode_kab, s.kode_kecamatan, s.jenis_kelamin, sum(s.didata), sum(s.kabupaten), sum(s.provinsi) FROM tagana_simpul s
  WHERE s.kode_kab >= left(di, 5) AND s.kode_kab < left(di, 5) || '/' AND s.hari <= hub_tagana_jumlah.hari
  GROUP BY s.kode_kab, s.kode_kecamatan, s.jenis_kelamin HAVING sum(s.didata) > 0
$$;
CREATE OR REPLACE FUNCTION hub_tagana_ada(kab text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM tagana t WHERE t.kode_kab = kab) OR EXISTS (SELECT FROM tagana_simpul s WHERE s.kode_kab = kab) $$;

CREATE FUNCTION hub_rantai_tagana() {_HEAD}
BEGIN
  IF public.hub_rantai_arah(NEW.kode_kab) IS DISTINCT FROM 'NAIK' THEN
    RETURN NULL;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'tagana.jumlah', 'tagana:' || NEW.kode_kab, (
    SELECT '{{"tagana_simpul":[' || coalesce(string_agg(public.hub_rantai_baris(to_jsonb(s)), ','
      ORDER BY s.kode_kecamatan, s.jenis_kelamin, s.hari), '') || ']}}'
    FROM (
      SELECT t.kode_kab, left(t.kode_desa, 8) AS kode_kecamatan, t.jenis_kelamin, d.hari, sum(d.didata) AS didata,
        sum(d.kabupaten) AS kabupaten, sum(d.provinsi) AS provinsi
      FROM public.tagana t CROSS JOIN LATERAL (
        VALUES (t.didata, 1, 0, 0), (greatest(t.didata, t.verifikasi_kabupaten), 0, (t.verifikasi_kabupaten IS NOT NULL)::int, 0),
          (greatest(t.didata, t.verifikasi_provinsi), 0, 0, (t.verifikasi_provinsi IS NOT NULL)::int),
          (t.sampai, -1, -coalesce(t.verifikasi_kabupaten < t.sampai, false)::int,
            -coalesce(t.verifikasi_provinsi < t.sampai, false)::int)
      ) AS d (hari, didata, kabupaten, provinsi)
      -- what ended before it began to count never did
      WHERE t.kode_kab = NEW.kode_kab AND d.hari IS NOT NULL AND (t.sampai IS NULL OR t.didata < t.sampai AND d.hari <= t.sampai)
        AND (d.hari <> t.sampai OR d.didata = -1) IS NOT FALSE
      GROUP BY t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, d.hari
      HAVING sum(d.didata) <> 0 OR sum(d.kabupaten) <> 0 OR sum(d.provinsi) <> 0
    ) s), NEW.diubah_oleh);
  RETURN NULL;
END $$;
"""
_TAGANA_BEFORE = """
CREATE OR REPLACE FUNCTION hub_tagana_jumlah(di text, hari date)
RETURNS TABLE (kode_kab text, kode_kecamatan text, jenis_kelamin text, didata bigint, kabupaten bigint, provinsi bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, count(*), count(*) FILTER (WHERE t.verifikasi_kabupaten <= hari),
    count(*) FILTER (WHERE t.verifikasi_provinsi <= hari)
  FROM tagana t
  WHERE t.kode_kab >= left(di, 5) AND t.kode_kab < left(di, 5) || '/' AND t.didata <= hari AND (t.sampai IS NULL OR t.sampai > hari)
  GROUP BY t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin
$$;
CREATE OR REPLACE FUNCTION hub_tagana_ada(kab text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM tagana t WHERE t.kode_kab = kab) $$;
DROP TABLE tagana_simpul;
"""

# function, tables, events
_HUNG = (
    ("sumber_daya", ("sumber_daya",), "INSERT OR UPDATE"),
    ("sumber_daya", ("surat_sumber_daya",), "INSERT OR UPDATE OR DELETE"),
    ("wksbm", ("wksbm",), "INSERT OR UPDATE"),
    ("wksbm", ("anggota_wksbm", "kegiatan_wksbm"), "INSERT OR UPDATE OR DELETE"),
    ("hubungan", ("hubungan_wksbm",), "INSERT OR UPDATE"),
    ("stok", ("bukti_stok",), "INSERT"),
    ("minimum", ("stok_minimum",), "INSERT OR UPDATE"),
    ("tagana", ("tagana",), "INSERT OR UPDATE"),
)


def upgrade() -> None:
    op.execute(_SALT)
    op.execute(_FUNCTIONS)
    op.execute(_TRIGGERS)
    op.execute(_TAGANA)
    for function, tables, events in _HUNG:
        op.execute(f"REVOKE ALL ON FUNCTION hub_rantai_{function}() FROM PUBLIC")
        for table in tables:
            op.execute(
                f"CREATE CONSTRAINT TRIGGER rantai AFTER {events} ON {table} DEFERRABLE INITIALLY DEFERRED "
                f"FOR EACH ROW EXECUTE FUNCTION hub_rantai_{function}()"
            )


def downgrade() -> None:
    for _, tables, _ in _HUNG:
        for table in tables:
            op.execute(f"DROP TRIGGER rantai ON {table}")
    for function in dict.fromkeys(f for f, _, _ in _HUNG):
        op.execute(f"DROP FUNCTION hub_rantai_{function}()")
    op.execute(_TAGANA_BEFORE)
    op.execute("""
DROP FUNCTION hub_rantai_kabarkan(text, text, text, text, text);
DROP FUNCTION hub_rantai_tutup(text, text, jsonb, text[]);
DROP FUNCTION hub_rantai_baris(jsonb);
DROP TABLE rantai_garam;
""")
