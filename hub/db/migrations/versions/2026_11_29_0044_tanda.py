"""No raw row says any more whether everybody may see it: what was released is a table of its own (0042_rilis)."""

from alembic import op

revision = "0044_tanda"
down_revision = "0043_sumber"

_ISI = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan"
_ISI_TERTULIS = "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis"

# which rows said of themselves whether everybody may see them, and the trigger function that saw to it
_BERTANDA = {
    "angka": "hub_angka_terbuka",
    "angka_tertulis": "hub_tertulis_terbuka",
    "rekap_nilai": "hub_nilai_terbuka",
    "rekap_total": "hub_total_terbuka",
}
_DIGANTI = """
CREATE OR REPLACE FUNCTION hub_{tabel}_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO {tabel}_riwayat ({kolom}, sampai) SELECT {isi}, hub_saat() FROM lama l WHERE l.sejak < hub_saat();
  RETURN NULL;
END $$;
"""
_TETAP = """
DROP TRIGGER {tabel}_tetap ON {tabel};
CREATE TRIGGER {tabel}_tetap BEFORE UPDATE OR DELETE ON {tabel} FOR EACH ROW EXECUTE FUNCTION {fungsi}();
"""


def upgrade() -> None:
    for tabel, fungsi in _BERTANDA.items():
        op.execute(f"DROP TRIGGER {tabel}_terbuka ON {tabel}; DROP FUNCTION {fungsi}()")
    for tabel in ("rekap_nilai", "rekap_total"):
        op.execute(_TETAP.format(tabel=tabel, fungsi="hub_tolak_ubah"))
    op.execute("""
DROP FUNCTION hub_tolak_ubah_isi();
DROP FUNCTION hub_keterbukaan_total(text, text, numeric, numeric);
DROP FUNCTION hub_keterbukaan(text, integer, jsonb, numeric);
ALTER TABLE angka DROP COLUMN publik, DROP COLUMN kecil;
ALTER TABLE angka_riwayat DROP COLUMN publik, DROP COLUMN kecil;
ALTER TABLE angka_tertulis DROP COLUMN publik;
ALTER TABLE angka_tertulis_riwayat DROP COLUMN publik;
ALTER TABLE rekap_nilai DROP COLUMN publik;
ALTER TABLE rekap_total DROP COLUMN publik;
""")
    _kept("angka", _ISI + ", sejak")
    _kept("angka_tertulis", _ISI_TERTULIS + ", sejak")


def _kept(tabel: str, kolom: str) -> None:
    op.execute(_DIGANTI.format(tabel=tabel, kolom=kolom, isi=", ".join(f"l.{k}" for k in kolom.split(", "))))


# ---------- as it was ----------

_TANDA = """
ALTER TABLE angka ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL, ADD COLUMN kecil BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE angka_riwayat ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL, ADD COLUMN kecil BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE angka_riwayat ALTER COLUMN publik DROP DEFAULT, ALTER COLUMN kecil DROP DEFAULT;
ALTER TABLE angka_tertulis ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE angka_tertulis_riwayat ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE angka_tertulis_riwayat ALTER COLUMN publik DROP DEFAULT;
ALTER TABLE rekap_nilai ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE rekap_total ADD COLUMN publik BOOLEAN DEFAULT false NOT NULL;
GRANT INSERT (publik, kecil) ON angka TO hub_provinsi;
GRANT INSERT (publik) ON angka_tertulis TO hub_provinsi;
COMMENT ON COLUMN angka.kecil IS 'its size alone closes it: everybody may know that it is there';
COMMENT ON COLUMN angka.publik IS 'everybody may see it';
COMMENT ON COLUMN angka_tertulis.publik IS 'everybody may see it';
COMMENT ON COLUMN rekap_nilai.publik IS 'everybody may see it';
COMMENT ON COLUMN rekap_total.publik IS 'everybody may see it';
"""
_DULU = """
CREATE OR REPLACE FUNCTION public.hub_keterbukaan(kode_elemen text, tingkat integer, rincian jsonb, nilai numeric)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
AS $function$
DECLARE
  peka integer;
BEGIN
  SELECT e.sensitif INTO peka FROM elemen e WHERE e.kode = kode_elemen;
  IF peka IS NULL OR NOT hub_terbuka(peka, tingkat) THEN
    RETURN 0;
  END IF;
  IF rincian <> '{}' THEN
    peka := hub_peka(kode_elemen, rincian);
    IF NOT hub_terbuka(peka, tingkat) THEN
      RETURN 0;
    END IF;
  END IF;
  RETURN CASE WHEN hub_kecil(peka, nilai) THEN 1 ELSE 2 END;
END $function$;
CREATE OR REPLACE FUNCTION public.hub_keterbukaan_total(elemen text, kode text, tertulis numeric, dihitung numeric)
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (SELECT COALESCE(min(hub_keterbukaan(m.bagian[1], (hub_tingkat(hub_keterbukaan_total.kode))::integer, '{}'::jsonb, n.nilai)), 0) AS "coalesce" FROM regexp_matches(hub_keterbukaan_total.elemen, '[A-Z]+[0-9]+'::text, 'g'::text) m(bagian), (VALUES (hub_keterbukaan_total.tertulis), (hub_keterbukaan_total.dihitung)) n(nilai));
CREATE OR REPLACE FUNCTION public.hub_angka_terbuka()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  terbuka integer := hub_keterbukaan(NEW.elemen, NEW.tingkat, NEW.rincian, NEW.nilai);
BEGIN
  NEW.publik := terbuka = 2;
  NEW.kecil := terbuka = 1;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.hub_tertulis_terbuka()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.publik := hub_keterbukaan(NEW.elemen, hub_tingkat(NEW.kode_wilayah), NEW.rincian, NEW.tertulis) = 2;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.hub_nilai_terbuka()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.publik := hub_keterbukaan(NEW.elemen, hub_tingkat(NEW.kode_wilayah), NEW.rincian, NEW.nilai) = 2;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.hub_total_terbuka()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.publik := hub_keterbukaan_total(NEW.elemen, NEW.kode_wilayah, NEW.tertulis, NEW.dihitung) = 2;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.hub_tolak_ubah_isi()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'publik' = to_jsonb(OLD) - 'publik' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'baris % tidak boleh diubah atau dihapus', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $function$;
"""


def downgrade() -> None:
    op.execute(_TANDA)
    op.execute(_DULU)
    for tabel in ("rekap_nilai", "rekap_total"):
        op.execute(_TETAP.format(tabel=tabel, fungsi="hub_tolak_ubah_isi"))
    for tabel, fungsi in _BERTANDA.items():
        op.execute(
            f"CREATE TRIGGER {tabel}_terbuka BEFORE INSERT OR UPDATE ON {tabel} FOR EACH ROW EXECUTE FUNCTION {fungsi}()"
        )
    _kept("angka", _ISI + ", publik, kecil, sejak")
    _kept("angka_tertulis", _ISI_TERTULIS + ", publik, sejak")
