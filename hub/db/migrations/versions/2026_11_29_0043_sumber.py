"""Where figures are read: raw ones by whoever reaches their office, by everybody else what was released.

The public reads names of the schema `publik`, which its connections look through first: the same statement reads released rows
for it and, for an officer, raw rows of whom he reaches and released ones of all others. The public has no right on raw figures, and
an office none on another's.
"""

from alembic import op

revision = "0043_sumber"
down_revision = "0042_rilis"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_KUNCI = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian"
_ISI = f"{_KUNCI}, nilai, status, turunan"
_KUNCI_TERTULIS = "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian"
_ISI_TERTULIS = f"{_KUNCI_TERTULIS}, tertulis"
_KAB = "kode_kab = (SELECT hub_wilayah())"
_PROV = "hub_di_bawah(kode_kab, (SELECT hub_wilayah()))"
_JANGKAU = "hub_jangkau(kode_kab, (SELECT hub_lingkup()))"


def _of(alias: str, columns: str) -> str:
    return ", ".join(f"{alias}.{c}" for c in columns.split(", "))


# of sensitivity 0, but for what tells of others: money of counted families, results made of other figures
_TERBUKA = """e.sensitif = 0 AND e.kode NOT IN ('BAN02', 'BAN04') AND hub_peka(e.kode, {b}.rincian) = 0
  AND (e.kode <> 'KIN02' OR NOT hub_menyebut_peka({b}.rincian))"""
_SUMBER = {
    "angka": _ISI + ", sejak",
    "angka_riwayat": _ISI + ", sejak, sampai",
    "angka_tertulis": _ISI_TERTULIS + ", sejak",
    "angka_tertulis_riwayat": _ISI_TERTULIS + ", sejak, sampai",
}
_SEL = "kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status"
# Of the revision that counts, and of those that did, as they were last shown: the cells that were released; what was reported too
# finely to be shown is not there
_SEL_RILIS = """
CREATE VIEW publik.rekap_nilai_terbaca AS
SELECT n.kode_kab, n.formulir, n.periode, n.revisi, n.elemen, n.kode_wilayah, n.rincian, a.nilai, a.status
FROM public.rekap r
JOIN public.rekap_nilai n ON n.kode_kab = r.kode_kab AND n.formulir = r.formulir AND n.periode = r.periode AND n.revisi = r.revisi_disetujui
JOIN public.angka_rilis a ON a.kode_kab = n.kode_kab AND a.elemen = n.elemen AND a.periode = n.periode
  AND a.tingkat = public.hub_tingkat(n.kode_wilayah) AND a.kode_wilayah = n.kode_wilayah AND a.rincian = n.rincian
  AND a.dimensi = array_to_string(ARRAY(SELECT k FROM jsonb_object_keys(n.rincian) k ORDER BY k COLLATE "C"), '|')
  AND NOT a.turunan
UNION ALL
SELECT n.kode_kab, n.formulir, n.periode, n.revisi, n.elemen, n.kode_wilayah, n.rincian, a.nilai, a.status
FROM (
  SELECT h.kode_kab, h.formulir, h.periode, h.revisi_disetujui, max(h.sampai) AS sampai FROM public.rekap_riwayat h
  WHERE h.revisi_disetujui IS NOT NULL GROUP BY h.kode_kab, h.formulir, h.periode, h.revisi_disetujui
) h
JOIN public.rekap r ON r.kode_kab = h.kode_kab AND r.formulir = h.formulir AND r.periode = h.periode
  AND r.revisi_disetujui IS DISTINCT FROM h.revisi_disetujui
JOIN public.rekap_nilai n ON n.kode_kab = h.kode_kab AND n.formulir = h.formulir AND n.periode = h.periode AND n.revisi = h.revisi_disetujui
CROSS JOIN LATERAL (
  SELECT x.nilai, x.status FROM (
    SELECT nilai, status, turunan, sejak, sampai, kode_kab, elemen, periode, tingkat, kode_wilayah, rincian, dimensi FROM public.angka_rilis_riwayat
    UNION ALL
    SELECT nilai, status, turunan, sejak, 'infinity', kode_kab, elemen, periode, tingkat, kode_wilayah, rincian, dimensi FROM public.angka_rilis
  ) x
  WHERE x.kode_kab = n.kode_kab AND x.elemen = n.elemen AND x.periode = n.periode AND x.tingkat = public.hub_tingkat(n.kode_wilayah)
    AND x.kode_wilayah = n.kode_wilayah AND x.rincian = n.rincian AND NOT x.turunan AND x.sejak < h.sampai AND x.sampai >= h.sampai
    AND x.dimensi = array_to_string(ARRAY(SELECT k FROM jsonb_object_keys(n.rincian) k ORDER BY k COLLATE "C"), '|')
) a;
"""


def _released(tabel: str) -> str:
    return tabel.replace("_riwayat", "") + "_rilis" + ("_riwayat" if tabel.endswith("_riwayat") else "")


def _view(tabel: str, kolom: str) -> str:
    """Officers' view reads as hub_terbaca, whose row security holds back what is not the caller's before any condition of his own
    is called: of raw rows those he does not reach, of released ones those he does. A WHERE here would keep the planner from looking
    rows up by the keys of what they are joined to."""
    return f"""
CREATE VIEW publik.{tabel}_terbaca AS SELECT {kolom} FROM public.{_released(tabel)};
CREATE OR REPLACE VIEW {tabel}_terbaca AS
SELECT {kolom} FROM {tabel} UNION ALL SELECT {kolom} FROM {_released(tabel)};
COMMENT ON VIEW {tabel}_terbaca IS 'as the caller may see it: all of whom he reaches, of others what was released';
DROP POLICY IF EXISTS terbaca ON {tabel};
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT SELECT ON {tabel} TO hub_terbaca;
ALTER VIEW {tabel}_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON {tabel}_terbaca TO {_SEMUA};
GRANT SELECT ON publik.{tabel}_terbaca TO hub_publik;
"""


def _cells() -> str:
    return f"""
{_SEL_RILIS}
CREATE VIEW rekap_nilai_terbaca AS SELECT {_SEL} FROM rekap_nilai
UNION ALL SELECT {_SEL} FROM publik.rekap_nilai_terbaca WHERE NOT {_JANGKAU};
COMMENT ON VIEW rekap_nilai_terbaca IS 'as the caller may see it: all of whom he reaches, of others what was released';
CREATE POLICY terbaca ON rekap_nilai FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT USAGE ON SCHEMA publik TO hub_terbaca;
GRANT SELECT ON rekap_nilai, publik.rekap_nilai_terbaca TO hub_terbaca;
ALTER VIEW rekap_nilai_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON rekap_nilai_terbaca TO {_SEMUA};
GRANT SELECT ON publik.rekap_nilai_terbaca TO hub_publik;
"""


# beside the figures of a rekap: of whom the caller reaches only
_LISAN = {
    "rekap_total": "kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung",
    "rekap_temuan": "kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi",
}


def _beside(tabel: str, kolom: str) -> str:
    return f"""
CREATE VIEW {tabel}_terbaca AS SELECT {kolom} FROM {tabel};
COMMENT ON VIEW {tabel}_terbaca IS 'as the caller may see it: all of whom he reaches, nothing of others';
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING ({_JANGKAU});
GRANT SELECT ON {tabel} TO hub_terbaca;
ALTER VIEW {tabel}_terbaca OWNER TO hub_terbaca;
GRANT SELECT ON {tabel}_terbaca TO {_SEMUA};
"""


_MENTAH = ("angka", "angka_riwayat", "angka_tertulis", "angka_tertulis_riwayat")
_SENDIRI = (
    "\n".join(
        f"""
DROP POLICY publik_baca ON {t};
ALTER POLICY kabupaten_baca ON {t} USING ({_KAB});
ALTER POLICY provinsi_baca ON {t} USING ({_PROV});
REVOKE SELECT ON {t} FROM hub_publik;
"""
        for t in _MENTAH
    )
    + "\n".join(
        f"""
{"".join(f"DROP POLICY {p}_baca_dahulu ON rekap_nilai;" for p in ("publik", "kabupaten", "provinsi"))}
DROP POLICY publik_baca ON {t};
ALTER POLICY kabupaten_baca ON {t} USING ({_KAB});
ALTER POLICY provinsi_baca ON {t} USING ({_PROV});
REVOKE SELECT ON {t} FROM hub_publik;
"""
        for t in ("rekap_nilai",)
    )
    + """
DROP POLICY publik_baca ON rekap_total;
REVOKE SELECT ON rekap_total FROM hub_publik;
DROP POLICY publik_baca ON rekap_temuan;
REVOKE SELECT ON rekap_temuan FROM hub_publik;
"""
)

# whether figures of that sensitivity are shown at that level at all
_TINGKAT = """
CREATE OR REPLACE FUNCTION hub_terbuka(peka integer, tingkat integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN tingkat <= CASE WHEN peka >= 3 THEN 2 WHEN peka = 2 THEN 3 ELSE 4 END;
"""

# When the catalogue has changed: what is closed now is taken away, now and in all that was; what is open to all is copied; and an
# element that shows what its sensitivity now hides is closed until it is released anew
_KATALOG = f"""
CREATE OR REPLACE FUNCTION hub_hitung_keterbukaan() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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


def upgrade() -> None:
    op.execute(_TINGKAT)
    op.execute(
        "CREATE SCHEMA publik; GRANT USAGE ON SCHEMA publik TO hub_publik; GRANT CREATE ON SCHEMA public TO hub_terbaca"
    )
    for tabel, kolom in _SUMBER.items():
        op.execute(_view(tabel, kolom))
    op.execute(_cells())
    for tabel, kolom in _LISAN.items():
        op.execute(_beside(tabel, kolom))
    op.execute("REVOKE CREATE ON SCHEMA public FROM hub_terbaca")
    op.execute(_SENDIRI)
    op.execute(_KATALOG)


# ---------- as it was ----------

_HITUNG = """
UPDATE angka SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1;
UPDATE angka_riwayat SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1;
UPDATE angka_tertulis SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2;
UPDATE angka_tertulis_riwayat SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2;
UPDATE rekap_nilai SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai) = 2;
UPDATE rekap_total SET publik = hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung) = 2;
"""
_DULU = """
CREATE OR REPLACE FUNCTION public.hub_hitung_keterbukaan()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF hub_klaim('hub_sistem') IS NULL THEN
    RAISE EXCEPTION 'klaim peran tidak sah' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE angka SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1 WHERE publik <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2) OR kecil <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1);
  UPDATE angka_riwayat SET publik = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2, kecil = hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1 WHERE publik <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 2) OR kecil <> (hub_keterbukaan(elemen, tingkat, rincian, nilai) = 1);
  UPDATE angka_tertulis SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2);
  UPDATE angka_tertulis_riwayat SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, tertulis) = 2);
  UPDATE rekap_nilai SET publik = hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai) = 2 WHERE publik <> (hub_keterbukaan(elemen, hub_tingkat(kode_wilayah), rincian, nilai) = 2);
  UPDATE rekap_total SET publik = hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung) = 2 WHERE publik <> (hub_keterbukaan_total(elemen, kode_wilayah, tertulis, dihitung) = 2);
END $function$;
CREATE OR REPLACE FUNCTION public.hub_terbuka(peka integer, tingkat integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((peka < 2) OR ((peka = 2) AND (tingkat <= 2)));
"""
_TERBACA_DULU = """
CREATE OR REPLACE VIEW {tabel}_terbaca AS
SELECT kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN nilai END AS nilai,
  CASE WHEN publik OR hub_jangkau(kode_kab, (SELECT hub_lingkup())) THEN status ELSE 'DISUPRESI' END AS status, turunan, sejak{sampai}
FROM {tabel};
COMMENT ON VIEW {tabel}_terbaca IS 'figures as the caller may see them; DISUPRESI: there, and so small that it is closed';
DROP POLICY terbaca ON {tabel};
CREATE POLICY terbaca ON {tabel} FOR SELECT TO hub_terbaca USING (publik OR kecil OR hub_jangkau(kode_kab, (SELECT hub_lingkup())));
"""
_DISETUJUI = """publik AND EXISTS (SELECT 1 FROM {rekap} r WHERE r.kode_kab = rekap_nilai.kode_kab
  AND r.formulir = rekap_nilai.formulir AND r.periode = rekap_nilai.periode AND r.revisi_disetujui = rekap_nilai.revisi)"""


def downgrade() -> None:
    op.execute("DROP VIEW rekap_nilai_terbaca, angka_tertulis_terbaca, angka_tertulis_riwayat_terbaca")
    op.execute("DROP VIEW rekap_total_terbaca, rekap_temuan_terbaca")
    for tabel in ("rekap_nilai", "rekap_total", "rekap_temuan", "angka_tertulis", "angka_tertulis_riwayat"):
        op.execute(f"DROP POLICY terbaca ON {tabel}; REVOKE ALL ON {tabel} FROM hub_terbaca")
    op.execute("DROP SCHEMA publik CASCADE")
    op.execute(_DULU)
    op.execute(_HITUNG)
    for tabel in _MENTAH:
        op.execute(f"""
GRANT SELECT ON {tabel} TO hub_publik;
CREATE POLICY publik_baca ON {tabel} FOR SELECT TO hub_publik USING (publik);
ALTER POLICY kabupaten_baca ON {tabel} USING (publik OR {_KAB});
ALTER POLICY provinsi_baca ON {tabel} USING (publik OR hub_di_bawah(kode_kab));
""")
    sekarang, dahulu = (_DISETUJUI.format(rekap=r) for r in ("rekap", "rekap_riwayat"))
    op.execute(f"""
GRANT SELECT ON rekap_nilai, rekap_total, rekap_temuan TO hub_publik;
CREATE POLICY publik_baca ON rekap_total FOR SELECT TO hub_publik USING (false);
CREATE POLICY publik_baca ON rekap_temuan FOR SELECT TO hub_publik USING (false);
CREATE POLICY publik_baca ON rekap_nilai FOR SELECT TO hub_publik USING ({sekarang});
ALTER POLICY kabupaten_baca ON rekap_nilai USING ({_KAB} OR {sekarang});
ALTER POLICY provinsi_baca ON rekap_nilai USING (hub_di_bawah(kode_kab) OR {sekarang});
CREATE POLICY publik_baca_dahulu ON rekap_nilai FOR SELECT TO hub_publik USING ({dahulu});
CREATE POLICY kabupaten_baca_dahulu ON rekap_nilai FOR SELECT TO hub_kabupaten USING ({dahulu});
CREATE POLICY provinsi_baca_dahulu ON rekap_nilai FOR SELECT TO hub_provinsi USING ({dahulu});
GRANT CREATE ON SCHEMA public TO hub_terbaca;
""")
    for tabel, sampai in (("angka", ""), ("angka_riwayat", ", sampai")):
        op.execute(_TERBACA_DULU.format(tabel=tabel, sampai=sampai))
    op.execute("REVOKE CREATE ON SCHEMA public FROM hub_terbaca")
