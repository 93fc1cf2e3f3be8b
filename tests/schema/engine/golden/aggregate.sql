SELECT '[' || array_to_string(array((SELECT '{"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_1.tingkat IN (1, 2, 3, 4)) THEN '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_1.nama_sejak > anon_1.acuan) THEN hub_nama_dahulu(wilayah_1.kode_kab, wilayah_1.kode, wilayah_1.berlaku_sejak, anon_1.acuan) ELSE wilayah_1.nama END AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.kode = anon_1.kode AND wilayah_1.berlaku_sejak <= anon_1.acuan AND wilayah_1.hari_terakhir >= anon_1.acuan), 'null') || ',"elemen":' || coalesce((SELECT '{"kode":' || coalesce('"' || elemen_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(elemen_1.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM elemen AS elemen_1
WHERE elemen_1.kode = anon_1.elemen), 'null') || ',"periode":' || coalesce(CAST(to_json(CAST(anon_1.periode AS TEXT)) AS TEXT), 'null') || ',"nilai":' || coalesce(CASE WHEN (scale(anon_1.nilai) = 0 AND abs(anon_1.nilai) < 1e15) THEN CAST(anon_1.nilai AS TEXT) WHEN (abs(anon_1.nilai) < 1e9 AND scale(trim_scale(anon_1.nilai)) <= 6 OR abs(anon_1.nilai) < 1e15 AND scale(trim_scale(anon_1.nilai)) = 0) THEN CAST(trim_scale(anon_1.nilai) AS TEXT) ELSE '"' || CAST(trim_scale(anon_1.nilai) AS TEXT) || '"' END, 'null') || ',"status":' || coalesce(CAST(to_json(CAST(anon_1.status AS TEXT)) AS TEXT), 'null') || ',"kelengkapan":' || '{"diharapkan":' || coalesce(CAST(anon_1.diharapkan AS TEXT), 'null') || ',"disetujui":' || coalesce(CAST(anon_1.disetujui AS TEXT), 'null') || '}' || '}' AS isi
FROM (
WITH p AS MATERIALIZED (SELECT * FROM (SELECT u.periode, greatest(u.akhir, (SELECT min(f.berlaku_sejak) FROM wilayah f WHERE f.kode_kab = left(%(p0)s::VARCHAR, 2) AND f.kode = left(%(p0)s::VARCHAR, 2)
    AND NOT EXISTS (SELECT 1 FROM silsilah l WHERE l.kode_baru = f.kode AND l.sejak_baru = f.berlaku_sejak))) AS akhir, u.urut
    FROM unnest(CAST(%(p2)s::TEXT[] AS text[]), CAST(%(p3)s::DATE[] AS date[])) WITH ORDINALITY AS u(periode, akhir, urut)) AS p), x AS MATERIALIZED (
  SELECT x.kode, x.urut, e.formulir, e.sensitif, e.registri, e.agregasi_wilayah, f.periode_jenis
  FROM unnest(CAST(%(p1)s::TEXT[] AS text[])) WITH ORDINALITY AS x(kode, urut)
  JOIN elemen e ON e.kode = x.kode JOIN formulir f ON f.kode = e.formulir
),
hitung AS MATERIALIZED (
  SELECT w.kode_kab, w.tingkat, w.berlaku_sejak, w.hari_terakhir, count(*) AS banyak FROM wilayah w
  WHERE w.kode_kab >= left(%(p0)s::VARCHAR, 5) AND w.kode_kab < left(%(p0)s::VARCHAR, 5) || '/' AND w.tingkat > 1
  GROUP BY w.kode_kab, w.tingkat, w.berlaku_sejak, w.hari_terakhir
)

SELECT r.kode_kab, r.kode, p.akhir AS acuan, x.kode AS elemen, p.periode, d.rincian,
  x.urut AS urut_elemen, p.urut AS urut_periode,
  CASE WHEN (NOT hub_terbuka(x.sensitif, r.tingkat) AND NOT hub_jangkau(r.kode_kab, (SELECT hub_lingkup()))) THEN NULL WHEN g.banyak IS NOT NULL THEN g.banyak ELSE a.nilai END AS nilai,
  CASE WHEN (NOT hub_terbuka(x.sensitif, r.tingkat) AND NOT hub_jangkau(r.kode_kab, (SELECT hub_lingkup()))) OR a.status = 'DISUPRESI' THEN NULL
    ELSE coalesce(t.tertulis, CASE WHEN g.banyak IS NOT NULL THEN a.nilai END) END AS tertulis,
  CASE WHEN (NOT hub_terbuka(x.sensitif, r.tingkat) AND NOT hub_jangkau(r.kode_kab, (SELECT hub_lingkup()))) THEN 'DISUPRESI' WHEN g.banyak > 0 THEN 'ADA' WHEN g.banyak = 0 THEN 'NOL'
       ELSE coalesce(a.status, 'TIDAK_ADA_DATA') END AS status,
  h.diharapkan, h.diharapkan * coalesce(k.diterima, 0) AS diterima,
  h.diharapkan * coalesce(k.disetujui, 0) AS disetujui, h.diharapkan * coalesce(k.tepat_waktu, 0) AS tepat_waktu,
  NULL::int AS terisi, CASE WHEN g.banyak IS NULL AND NOT hub_jangkau(r.kode_kab, (SELECT hub_lingkup())) THEN a.sejak END AS dirilis_pada
FROM p CROSS JOIN x CROSS JOIN LATERAL (SELECT (hub_bulan(p.periode) >= hub_bulan_jenis(x.periode_jenis))::int AS diharapkan OFFSET 0) h
JOIN wilayah r ON
  r.tingkat = 2 AND r.kode_kab >= left(%(p0)s::VARCHAR, 5) AND r.kode_kab < left(%(p0)s::VARCHAR, 5) || '/'
  AND r.kode >= %(p0)s::VARCHAR AND r.kode < %(p0)s::VARCHAR || '/'
  AND r.berlaku_sejak <= p.akhir AND r.hari_terakhir >= p.akhir

CROSS JOIN (VALUES ('{}'::jsonb)) AS d(rincian)
LEFT JOIN angka_terbaca a ON a.kode_kab = r.kode_kab AND a.elemen = x.kode AND a.periode = p.periode AND a.tingkat = 2
  AND a.dimensi = %(p4)s::VARCHAR AND a.kode_wilayah = r.kode AND a.rincian = d.rincian
LEFT JOIN angka_tertulis_terbaca t ON t.kode_kab = r.kode_kab AND t.elemen = x.kode AND t.periode = p.periode
  AND t.kode_wilayah = r.kode AND t.dimensi = %(p4)s::VARCHAR AND t.rincian = d.rincian
CROSS JOIN LATERAL (
  SELECT CASE WHEN %(p4)s::VARCHAR <> '' THEN NULL WHEN x.registri = 2 THEN 1
    WHEN x.registri > 2 THEN (SELECT coalesce(sum(s.banyak), 0) FROM hitung s WHERE s.kode_kab = r.kode_kab
    AND s.tingkat = x.registri AND s.berlaku_sejak <= p.akhir AND s.hari_terakhir >= p.akhir) END::numeric AS banyak
  OFFSET 0  -- counted once, however often it is read
) g
LEFT JOIN kelengkapan k ON k.kode_kab = r.kode_kab AND k.formulir = x.formulir AND k.periode = p.periode
) AS anon_1 ORDER BY anon_1.kode, anon_1.urut_elemen, anon_1.urut_periode, CAST(anon_1.rincian AS TEXT))), ',') || ']' AS isi
