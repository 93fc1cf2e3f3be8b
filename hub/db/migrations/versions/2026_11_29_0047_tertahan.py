"""What is held back by itself says so: totals of a province that could not be made (which, since when, why), and figures of an
element whose sensitivity a catalogue has changed, which are decided again by the job that is left for them."""

from alembic import op

revision = "0047_tertahan"
down_revision = "0046_bacaan"

_KUNCI = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian"
_ISI = f"{_KUNCI}, nilai, status, turunan"
_KUNCI_TERTULIS = "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian"
_ISI_TERTULIS = f"{_KUNCI_TERTULIS}, tertulis"


def _of(alias: str, columns: str) -> str:
    return ", ".join(f"{alias}.{c}" for c in columns.split(", "))


# of sensitivity 0, but for what tells of others: money of counted families, results made of other figures
_TERBUKA = """e.sensitif = 0 AND e.kode NOT IN ('BAN02', 'BAN04') AND hub_peka(e.kode, {b}.rincian) = 0
  AND (e.kode <> 'KIN02' OR NOT hub_menyebut_peka({b}.rincian))"""
# results (KIN02) tell what they name: an element by its code, or an indicator by what is most sensitive in it
_NAIK = """elemen = ANY(naik) OR elemen = 'KIN02' AND (hub_peka(elemen, rincian) >= 3 OR EXISTS (
    SELECT FROM jsonb_each_text(rincian) x WHERE regexp_split_to_array(upper(x.value), '[^A-Z0-9]+') && naik))"""

_ISI_KANTOR = "figures: [region, choices, value, sensitivity, hidden"
_GAGAL = """
CREATE TABLE rilis_gagal (
  kode_kab TEXT COLLATE "C" NOT NULL,
  formulir TEXT COLLATE "C" NOT NULL,
  periode TEXT COLLATE "C" NOT NULL,
  sebab TEXT NOT NULL,
  sejak TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT hub_saat(),
  CONSTRAINT rilis_gagal_pkey PRIMARY KEY (kode_kab, formulir, periode)
);
COMMENT ON TABLE rilis_gagal IS 'totals of a province that could not be made; gone when they are';
COMMENT ON COLUMN rilis_gagal.kode_kab IS 'the province';
COMMENT ON COLUMN rilis_gagal.sebab IS 'what went wrong the last time';
COMMENT ON COLUMN rilis_gagal.sejak IS 'when this row came to hold';
ALTER TABLE rilis_gagal ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON rilis_gagal TO hub_sistem;
CREATE POLICY sistem ON rilis_gagal TO hub_sistem USING ((SELECT hub_klaim_sah())) WITH CHECK ((SELECT hub_klaim_sah()));
"""
_UBAH = """
CREATE POLICY provinsi_ubah ON rilis_tunggu FOR UPDATE TO hub_provinsi
  USING (hub_di_bawah(kode_kab, (SELECT hub_wilayah()))) WITH CHECK (hub_di_bawah(kode_kab, (SELECT hub_wilayah())));
"""

# When the catalogue has changed. `dulu`: element → its sensitivity before. What is closed now is taken away, now and in all that was.
# What became more sensitive is closed in every version (2 in `isi`: it was open until then) and marked KATALOG, and a job is left that
# decides it again; so does what became less sensitive, without being closed. What is open to all by now is copied, and has no total
# of its own any more.
_KATALOG = f"""
CREATE FUNCTION hub_hitung_keterbukaan(dulu jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  naik text[];
  ubah text[];
  buka text[];
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM angka_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_tertulis_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  DELETE FROM angka_tertulis_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  SELECT coalesce(array_agg(DISTINCT s.elemen) FILTER (WHERE s.kini > s.dahulu), '{{}}'),
    coalesce(array_agg(DISTINCT s.elemen) FILTER (WHERE s.biasa >= 1), '{{}}'),
    coalesce(array_agg(DISTINCT s.elemen) FILTER (WHERE s.biasa = 0), '{{}}')
  INTO naik, ubah, buka FROM (
    SELECT e.kode AS elemen, e.sensitif AS biasa, e.sensitif AS kini, coalesce((dulu->>e.kode)::int, 0) AS dahulu FROM elemen e
    UNION ALL
    -- a choice that a code list tells of
    SELECT v.elemen, e.sensitif, hub_peka(v.elemen, v.rincian), v.peka FROM (
      SELECT DISTINCT k.elemen, x.value->1 AS rincian, (x.value->>3)::int AS peka
      FROM (SELECT DISTINCT ON (kode_kab, elemen, periode) elemen, isi FROM rilis_kantor ORDER BY kode_kab, elemen, periode, versi DESC) k
      CROSS JOIN jsonb_array_elements(k.isi) x
    ) v JOIN elemen e ON e.kode = v.elemen AND e.sensitif >= 1
  ) s WHERE s.kini <> s.dahulu;
  -- money tells the count of who gets it
  naik := naik || CASE WHEN 'BAN01' = ANY(naik) THEN ARRAY['BAN02'] ELSE '{{}}' END
    || CASE WHEN 'BAN03' = ANY(naik) THEN ARRAY['BAN04'] ELSE '{{}}' END;
  ubah := ubah || CASE WHEN 'BAN01' = ANY(ubah || buka) THEN ARRAY['BAN02'] ELSE '{{}}' END
    || CASE WHEN 'BAN03' = ANY(ubah || buka) THEN ARRAY['BAN04'] ELSE '{{}}' END;
  -- results may name what has changed
  ubah := ubah || CASE WHEN ubah || buka <> '{{}}' THEN ARRAY['KIN02'] ELSE '{{}}' END;
  UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE nilai IS NOT NULL AND ({_NAIK});
  UPDATE angka_rilis_riwayat SET nilai = NULL, status = 'DISUPRESI' WHERE nilai IS NOT NULL AND ({_NAIK});
  DELETE FROM angka_tertulis_rilis WHERE {_NAIK};
  DELETE FROM angka_tertulis_rilis_riwayat WHERE {_NAIK};
  UPDATE rilis_kantor k SET isi = (
      SELECT coalesce(jsonb_agg(CASE WHEN x.value->4 = '0' THEN jsonb_set(x.value, '{{4}}', '2') ELSE x.value END ORDER BY x.ordinality), '[]')
      FROM jsonb_array_elements(k.isi) WITH ORDINALITY x)
    WHERE k.elemen = ANY(naik);
  DELETE FROM rilis_total WHERE elemen = ANY(naik);
  DELETE FROM rilis_tunggu WHERE elemen = ANY(buka);
  DELETE FROM angka_rilis r WHERE r.elemen = ANY(buka) AND r.elemen NOT IN ('BAN02', 'BAN04') AND (r.tingkat = 1 OR NOT EXISTS (
    SELECT FROM angka a WHERE ({_of("a", _KUNCI)}) = ({_of("r", _KUNCI)})));
  INSERT INTO angka_rilis ({_ISI}, sejak) SELECT {_of("b", _ISI)}, b.sejak FROM angka b JOIN elemen e ON e.kode = b.elemen
    WHERE {_TERBUKA.format(b="b")}
    ON CONFLICT ({_KUNCI}) DO UPDATE SET nilai = excluded.nilai, status = excluded.status, turunan = excluded.turunan
    WHERE (angka_rilis.nilai, angka_rilis.status, angka_rilis.turunan) IS DISTINCT FROM (excluded.nilai, excluded.status, excluded.turunan);
  INSERT INTO angka_tertulis_rilis ({_ISI_TERTULIS}, sejak) SELECT {_of("b", _ISI_TERTULIS)}, b.sejak
    FROM angka_tertulis b JOIN elemen e ON e.kode = b.elemen WHERE {_TERBUKA.format(b="b")} ON CONFLICT DO NOTHING;
  INSERT INTO rilis_tunggu (kode_kab, elemen, periode, rincian, sebab)
    SELECT r.kode_kab, e.kode, r.periode, '{{}}', 'KATALOG' FROM rekap r JOIN elemen e ON e.formulir = r.formulir
    WHERE e.kode = ANY(ubah) AND r.revisi_disetujui IS NOT NULL AND length(r.kode_kab) = 5
    ON CONFLICT (kode_kab, elemen, periode, rincian) DO UPDATE SET sebab = excluded.sebab;
  PERFORM hub_tunda_total(j.provinsi, j.formulir, j.periode) FROM (
    SELECT DISTINCT left(t.kode_kab, 2) AS provinsi, e.formulir, t.periode FROM rilis_tunggu t JOIN elemen e ON e.kode = t.elemen
    WHERE t.sebab = 'KATALOG' ORDER BY 1, 2, 3) j;
END $$;
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION hub_hitung_keterbukaan()")
    op.execute(_KATALOG)
    op.execute(_GAGAL)
    op.execute("COMMENT ON COLUMN rilis_tunggu.sebab IS 'one of hub/rilis/reasons.py'")
    op.execute(f"COMMENT ON COLUMN rilis_kantor.isi IS '{_ISI_KANTOR}; 2: until its element became more sensitive]'")
    op.execute("GRANT UPDATE (sebab) ON rilis_tunggu TO hub_provinsi")
    op.execute(_UBAH)


_KATALOG_DULU = f"""
CREATE FUNCTION hub_hitung_keterbukaan() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  naik text[];
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM angka_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), tingkat);
  DELETE FROM angka_tertulis_rilis WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  DELETE FROM angka_tertulis_rilis_riwayat WHERE NOT hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah));
  SELECT array_agg(DISTINCT a.elemen) INTO naik FROM angka_rilis a
    WHERE hub_kecil(hub_peka(a.elemen, a.rincian), a.nilai) AND NOT EXISTS (SELECT FROM rilis_kantor k WHERE k.elemen = a.elemen);
  UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = ANY(naik) AND nilai IS NOT NULL;
  UPDATE angka_rilis_riwayat SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = ANY(naik) AND nilai IS NOT NULL;
  DELETE FROM angka_tertulis_rilis WHERE elemen = ANY(naik);
  DELETE FROM angka_tertulis_rilis_riwayat WHERE elemen = ANY(naik);
  INSERT INTO angka_rilis ({_ISI}, sejak) SELECT {_of("b", _ISI)}, b.sejak FROM angka b JOIN elemen e ON e.kode = b.elemen
    WHERE {_TERBUKA.format(b="b")}
    ON CONFLICT ({_KUNCI}) DO UPDATE SET nilai = excluded.nilai, status = excluded.status WHERE angka_rilis.status = 'DISUPRESI';
  INSERT INTO angka_tertulis_rilis ({_ISI_TERTULIS}, sejak) SELECT {_of("b", _ISI_TERTULIS)}, b.sejak
    FROM angka_tertulis b JOIN elemen e ON e.kode = b.elemen WHERE {_TERBUKA.format(b="b")} ON CONFLICT DO NOTHING;
END $$;
"""


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_hitung_keterbukaan(jsonb)")
    op.execute(_KATALOG_DULU)
    op.execute("DROP POLICY provinsi_ubah ON rilis_tunggu; REVOKE UPDATE ON rilis_tunggu FROM hub_provinsi")
    op.execute("COMMENT ON COLUMN rilis_tunggu.sebab IS 'TOTAL, KECIL, REVISI'")
    op.execute(f"COMMENT ON COLUMN rilis_kantor.isi IS '{_ISI_KANTOR}]'")
    op.execute("DROP TABLE rilis_gagal")
