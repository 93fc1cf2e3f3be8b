"""Who is asking is no longer what the session says of itself: a claim, signed with a key that no role of the hub can read.

Until now the setting hub.wilayah decided, and a role that anybody who reaches the hub's connections may take on. Now those
connections belong to a login that owns nothing, and role and region hold only with a claim (hub/db/klaim.py):
  hub_klaim     the region of the claim in force, where it is that role's; null without a sound one
  hub_wilayah, hub_di_bawah, hub_jangkau  as before, by that claim
  hub_saat      the one time of a transaction is signed too, so that nobody dates what he writes
The hub's own work has a role of its own, hub_sistem. What every table needs beside this (trigger `klaim`, policies `klaim` and
`sistem`) is given by hub/db/rights.py after the last migration, to tables of later ones too.
"""

from alembic import op

revision = "0028_peran"
down_revision = "0027_rahasia"

# what imports, the catalogue, tokens and the drawing of the map write
_SISTEM_TULIS = (
    "formulir, elemen, rincian, aturan, indikator, suku_indikator, daftar_kode, katalog_riwayat, wilayah, alias_wilayah, "
    "silsilah, batas, tetangga_desa, batas_piramida, piramida_satuan, peta_versi, mutu_batas, token"
)

_PERAN = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'hub_sistem') THEN
    CREATE ROLE hub_sistem NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was quicker
END $$;
GRANT USAGE ON SCHEMA public TO hub_sistem;
"""

_KUNCI = """
CREATE TABLE kunci_peran (
  satu BOOLEAN DEFAULT true NOT NULL,
  dalam BYTEA NOT NULL,
  luar BYTEA NOT NULL,
  CONSTRAINT kunci_peran_pkey PRIMARY KEY (satu),
  CONSTRAINT kunci_peran_satu_check CHECK (satu)
);
COMMENT ON COLUMN kunci_peran.satu IS 'there is one key';
COMMENT ON COLUMN kunci_peran.dalam IS 'the key as HMAC puts it before a message';
COMMENT ON COLUMN kunci_peran.luar IS 'the key as HMAC puts it before the hash of that';
REVOKE ALL ON kunci_peran FROM PUBLIC;
ALTER TABLE kunci_peran ENABLE ROW LEVEL SECURITY;
"""

_FUNGSI = """
-- HMAC-SHA-256 of a text, in hexadecimal; null while there is no key. For hub_saat only: whoever may call it can sign
CREATE FUNCTION hub_tanda(isi text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT encode(sha256(luar || sha256(dalam || convert_to(isi, 'UTF8'))), 'hex') FROM public.kunci_peran);
END $$;
REVOKE ALL ON FUNCTION hub_tanda(text) FROM PUBLIC;

-- the region of the claim in force, if it is that role's; null: no claim, not this role's, not this backend's, expired
-- before the transaction began, or not signed by us. A claim is signature|role|region|expiry|backend. Statements ask several
-- times, so it signs by itself
CREATE FUNCTION hub_klaim(peran text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  klaim text := current_setting('hub.klaim', true);
  bagian text[] := string_to_array(klaim, '|');
BEGIN
  IF bagian[2] = peran AND bagian[5] = pg_backend_pid()::text
    AND bagian[4] COLLATE "C" > to_char(extract(epoch FROM now()), 'FM000000000000')
    AND bagian[1] = (SELECT encode(sha256(luar || sha256(dalam || convert_to(substr(klaim, 66), 'UTF8'))), 'hex')
      FROM public.kunci_peran) THEN
    RETURN bagian[3];
  END IF;
  RETURN NULL;
END $$;

-- whether the session may act as the role it has taken on
CREATE FUNCTION hub_klaim_sah() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  RETURN hub_klaim(current_user::text) IS NOT NULL;

-- what every code within the caller's reach begins with, once a dot is put after it: "53.14." for a kabupaten, "53." for a
-- province, nothing for the administrator and the hub itself; "?", which no code begins with, for everybody else
CREATE FUNCTION hub_lingkup() RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED
  RETURN CASE WHEN current_user = 'hub_publik' THEN '?' ELSE coalesce(hub_klaim(current_user::text)
    || CASE WHEN current_user IN ('hub_admin', 'hub_sistem') THEN '' ELSE '.' END, '?') END;

-- these two in statements and policies, with what asks for the claim beside them: (SELECT hub_lingkup()) is looked at once
CREATE FUNCTION hub_di_bawah(kode text, wilayah text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN starts_with(kode || '.', wilayah || '.');
CREATE FUNCTION hub_jangkau(kode text, lingkup text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN starts_with(kode || '.', lingkup);

CREATE OR REPLACE FUNCTION hub_wilayah() RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED
  RETURN CASE WHEN current_user <> 'hub_publik' THEN nullif(hub_klaim(current_user::text), '') END;
CREATE OR REPLACE FUNCTION hub_di_bawah(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  RETURN hub_di_bawah(kode, hub_wilayah());
CREATE OR REPLACE FUNCTION hub_jangkau(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  RETURN hub_jangkau(kode, hub_lingkup());

-- before a statement that writes: the owner (his triggers that keep what was), or a role with its claim
CREATE FUNCTION hub_wajib_klaim() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT public.hub_klaim_sah()
    AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = TG_RELID AND pg_has_role(c.relowner, 'USAGE')) THEN
    RAISE EXCEPTION 'klaim peran % tidak sah', current_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- one time for everything a transaction writes, read when it first writes: transactions that waited for a lock come
-- after the one they waited for. Kept signed, for this transaction: whoever could set it could write without a trace
CREATE OR REPLACE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  saat text := current_setting('hub.saat', true);
  transaksi text := 'saat|' || pg_current_xact_id()::text || '|';
  isi text := substr(saat, 66);
BEGIN
  IF starts_with(isi, transaksi) AND left(saat, 64) = public.hub_tanda(isi) THEN
    RETURN substr(isi, length(transaksi) + 1)::timestamptz;
  END IF;
  isi := transaksi || clock_timestamp()::text;
  PERFORM set_config('hub.saat', public.hub_tanda(isi) || '|' || isi, true);
  RETURN substr(isi, length(transaksi) + 1)::timestamptz;
END $$;

-- hold a warehouse's ledger until the transaction ends, as the owner: see 0013_gudang. Of a warehouse that there is, for a
-- caller who has shown who he is
CREATE OR REPLACE FUNCTION hub_buka_buku_stok(kab text, nomor uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(hub_klaim('hub_kabupaten'), hub_klaim('hub_provinsi'), hub_klaim('hub_admin'), hub_klaim('hub_sistem')) IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO buku_stok (kode_kab, gudang, urutan)
    SELECT s.kode_kab, s.id, 0 FROM sumber_daya s WHERE s.kode_kab = kab AND s.id = nomor ON CONFLICT DO NOTHING;
  PERFORM 1 FROM buku_stok WHERE kode_kab = kab AND gudang = nomor FOR UPDATE;
END $$;

-- what the hub's own work needs of the owner: statistics after a bulk load, and a place to lay boundaries by. No role of the
-- hub may make tables, not even passing ones: a table of that session would stand before those of the hub
CREATE FUNCTION hub_statistik(VARIADIC tabel text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE satu text;
BEGIN
  IF public.hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOREACH satu IN ARRAY tabel LOOP
    EXECUTE format('ANALYZE %I', satu);
  END LOOP;
END $$;

CREATE FUNCTION hub_siapkan_batas_baru() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF public.hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_regclass('pg_temp.batas_baru') IS NOT NULL THEN
    DROP TABLE pg_temp.batas_baru;
  END IF;
  CREATE TEMPORARY TABLE batas_baru (nomor integer, kode_kab text COLLATE "C", kode text COLLATE "C", wilayah_sejak date,
    tingkat smallint, geom bytea, titik bytea) ON COMMIT DROP;
  GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.batas_baru TO hub_sistem;
END $$;
REVOKE ALL ON FUNCTION hub_statistik(text[]), hub_siapkan_batas_baru() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hub_statistik(text[]), hub_siapkan_batas_baru() TO hub_sistem;
"""

# what runs as the owner and writes looks for the claim itself
_BERKLAIM = """
DO $$
DECLARE
  f record;
BEGIN
  FOR f IN SELECT p.oid::regprocedure AS nama, pg_get_functiondef(p.oid) AS isi, x.peran FROM (VALUES
      ('hub_kembalikan_pindahan(text, uuid, uuid)', 'coalesce(hub_klaim(''hub_admin''), hub_klaim(''hub_sistem''))'),
      ('hub_hitung_keterbukaan()', 'hub_klaim(''hub_sistem'')')
    ) x(nama, peran) JOIN pg_proc p ON p.oid = x.nama::regprocedure
  LOOP
    EXECUTE regexp_replace(f.isi, '\\mBEGIN\\M', format('BEGIN
  IF %s IS NULL THEN
    RAISE EXCEPTION ''klaim peran tidak sah'' USING ERRCODE = ''insufficient_privilege'';
  END IF;', f.peran));
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION hub_hitung_keterbukaan() FROM hub_admin;
GRANT EXECUTE ON FUNCTION hub_hitung_keterbukaan(), hub_kembalikan_pindahan(text, uuid, uuid) TO hub_sistem;
"""
_TAK_BERKLAIM = """
DO $$
DECLARE
  f record;
BEGIN
  FOR f IN SELECT p.oid, pg_get_functiondef(p.oid) AS isi FROM pg_proc p
    WHERE p.oid IN ('hub_kembalikan_pindahan(text, uuid, uuid)'::regprocedure, 'hub_hitung_keterbukaan()'::regprocedure)
  LOOP
    EXECUTE regexp_replace(f.isi, 'BEGIN\\s+IF [^;]+ IS NULL THEN\\s+RAISE EXCEPTION ''klaim[^;]+;\\s+END IF;', 'BEGIN');
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION hub_hitung_keterbukaan() TO hub_admin;
"""

# what everybody reads looks at the claim once a statement, not once a row
_SEKALI = """
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT c.relname, pg_get_viewdef(c.oid) AS isi, coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') AS pilihan
    FROM pg_class c WHERE c.relname IN ('angka_terbaca', 'angka_riwayat_terbaca', 'sumber_daya_terbaca')
  LOOP
    EXECUTE format('CREATE OR REPLACE VIEW %I%s AS ', v.relname, v.pilihan) || regexp_replace(v.isi, {dari}, {ke}, 'g');
  END LOOP;
END $$;
"""
_SATU_SATU = (r"'hub_jangkau\(([a-z_.]+)\)'", r"'hub_jangkau(\1, (SELECT hub_lingkup()))'")
_KEMBALI = (r"'hub_jangkau\(([a-z_.]+), \( *SELECT hub_lingkup\(\)[^)]*\)\)'", r"'hub_jangkau(\1)'")

# what the administrator may see beyond the public, he sees by his claim: policy `klaim` of hub/db/rights.py

_TURUN = """
DO $$
DECLARE k record;
BEGIN
  FOR k IN SELECT * FROM pg_policies WHERE schemaname = 'public' AND concat(qual, with_check) LIKE '%hub\\_di\\_bawah(%hub\\_wilayah%' LOOP
    EXECUTE format('ALTER POLICY %I ON %I ', k.policyname, k.tablename)
      || coalesce('USING (' || regexp_replace(k.qual, {balik}) || ')', '')
      || coalesce('WITH CHECK (' || regexp_replace(k.with_check, {balik}) || ')', '');
  END LOOP;
END $$;
DROP FUNCTION hub_siapkan_batas_baru(), hub_statistik(text[]);
DROP FUNCTION hub_wajib_klaim() CASCADE;
CREATE OR REPLACE FUNCTION hub_wilayah() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('hub.wilayah', true), '');
CREATE OR REPLACE FUNCTION hub_di_bawah(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN kode = hub_wilayah() OR starts_with(kode, hub_wilayah() || '.');
CREATE OR REPLACE FUNCTION hub_jangkau(kode text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE current_user
    WHEN 'hub_publik' THEN false
    WHEN 'hub_kabupaten' THEN kode = hub_wilayah()
    WHEN 'hub_provinsi' THEN hub_di_bawah(kode)
    ELSE true
  END;
CREATE OR REPLACE FUNCTION hub_saat() RETURNS timestamptz LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
DECLARE saat text := current_setting('hub.saat', true);
BEGIN
  IF saat IS NULL OR saat = '' THEN
    saat := clock_timestamp()::text;
    PERFORM set_config('hub.saat', saat, true);
  END IF;
  RETURN saat::timestamptz;
END $$;
ALTER FUNCTION hub_saat() RESET ALL;
CREATE OR REPLACE FUNCTION hub_buka_buku_stok(kab text, nomor uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO buku_stok (kode_kab, gudang, urutan) VALUES (kab, nomor, 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM buku_stok WHERE kode_kab = kab AND gudang = nomor FOR UPDATE;
END $$;
DROP FUNCTION hub_jangkau(text, text), hub_di_bawah(text, text), hub_lingkup();
DROP FUNCTION hub_klaim_sah() CASCADE;
DROP FUNCTION hub_klaim(text), hub_tanda(text);
DROP TABLE kunci_peran;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM hub_sistem;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM hub_sistem;
REVOKE USAGE ON SCHEMA public FROM hub_sistem;
"""


def upgrade() -> None:
    op.execute(_PERAN)
    op.execute(_KUNCI)
    op.execute(_FUNGSI)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_SISTEM_TULIS} TO hub_sistem")
    op.execute("GRANT INSERT ON bukti_stok, mutasi_stok TO hub_sistem")
    op.execute(_BERKLAIM)
    op.execute(_SEKALI.format(dari=_SATU_SATU[0], ke=_SATU_SATU[1]))


def downgrade() -> None:
    balik = r"'hub_di_bawah\(([a-z_.]+), \( *SELECT hub_wilayah\(\)[^)]*\)\)', 'hub_di_bawah(\1)', 'g'"
    op.execute(_TAK_BERKLAIM)
    op.execute(_SEKALI.format(dari=_KEMBALI[0], ke=_KEMBALI[1]))
    op.execute(_TURUN.replace("{balik}", balik))
