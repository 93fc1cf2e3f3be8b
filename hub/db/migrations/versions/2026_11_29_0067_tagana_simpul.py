"""Counts of Tagana of a kabupaten with a hub of its own hold until its register is kept here again.

They were told by the node; once that is revoked and the office writes its register here, they are what this register says. How a
register is told as counts is said once, for the chain and for a province that gives its copy of the names up.
"""

from alembic import op

revision = "0067_tagana_simpul"
down_revision = "0066_pindahan_simpul"

_COUNTS = """
-- what a register says as counts: by how many they change on each day
CREATE FUNCTION hub_tagana_hari(kab text) RETURNS TABLE (kode_kab text, kode_kecamatan text, jenis_kelamin text, hari date, didata bigint,
  kabupaten bigint, provinsi bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, d.hari, sum(d.didata), sum(d.kabupaten), sum(d.provinsi)
  FROM tagana t CROSS JOIN LATERAL (
    VALUES (t.didata, 1, 0, 0), (greatest(t.didata, t.verifikasi_kabupaten), 0, (t.verifikasi_kabupaten IS NOT NULL)::int, 0),
      (greatest(t.didata, t.verifikasi_provinsi), 0, 0, (t.verifikasi_provinsi IS NOT NULL)::int),
      (t.sampai, -1, -coalesce(t.verifikasi_kabupaten < t.sampai, false)::int,
        -coalesce(t.verifikasi_provinsi < t.sampai, false)::int)
  ) AS d (hari, didata, kabupaten, provinsi)
  -- what ended before it began to count never did
  WHERE t.kode_kab = kab AND d.hari IS NOT NULL AND (t.sampai IS NULL OR t.didata < t.sampai AND d.hari <= t.sampai)
    AND (d.hari <> t.sampai OR d.didata = -1) IS NOT FALSE
  GROUP BY t.kode_kab, left(t.kode_desa, 8), t.jenis_kelamin, d.hari
  HAVING sum(d.didata) <> 0 OR sum(d.kabupaten) <> 0 OR sum(d.provinsi) <> 0
$$;
REVOKE ALL ON FUNCTION hub_tagana_hari(text) FROM PUBLIC;
"""

_TELL = """
CREATE OR REPLACE FUNCTION hub_rantai_tagana() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
  IF public.hub_rantai_arah(NEW.kode_kab) IS DISTINCT FROM 'NAIK' THEN
    RETURN NULL;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'tagana.jumlah', 'tagana:' || NEW.kode_kab, (
    SELECT '{"tagana_simpul":[' || coalesce(string_agg(public.hub_rantai_baris(to_jsonb(s)), ','
      ORDER BY s.kode_kecamatan, s.jenis_kelamin, s.hari), '') || ']}'
    FROM public.hub_tagana_hari(NEW.kode_kab) s), NEW.diubah_oleh);
  RETURN NULL;
END $$;
"""

_HERE_AGAIN = """
CREATE FUNCTION hub_tagana_di_sini() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM tagana_simpul s WHERE s.kode_kab = NEW.kode_kab
    AND NOT EXISTS (SELECT FROM rantai r WHERE r.kode_kab = NEW.kode_kab AND r.arah = 'TURUN' AND r.ditulis);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION hub_tagana_di_sini() FROM PUBLIC;
CREATE TRIGGER tagana_di_sini AFTER INSERT OR UPDATE ON tagana FOR EACH ROW EXECUTE FUNCTION hub_tagana_di_sini();
"""

_BEFORE = """
DROP TRIGGER tagana_di_sini ON tagana;
DROP FUNCTION hub_tagana_di_sini();
CREATE OR REPLACE FUNCTION hub_rantai_tagana() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
  IF public.hub_rantai_arah(NEW.kode_kab) IS DISTINCT FROM 'NAIK' THEN
    RETURN NULL;
  END IF;
  PERFORM public.hub_rantai_kabarkan(NEW.kode_kab, 'tagana.jumlah', 'tagana:' || NEW.kode_kab, (
    SELECT '{"tagana_simpul":[' || coalesce(string_agg(public.hub_rantai_baris(to_jsonb(s)), ','
      ORDER BY s.kode_kecamatan, s.jenis_kelamin, s.hari), '') || ']}'
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
DROP FUNCTION hub_tagana_hari(text);
"""


def upgrade() -> None:
    for part in (_COUNTS, _TELL, _HERE_AGAIN):
        op.execute(part)


def downgrade() -> None:
    op.execute(_BEFORE)
