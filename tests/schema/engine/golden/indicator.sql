SELECT '[' || array_to_string(array((SELECT '{"kode":' || coalesce(CAST(to_json(CAST(anon_1.kode AS TEXT)) AS TEXT), 'null') || ',"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_1.tingkat IN (1, 2, 3, 4)) THEN '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.kode = anon_1.kode_wilayah AND wilayah_1.berlaku_sejak <= anon_1.acuan AND wilayah_1.hari_terakhir >= anon_1.acuan), 'null') || ',"periode":' || coalesce(CAST(to_json(CAST(anon_1.periode AS TEXT)) AS TEXT), 'null') || ',"nilai":' || coalesce(CASE WHEN (scale(anon_1.nilai) = 0 AND abs(anon_1.nilai) < 1e15) THEN CAST(anon_1.nilai AS TEXT) WHEN (abs(anon_1.nilai) < 1e9 AND scale(trim_scale(anon_1.nilai)) <= 6 OR abs(anon_1.nilai) < 1e15 AND scale(trim_scale(anon_1.nilai)) = 0) THEN CAST(trim_scale(anon_1.nilai) AS TEXT) ELSE '"' || CAST(trim_scale(anon_1.nilai) AS TEXT) || '"' END, 'null') || ',"status":' || coalesce(CAST(to_json(CAST(anon_1.status AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM (
WITH minta AS (
  SELECT i.kode, i.varian, i.nama, i.jenis, i.faktor, m.urut FROM unnest(CAST(%(p1)s::TEXT[] AS text[])) WITH ORDINALITY AS m(kode, urut)
  JOIN indikator i ON (i.kode = m.kode AND i.varian = '') OR i.kode || '.' || i.varian = m.kode
), daerah AS (
  SELECT p.periode, p.akhir, p.urut, r.kode_kab, r.kode, r.tingkat
  FROM (SELECT u.periode, greatest(u.akhir, (SELECT min(f.berlaku_sejak) FROM wilayah f WHERE f.kode_kab = left(%(p0)s::VARCHAR, 2) AND f.kode = left(%(p0)s::VARCHAR, 2)
    AND NOT EXISTS (SELECT 1 FROM silsilah l WHERE l.kode_baru = f.kode AND l.sejak_baru = f.berlaku_sejak))) AS akhir, u.urut
    FROM unnest(CAST(%(p2)s::TEXT[] AS text[]), CAST(%(p3)s::DATE[] AS date[])) WITH ORDINALITY AS u(periode, akhir, urut)) AS p
  JOIN wilayah r ON r.tingkat = 2 AND r.kode_kab >= left(%(p0)s::VARCHAR, 5) AND r.kode_kab < left(%(p0)s::VARCHAR, 5) || '/'
    AND (r.kode = %(p0)s::VARCHAR OR (r.kode >= %(p0)s::VARCHAR || '.' AND r.kode < %(p0)s::VARCHAR || '/'))
    AND r.berlaku_sejak <= p.akhir AND r.hari_terakhir >= p.akhir
), satuan AS (SELECT d.periode, d.akhir, d.kode AS untuk, d.kode_kab, d.kode, d.tingkat FROM daerah d
), kinerja AS (
  SELECT d.periode, d.kode AS untuk, d.kode_kab, d.tingkat, a.elemen, a.dimensi, a.rincian, a.nilai, a.status
  FROM daerah d JOIN angka_terbaca a ON a.kode_kab = d.kode_kab AND a.elemen IN ('KIN01', 'KIN02') AND a.periode = d.periode
    AND a.tingkat = d.tingkat AND a.kode_wilayah = d.kode
  WHERE EXISTS (SELECT 1 FROM minta WHERE jenis IN ('CAPAIAN_NAIK', 'CAPAIAN_TURUN', 'RERATA'))
  UNION ALL
  SELECT d.periode, d.kode, d.kode_kab, d.tingkat, x.elemen, x.dimensi, x.rincian, x.tertulis, 'ADA'  -- the rows he may see
  FROM daerah d JOIN angka_tertulis_terbaca x ON x.kode_kab = d.kode_kab AND x.elemen IN ('KIN01', 'KIN02') AND x.periode = d.periode
    AND x.kode_wilayah = d.kode
  WHERE d.tingkat = 1 AND EXISTS (SELECT 1 FROM minta WHERE jenis IN ('CAPAIAN_NAIK', 'CAPAIAN_TURUN', 'RERATA'))
), perlu AS (
  SELECT kode, varian FROM minta WHERE jenis IN ('RASIO', 'CACAH_KABUPATEN')
  UNION SELECT i.kode, i.varian FROM indikator i WHERE i.jenis IN ('RASIO', 'CACAH_KABUPATEN')
    AND i.kode || CASE i.varian WHEN '' THEN '' ELSE '.' || i.varian END IN (SELECT k.rincian->>'indikator' FROM kinerja k WHERE k.elemen = 'KIN01')
), suku AS (
  SELECT s.*, e.registri, e.formulir, e.sensitif,
    coalesce((SELECT string_agg(k, '|' ORDER BY k COLLATE "C") FROM jsonb_object_keys(s.rincian) k), '') AS dimensi
  FROM perlu JOIN suku_indikator s ON s.indikator = perlu.kode AND s.varian = perlu.varian JOIN elemen e ON e.kode = s.elemen
), register AS MATERIALIZED (WITH p AS (
  SELECT p.*, greatest(p.akhir, (SELECT min(f.berlaku_sejak) FROM wilayah f WHERE f.kode_kab = left(%(p0)s::VARCHAR, 2) AND f.kode = left(%(p0)s::VARCHAR, 2)
    AND NOT EXISTS (SELECT 1 FROM silsilah l WHERE l.kode_baru = f.kode AND l.sejak_baru = f.berlaku_sejak))) AS hari_wilayah
  FROM unnest(CAST(%(p2)s::TEXT[] AS text[]), CAST(%(p3)s::DATE[] AS date[])) AS p(periode, akhir)), ada AS MATERIALIZED (
  SELECT p.periode, p.akhir, s.kode_kab, s.id, s.jenis, s.pemilik FROM p JOIN sumber_daya s ON s.kode_kab >= left(%(p0)s::VARCHAR, 2)
    AND s.kode_kab < left(%(p0)s::VARCHAR, 2) || '/' AND s.sejak <= p.akhir AND s.hari_terakhir >= p.akhir
), benda(periode, elemen, kode_kab) AS (SELECT s.periode, 'LEM01', s.kode_kab FROM ada s  WHERE s.jenis IN ('PANTI') AND s.pemilik <> 'MASYARAKAT'
  UNION ALL SELECT s.periode, 'LEM02', s.kode_kab FROM ada s  WHERE s.jenis IN ('PANTI') AND s.pemilik = 'MASYARAKAT'
  UNION ALL SELECT s.periode, 'LEM05', s.kode_kab FROM ada s  WHERE s.jenis IN ('LKS') AND s.pemilik = 'MASYARAKAT'
  UNION ALL SELECT s.periode, 'LEM06', s.kode_kab FROM ada s  WHERE s.jenis IN ('LK3') AND true
  UNION ALL SELECT s.periode, 'LEM07', s.kode_kab FROM ada s  WHERE s.jenis IN ('RUMAH_SINGGAH') AND true
  UNION ALL SELECT s.periode, 'LEM08', s.kode_kab FROM ada s CROSS JOIN LATERAL (
    SELECT t.peringkat, t.cakupan FROM surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = 'TANDA_DAFTAR'
      AND t.sejak <= s.akhir AND (t.sampai IS NULL OR t.sampai > s.akhir) ORDER BY t.sejak DESC LIMIT 1) t WHERE s.jenis IN ('LKS', 'PANTI') AND true
  UNION ALL SELECT s.periode, 'LEM09', s.kode_kab FROM ada s CROSS JOIN LATERAL (
    SELECT t.peringkat, t.cakupan FROM surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = 'AKREDITASI'
      AND t.sejak <= s.akhir AND (t.sampai IS NULL OR t.sampai > s.akhir) ORDER BY t.sejak DESC LIMIT 1) t WHERE s.jenis IN ('LKS', 'PANTI') AND true
  UNION ALL SELECT s.periode, 'LEM10', s.kode_kab FROM ada s  WHERE s.jenis IN ('SLRT') AND true
  UNION ALL SELECT s.periode, 'LEM11', s.kode_kab FROM ada s  WHERE s.jenis IN ('PUSKESOS') AND true
  UNION ALL SELECT s.periode, 'LEM14', s.kode_kab FROM ada s  WHERE s.jenis IN ('KARANG_TARUNA') AND true
  UNION ALL SELECT s.periode, 'LEM17', s.kode_kab FROM ada s  WHERE s.jenis IN ('KAMPUNG_SIAGA_BENCANA') AND true
  UNION ALL SELECT s.periode, 'LOG01', s.kode_kab FROM ada s  WHERE s.jenis IN ('GUDANG_BENCANA') AND true)
SELECT jsonb_object_agg(k.kunci, k.banyak ORDER BY k.kunci) AS isi FROM (
  SELECT concat_ws('|', periode, elemen, kode_kab) AS kunci, count(*) AS banyak FROM benda
  GROUP BY GROUPING SETS ((periode, elemen), (periode, elemen, kode_kab))
  UNION ALL SELECT concat_ws('|', periode, kode_kab), count(*) FROM ada GROUP BY periode, kode_kab) k), sisi AS (
  SELECT u.periode, u.untuk, u.kode, s.indikator, s.varian, s.sisi, s.pilihan, sum(coalesce(v.nilai, g.nilai)) AS nilai,
    bool_and(coalesce(v.nilai, g.nilai) IS NOT NULL OR t.tutup OR coalesce(v.status = 'DISUPRESI', false)) AS lengkap,
    bool_or(t.tutup OR coalesce(v.status = 'DISUPRESI', false)) AS tutup,
    bool_or(v.nilai IS NULL AND g.nilai IS NOT NULL) AS dari_register
  FROM satuan u CROSS JOIN suku s
  CROSS JOIN LATERAL (SELECT (NOT hub_terbuka(s.sensitif, u.tingkat) AND NOT hub_jangkau(u.kode_kab, (SELECT hub_lingkup()))) AS tutup OFFSET 0) t
  LEFT JOIN LATERAL (
    SELECT b.nilai, b.status FROM angka_terbaca b WHERE s.registri IS NULL AND b.kode_kab = u.kode_kab AND b.elemen = s.elemen AND b.periode = u.periode
      AND b.tingkat = u.tingkat AND b.dimensi = s.dimensi AND b.kode_wilayah = u.kode AND b.rincian = s.rincian
    UNION ALL
    SELECT count(*), 'ADA' FROM wilayah w WHERE w.kode_kab = u.kode_kab AND w.tingkat = s.registri
      AND (w.kode_induk = u.kode OR u.tingkat = 2) AND w.berlaku_sejak <= u.akhir AND w.hari_terakhir >= u.akhir
      AND (s.dimensi = '' OR CASE w.jenis WHEN 'DESA' THEN 'desa' WHEN 'DESA_ADAT' THEN 'desa' WHEN 'KELURAHAN' THEN 'kelurahan' END = s.rincian->>'jenis_desa')
    HAVING s.registri >= u.tingkat AND (s.dimensi = '' OR (s.registri = 4 AND s.dimensi = 'jenis_desa'))
  ) v ON true
  CROSS JOIN LATERAL (SELECT CASE WHEN u.tingkat = 2 AND s.dimensi = '' AND s.elemen IN ('LEM01', 'LEM02', 'LEM05', 'LEM06', 'LEM07', 'LEM08', 'LEM09', 'LEM10', 'LEM11', 'LEM14', 'LEM17', 'LOG01', 'WKS01', 'WKS02', 'WKS03')
      AND v.nilai IS NULL AND coalesce(v.status, 'TIDAK_ADA_DATA') = 'TIDAK_ADA_DATA' THEN (
        SELECT coalesce((g.isi->>concat_ws('|', u.periode, s.elemen, u.kode_kab))::numeric, 0) FROM register g
        WHERE jsonb_exists(g.isi, concat_ws('|', u.periode, u.kode_kab)) AND jsonb_exists(g.isi, concat_ws('|', u.periode, s.elemen))
      ) END AS nilai OFFSET 0) g
  GROUP BY u.periode, u.untuk, u.kode, s.indikator, s.varian, s.sisi, s.pilihan
), terpilih AS (
  SELECT DISTINCT ON (periode, untuk, kode, indikator, varian, sisi) * FROM sisi WHERE lengkap
  ORDER BY periode, untuk, kode, indikator, varian, sisi, pilihan
), rasio AS (
  SELECT a.periode, a.untuk, a.indikator, a.varian, sum(a.nilai) AS pembilang, sum(b.nilai) AS penyebut, count(*) AS satuan,
    bool_or(a.tutup OR b.tutup) AS tutup
  FROM terpilih a JOIN terpilih b USING (periode, untuk, kode, indikator, varian)
  WHERE a.sisi = 'PEMBILANG' AND b.sisi = 'PENYEBUT'
    AND (coalesce(b.nilai, 1) <> 0 OR coalesce(a.nilai, 0) = 0)  -- 20 of 0 is a slip of the pen, and would count for others
  GROUP BY a.periode, a.untuk, a.indikator, a.varian
), cacah AS (  -- of those whose figure is known: who has not reported is no "no"; what is closed may be either
  SELECT t.periode, t.untuk, t.indikator, t.varian, count(*) FILTER (WHERE t.nilai > 0) AS pembilang,
    count(*) AS penyebut, count(*) AS satuan,
    bool_or(t.tutup) AS tutup
  FROM terpilih t JOIN indikator i ON i.kode = t.indikator AND i.varian = t.varian AND i.jenis = 'CACAH_KABUPATEN'
  GROUP BY t.periode, t.untuk, t.indikator, t.varian
), target AS (
  SELECT DISTINCT ON (k.periode, k.untuk, apa) k.periode, k.untuk, k.kode_kab, k.tingkat, k.rincian->>'indikator' AS apa,
    k.rincian->>'sasaran_kinerja' AS sasaran, k.nilai, k.rincian, k.dimensi
  FROM kinerja k WHERE k.elemen = 'KIN01' AND jsonb_exists(k.rincian, 'indikator')
  ORDER BY k.periode, k.untuk, apa, k.status <> 'TIDAK_ADA_DATA' DESC, (CASE WHEN (k.rincian->>'versi') ~ '^\d{4}-\d{2}-\d{2}$' THEN '2' || (k.rincian->>'versi') WHEN (k.rincian->>'versi') IS NOT NULL THEN '1' || to_char(coalesce(array_position((SELECT v.pilihan FROM rincian v WHERE v.elemen = 'KIN01' AND v.kode = 'versi'), (k.rincian->>'versi')), 999999), 'FM000000') || to_char(length((k.rincian->>'versi')), 'FM000000') || (k.rincian->>'versi') END) COLLATE "C" DESC NULLS LAST, sasaran
), terhitung AS (  -- what the hub computes of indicators
  SELECT r.periode, r.untuk, i.kode || CASE i.varian WHEN '' THEN '' ELSE '.' || i.varian END AS apa, r.pembilang * i.faktor / nullif(r.penyebut, 0) AS nilai, r.tutup
  FROM (
    SELECT periode, untuk, indikator, varian, pembilang, penyebut, tutup FROM rasio
    UNION ALL SELECT periode, untuk, indikator, varian, pembilang::numeric, penyebut, tutup FROM cacah
  ) r JOIN indikator i ON i.kode = r.indikator AND i.varian = r.varian
), capaian AS (
  SELECT t.periode, t.untuk, t.kode_kab, t.apa, t.sasaran, t.nilai AS target, coalesce(e.arah, 'NAIK') AS arah, s.dari_target, s.dari_hasil,
    h.nilai AS dihitung, k.nilai AS ditulis, h.tutup OR h.nilai IS NULL AND coalesce(k.status = 'DISUPRESI', false) AS tutup
  FROM target t
  LEFT JOIN indikator i ON i.kode || CASE i.varian WHEN '' THEN '' ELSE '.' || i.varian END = t.apa
  LEFT JOIN elemen e ON e.kode = t.apa
  CROSS JOIN LATERAL (
    SELECT coalesce((SELECT v.satuan->>t.apa FROM rincian v WHERE v.elemen = 'KIN01' AND v.kode = 'indikator'), i.satuan, e.satuan) AS dari_target,
      CASE WHEN i.jenis IN ('RASIO', 'CACAH_KABUPATEN') THEN i.satuan ELSE e.satuan END AS dari_hasil
  ) s
  LEFT JOIN terhitung r ON r.periode = t.periode AND r.untuk = t.untuk AND r.apa = t.apa
  LEFT JOIN LATERAL (
    SELECT a.nilai, a.status = 'DISUPRESI' AS tutup FROM angka_terbaca a
    WHERE a.kode_kab = t.kode_kab AND a.elemen = t.apa AND a.periode = t.periode AND a.tingkat = t.tingkat AND a.dimensi = ''
      AND a.kode_wilayah = t.untuk AND a.rincian = '{}'
    UNION ALL
    SELECT sum(b.nilai), bool_or(b.status = 'DISUPRESI')
    FROM satuan u CROSS JOIN LATERAL (SELECT b.nilai, b.status FROM angka_terbaca b WHERE hub_jangkau(t.untuk, (SELECT hub_lingkup())) AND b.kode_kab = u.kode_kab AND b.elemen = t.apa AND b.periode = t.periode AND b.tingkat = 2
      AND b.dimensi = '' AND b.kode_wilayah = u.kode AND b.rincian = '{}'
    UNION ALL SELECT b.nilai, b.status FROM angka_rilis b WHERE NOT hub_jangkau(t.untuk, (SELECT hub_lingkup())) AND b.kode_kab = u.kode_kab AND b.elemen = t.apa AND b.periode = t.periode AND b.tingkat = 2
      AND b.dimensi = '' AND b.kode_wilayah = u.kode AND b.rincian = '{}') b
    WHERE t.tingkat = 1 AND u.periode = t.periode AND u.untuk = t.untuk AND e.agregasi_wilayah IN ('JUMLAH', 'HITUNG')
      AND NOT EXISTS (SELECT FROM angka_terbaca o WHERE o.kode_kab = t.kode_kab AND o.elemen = t.apa AND o.periode = t.periode AND o.tingkat = 1
        AND o.dimensi = '' AND o.kode_wilayah = t.untuk AND o.rincian = '{}')
    HAVING count(*) > 0) a ON true
  CROSS JOIN LATERAL (  -- nothing at all of what is in another unit, not even that it is closed
    SELECT CASE WHEN b.sama THEN coalesce(r.nilai, a.nilai) END AS nilai, b.sama AND (coalesce(r.tutup, false) OR coalesce(a.tutup, false)
      OR coalesce((NOT hub_terbuka(e.sensitif, t.tingkat) AND NOT hub_jangkau(t.kode_kab, (SELECT hub_lingkup()))), false)) AS tutup
    FROM (SELECT s.dari_target IS NOT DISTINCT FROM s.dari_hasil AS sama) b
  ) h
  LEFT JOIN LATERAL (
    SELECT k.nilai, k.status FROM kinerja k WHERE k.elemen = 'KIN02' AND k.periode = t.periode AND k.untuk = t.untuk
      AND k.rincian->>'indikator' = t.apa ORDER BY k.dimensi, k.rincian LIMIT 1
  ) k ON true
), tercapai AS (
  SELECT c.*, CASE arah WHEN 'NAIK' THEN hasil ELSE 2 * target - hasil END AS pembilang
  FROM (SELECT *, coalesce(dihitung, ditulis) AS hasil FROM capaian) c
), dicapai AS (
  SELECT *, pembilang / nullif(target, 0) AS bagian, CASE
    WHEN target IS NULL THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'target_kosong', apa)
    WHEN target = 0 THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'target_nol')
    WHEN hasil IS NULL AND dari_target <> dari_hasil THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'satuan', apa, dari_target, dari_hasil)
    WHEN hasil IS NULL AND dari_hasil IS NULL THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tak_dihitung', apa)
    WHEN hasil IS NULL THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tanpa_realisasi', apa)
    WHEN dihitung IS NULL THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'ditulis', apa)
    END AS alasan FROM tercapai
), skor AS (
  SELECT coalesce(a.periode, b.periode) AS periode, coalesce(a.untuk, b.untuk) AS untuk, coalesce(a.skor, b.skor) AS skor,
    a.skor IS NULL AND coalesce(b.tutup, false) AS tutup
  FROM (
    SELECT k.periode, k.untuk, k.rincian->>'sasaran_kinerja' AS sasaran, k.nilai AS skor FROM kinerja k
    WHERE k.elemen = 'KIN02' AND k.dimensi = 'sasaran_kinerja' AND lower(k.rincian->>'sasaran_kinerja') <> 'total' AND k.nilai IS NOT NULL
  ) a FULL JOIN (
    SELECT periode, untuk, sasaran, avg(bagian * 100) AS skor, bool_or(tutup) AS tutup FROM dicapai WHERE sasaran IS NOT NULL AND target IS NOT NULL
    GROUP BY periode, untuk, sasaran HAVING count(bagian) = count(*) OR bool_or(tutup)
  ) b USING (periode, untuk, sasaran)
), hasil AS (
  SELECT periode, untuk, indikator, varian, '{}'::jsonb AS rincian, pembilang, penyebut, pembilang / nullif(penyebut, 0) AS bagian,
    satuan, tutup, NULL AS alasan FROM rasio
  UNION ALL SELECT periode, untuk, indikator, varian, '{}', pembilang, penyebut, pembilang::numeric / nullif(penyebut, 0), satuan, tutup, NULL FROM cacah
  UNION ALL SELECT c.periode, c.untuk, m.kode, m.varian, jsonb_build_object('indikator', c.apa), c.pembilang, c.target, c.bagian, 1, c.tutup, c.alasan
    FROM dicapai c JOIN minta m ON m.jenis = CASE c.arah WHEN 'NAIK' THEN 'CAPAIAN_NAIK' ELSE 'CAPAIAN_TURUN' END
  UNION ALL SELECT s.periode, s.untuk, m.kode, m.varian, '{}', sum(s.skor), count(*), avg(s.skor), 1, bool_or(s.tutup), NULL
    FROM skor s JOIN minta m ON m.jenis = 'RERATA' GROUP BY s.periode, s.untuk, m.kode, m.varian
)
SELECT d.kode_kab, d.kode AS kode_wilayah, d.akhir AS acuan, d.periode, d.urut AS urut_periode, m.urut AS urut_indikator,
  m.kode || CASE m.varian WHEN '' THEN '' ELSE '.' || m.varian END AS kode,
  m.nama || coalesce(': ' || coalesce(i.nama, e.nama, h.rincian->>'indikator'), '') AS nama,
  coalesce(h.rincian, '{}') AS rincian, CASE WHEN NOT z.tutup THEN round(h.pembilang, 6) END AS pembilang,
  CASE WHEN NOT z.tutup THEN round(h.penyebut, 6) END AS penyebut, CASE WHEN NOT z.tutup THEN h.bagian * m.faktor END AS nilai_utuh,
  CASE WHEN NOT z.tutup THEN round(h.bagian * m.faktor, 2) END AS nilai,
  CASE WHEN z.tutup THEN 'DISUPRESI' WHEN h.bagian IS NULL THEN 'TIDAK_ADA_DATA' WHEN h.bagian = 0 THEN 'NOL' ELSE 'ADA' END AS status,
  CASE
    WHEN z.tutup THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tertutup')
    WHEN h.alasan IS NOT NULL OR h.bagian IS NOT NULL THEN h.alasan
    WHEN h.penyebut = 0 THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'penyebut_nol')
    WHEN m.jenis = 'RERATA' THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tanpa_skor')
    WHEN m.jenis IN ('CAPAIAN_NAIK', 'CAPAIAN_TURUN') THEN format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tanpa_target')
    ELSE format(CAST(%(p4)s::VARCHAR AS jsonb)->>'tak_lengkap', (SELECT string_agg(DISTINCT s.elemen, ', ' ORDER BY s.elemen) FROM suku s WHERE s.indikator = m.kode AND s.varian = m.varian))
    END AS alasan, k.diharapkan, k.diterima, k.disetujui, k.tepat_waktu
FROM daerah d CROSS JOIN minta m
LEFT JOIN hasil h ON h.periode = d.periode AND h.untuk = d.kode AND h.indikator = m.kode AND h.varian = m.varian
LEFT JOIN indikator i ON i.kode || CASE i.varian WHEN '' THEN '' ELSE '.' || i.varian END = h.rincian->>'indikator'
LEFT JOIN elemen e ON e.kode = h.rincian->>'indikator'
CROSS JOIN LATERAL (SELECT coalesce(h.tutup, false) AS tutup) z
CROSS JOIN LATERAL (
  -- an office has reported when all forms that the terms are of are there; what no form is behind of, where it has a result
  SELECT count(*) FILTER (WHERE coalesce(x.diharapkan, true))::int AS diharapkan, count(*) FILTER (WHERE x.diterima)::int AS diterima,
    CASE WHEN count(x.diharapkan) > 0 THEN count(*) FILTER (WHERE x.disetujui) ELSE coalesce(h.satuan, 0) END::int AS disetujui,
    count(*) FILTER (WHERE x.tepat)::int AS tepat_waktu
  FROM (SELECT d.kode_kab) u LEFT JOIN LATERAL (
    SELECT bool_and(y.diharapkan = 1) AS diharapkan, bool_and(y.diharapkan * coalesce(l.diterima, 0) > 0) AS diterima,
      bool_and(y.diharapkan * coalesce(l.disetujui, 0) > 0) AS disetujui, bool_and(y.diharapkan * coalesce(l.tepat_waktu, 0) > 0) AS tepat
    FROM (SELECT DISTINCT s.formulir FROM suku s WHERE s.indikator = m.kode AND s.varian = m.varian AND s.registri IS NULL) f
    JOIN formulir g ON g.kode = f.formulir CROSS JOIN LATERAL (SELECT (hub_bulan(d.periode) >= hub_bulan_jenis(g.periode_jenis))::int AS diharapkan) y
    LEFT JOIN kelengkapan l ON l.kode_kab = u.kode_kab AND l.formulir = f.formulir AND l.periode = d.periode
  ) x ON true
) k
) AS anon_1 ORDER BY anon_1.kode_wilayah, anon_1.urut_indikator, anon_1.urut_periode, CAST(anon_1.rincian AS TEXT))), ',') || ']' AS isi
