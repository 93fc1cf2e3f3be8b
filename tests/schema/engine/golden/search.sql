SELECT '[' || array_to_string(array((SELECT '{"jalur":' || left(substr(CAST(json_build_array(concat_ws(%(concat_ws_1)s::VARCHAR, (SELECT CASE WHEN (wilayah_1.nama_sejak > anon_2.acuan) THEN hub_nama_dahulu(wilayah_1.kode_kab, wilayah_1.kode, wilayah_1.berlaku_sejak, anon_2.acuan) ELSE wilayah_1.nama END AS anon_1
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = left(left(anon_2.kode, %(left_1)s::INTEGER), %(left_2)s::INTEGER) AND wilayah_1.kode = left(anon_2.kode, %(left_1)s::INTEGER) AND wilayah_1.tingkat = %(tingkat_1)s::SMALLINT AND wilayah_1.berlaku_sejak <= anon_2.acuan AND wilayah_1.hari_terakhir >= anon_2.acuan), (SELECT CASE WHEN (wilayah_2.nama_sejak > anon_2.acuan) THEN hub_nama_dahulu(wilayah_2.kode_kab, wilayah_2.kode, wilayah_2.berlaku_sejak, anon_2.acuan) ELSE wilayah_2.nama END AS anon_3
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(left(anon_2.kode, %(left_3)s::INTEGER), %(left_4)s::INTEGER) AND wilayah_2.kode = left(anon_2.kode, %(left_3)s::INTEGER) AND wilayah_2.tingkat = %(tingkat_2)s::SMALLINT AND wilayah_2.berlaku_sejak <= anon_2.acuan AND wilayah_2.hari_terakhir >= anon_2.acuan), (SELECT CASE WHEN (wilayah_3.nama_sejak > anon_2.acuan) THEN hub_nama_dahulu(wilayah_3.kode_kab, wilayah_3.kode, wilayah_3.berlaku_sejak, anon_2.acuan) ELSE wilayah_3.nama END AS anon_4
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = left(left(anon_2.kode, %(left_5)s::INTEGER), %(left_6)s::INTEGER) AND wilayah_3.kode = left(anon_2.kode, %(left_5)s::INTEGER) AND wilayah_3.tingkat = %(tingkat_3)s::SMALLINT AND wilayah_3.berlaku_sejak <= anon_2.acuan AND wilayah_3.hari_terakhir >= anon_2.acuan), (SELECT CASE WHEN (wilayah_4.nama_sejak > anon_2.acuan) THEN hub_nama_dahulu(wilayah_4.kode_kab, wilayah_4.kode, wilayah_4.berlaku_sejak, anon_2.acuan) ELSE wilayah_4.nama END AS anon_5
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(left(anon_2.kode, %(left_7)s::INTEGER), %(left_8)s::INTEGER) AND wilayah_4.kode = left(anon_2.kode, %(left_7)s::INTEGER) AND wilayah_4.tingkat = %(tingkat_4)s::SMALLINT AND wilayah_4.berlaku_sejak <= anon_2.acuan AND wilayah_4.hari_terakhir >= anon_2.acuan))) AS TEXT), %(substr_1)s::INTEGER), %(left_9)s::INTEGER) || ',"skor":' || coalesce(CAST(to_json(anon_2.skor) AS TEXT), 'null') || ',"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_5.tingkat IN (1, 2, 3, 4)) THEN '{"__typename":' || coalesce('"' || CASE WHEN (wilayah_5.tingkat = %(tingkat_5)s::SMALLINT) THEN 'Provinsi' WHEN (wilayah_5.tingkat = %(tingkat_6)s::SMALLINT) THEN 'Kabupaten' WHEN (wilayah_5.tingkat = %(tingkat_7)s::SMALLINT) THEN 'Kecamatan' WHEN (wilayah_5.tingkat = %(tingkat_8)s::SMALLINT) THEN 'Desa' END || '"', 'null') || ',"kode":' || coalesce('"' || wilayah_5.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_5.nama_sejak > anon_2.acuan) THEN hub_nama_dahulu(wilayah_5.kode_kab, wilayah_5.kode, wilayah_5.berlaku_sejak, anon_2.acuan) ELSE wilayah_5.nama END AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_5
WHERE wilayah_5.kode_kab = anon_2.kode_kab AND wilayah_5.kode = anon_2.kode AND wilayah_5.berlaku_sejak <= anon_2.acuan AND wilayah_5.hari_terakhir >= anon_2.acuan), 'null') || '}' AS isi
FROM (
WITH m AS MATERIALIZED (SELECT CAST(%(p0)s::VARCHAR AS text) AS kode, CAST(%(p1)s::INTEGER AS int) AS penuh, CAST(%(p2)s::INTEGER AS int) AS cadangan, CAST(%(p3)s::TEXT[] AS text[]) AS kunci, CAST(%(p4)s::INTEGER[] AS int[]) AS topeng, CAST(%(p5)s::INTEGER[] AS int[]) AS awalan, CAST(%(p6)s::BOOLEAN[] AS bool[]) AS boleh_atas, CAST(%(p7)s::BOOLEAN[] AS bool[]) AS boleh_mirip, CAST(%(p8)s::TEXT[] AS text[]) AS tulisan, CAST(%(p9)s::INTEGER[] AS int[]) AS topeng_tulisan, CAST(%(p10)s::FLOAT[] AS float[]) AS bobot, CAST(%(p11)s::INTEGER[] AS int[]) AS huruf, CAST(%(p12)s::INTEGER AS int) AS tingkat, CAST(%(p13)s::VARCHAR AS text) AS di, CAST(%(p14)s::INTEGER AS int) AS batas), huruf AS MATERIALIZED (
  SELECT 1 << (h.urut::int - 1) AS bit, h.banyak FROM unnest((SELECT m.huruf FROM m)) WITH ORDINALITY AS h(banyak, urut)
), potongan AS MATERIALIZED (
  SELECT * FROM unnest((SELECT m.kunci FROM m), (SELECT m.topeng FROM m), (SELECT m.awalan FROM m), (SELECT m.boleh_atas FROM m),
    (SELECT m.boleh_mirip FROM m)) AS p(kunci, topeng, tingkat, boleh_atas, mirip)
), atas AS MATERIALIZED (
  SELECT w.kode, p.topeng, max(CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * greatest(similarity(w.kunci, p.kunci),
      CASE WHEN starts_with(w.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(w.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(w.kunci, 5), p.kunci) END)) AS skor
  FROM potongan p JOIN wilayah w ON w.kunci %% p.kunci AND w.tingkat < 4 AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date
  WHERE p.boleh_atas AND greatest(similarity(w.kunci, p.kunci),
      CASE WHEN starts_with(w.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(w.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(w.kunci, 5), p.kunci) END) >= 0.5
  GROUP BY w.kode, p.topeng
  UNION ALL
  SELECT w.kode, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * 0.9
  FROM potongan p JOIN wilayah w ON w.kunci LIKE '%%' || p.kunci || '%%' AND w.tingkat < 4 AND w.tingkat < 3 AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date
  WHERE p.boleh_atas AND p.mirip
), terbaik AS MATERIALIZED (
  SELECT a.topeng, max(a.skor) AS skor FROM atas a GROUP BY a.topeng
), tertutup AS MATERIALIZED (
  SELECT p.topeng, sum(h.banyak * h.skor) / sum(h.banyak) AS mutu
  FROM potongan p CROSS JOIN LATERAL (
    SELECT h.banyak, (SELECT max(a.skor) FROM terbaik a WHERE a.topeng & h.bit <> 0 AND a.topeng & p.topeng = 0) AS skor
    FROM huruf h WHERE h.bit & p.topeng = 0 OFFSET 0) h
  WHERE p.topeng <> (SELECT m.penuh FROM m)
  GROUP BY p.topeng HAVING count(h.skor) = count(*)
  ORDER BY mutu DESC, p.topeng LIMIT 2
), pokok AS MATERIALIZED (
  SELECT p.kunci, p.topeng, p.tingkat, p.mirip FROM potongan p
  WHERE p.topeng IN ((SELECT m.penuh FROM m), (SELECT m.cadangan FROM m)) OR p.topeng IN (SELECT t.topeng FROM tertutup t)
), bagian AS MATERIALIZED (
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * greatest(similarity(w.kunci, p.kunci),
      CASE WHEN starts_with(w.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(w.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(w.kunci, 5), p.kunci) END) AS mirip
  FROM pokok p JOIN wilayah w ON w.kunci %% p.kunci AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  WHERE p.mirip AND p.topeng <> (SELECT m.penuh FROM m) AND similarity(w.kunci, p.kunci) >= 0.3
), terbaca AS MATERIALIZED (
  SELECT EXISTS (
    SELECT FROM bagian c JOIN atas a ON a.topeng & c.topeng = 0 AND a.topeng | c.topeng = (SELECT m.penuh FROM m)
      AND a.kode IN (left(c.kode, 2), left(c.kode, 5), left(c.kode, 8)) AND a.kode <> c.kode
    WHERE c.mirip >= 0.99 AND a.skor >= 0.99) AS ya
), calon AS MATERIALIZED (
  SELECT kode_kab, kode, tingkat, topeng, mirip FROM bagian
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * greatest(similarity(w.kunci, p.kunci),
      CASE WHEN starts_with(w.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(w.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(w.kunci, 5), p.kunci) END)
  FROM pokok p JOIN wilayah w ON w.kunci %% p.kunci AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  WHERE p.mirip AND p.topeng = (SELECT m.penuh FROM m) AND NOT (SELECT t.ya FROM terbaca t) AND similarity(w.kunci, p.kunci) >= 0.3
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * 0.9
  FROM pokok p JOIN wilayah w ON w.kunci LIKE '%%' || p.kunci || '%%' AND w.tingkat < 4 AND w.tingkat < 3 AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  WHERE p.mirip
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * p.bobot
  FROM (SELECT t.kunci, t.topeng, t.bobot, p.tingkat
        FROM unnest((SELECT m.tulisan FROM m), (SELECT m.topeng_tulisan FROM m), (SELECT m.bobot FROM m))
          AS t(kunci, topeng, bobot) JOIN pokok p ON p.topeng = t.topeng) p
    JOIN wilayah w ON w.kunci = p.kunci AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, 0.97 * CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * greatest(similarity(a.kunci, p.kunci),
      CASE WHEN starts_with(a.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(a.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(a.kunci, 5), p.kunci) END)
  FROM pokok p JOIN alias_wilayah a ON a.kunci %% p.kunci
    JOIN wilayah w ON w.kode_kab = a.kode_kab AND w.kode = a.kode AND w.berlaku_sejak = a.berlaku_sejak AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  WHERE p.mirip AND similarity(a.kunci, p.kunci) >= 0.3
  UNION ALL
  (SELECT w.kode_kab, w.kode, w.tingkat, p.topeng, CASE WHEN p.tingkat IN (0, w.tingkat) THEN 1 ELSE 0.7 END * greatest(similarity(w.kunci, p.kunci),
      CASE WHEN starts_with(w.kunci, p.kunci) THEN 0.5 + 0.45 * length(p.kunci) / length(w.kunci) END,
      CASE WHEN w.jenis = 'KOTA' THEN similarity(substr(w.kunci, 5), p.kunci) END)
   FROM potongan p JOIN wilayah w ON w.kunci >= p.kunci AND w.kunci < p.kunci || '~' AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
   WHERE p.topeng = (SELECT m.penuh FROM m)
   ORDER BY length(w.kunci), w.tingkat, w.kode LIMIT 200)
), jejak AS (
  SELECT c.kode, c.topeng, sum(c.banyak * c.skor) AS huruf FROM (
    SELECT c.kode, c.topeng, h.bit, h.banyak, max(a.skor) AS skor
    FROM (SELECT DISTINCT kode, topeng FROM calon WHERE topeng <> (SELECT m.penuh FROM m)) c
      CROSS JOIN LATERAL (VALUES (left(c.kode, 2)), (left(c.kode, 5)), (left(c.kode, 8))) AS u(kode)
      JOIN atas a ON a.kode = u.kode AND a.topeng & c.topeng = 0
      JOIN huruf h ON h.bit & a.topeng <> 0
    WHERE u.kode <> c.kode
    GROUP BY c.kode, c.topeng, h.bit, h.banyak) c
  GROUP BY c.kode, c.topeng
), terbobot AS (
  SELECT c.kode_kab, c.kode, c.tingkat,
    max((c.mirip * n.huruf + coalesce(j.huruf, 0)) / (SELECT sum(h.banyak) FROM huruf h)) AS skor
  FROM calon c LEFT JOIN jejak j ON j.kode = c.kode AND j.topeng = c.topeng
    JOIN LATERAL (SELECT sum(h.banyak) AS huruf FROM huruf h WHERE h.bit & c.topeng <> 0) n ON true
  GROUP BY c.kode_kab, c.kode, c.tingkat
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, 1.0 * length((SELECT m.kode FROM m)) / length(w.kode)
  FROM wilayah w
  WHERE w.kode_kab >= left((SELECT m.kode FROM m), 5) AND w.kode_kab < left((SELECT m.kode FROM m), 5) || '~' AND w.kode >= (SELECT m.kode FROM m)
    AND w.kode < (SELECT m.kode FROM m) || '~' AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  UNION ALL
  SELECT w.kode_kab, w.kode, w.tingkat, 0.9
  FROM silsilah s JOIN wilayah w ON w.kode_kab = left(s.kode_baru, 5) AND w.kode = s.kode_baru
    AND w.berlaku_sejak = s.sejak_baru AND w.berlaku_sejak <= current_date AND w.hari_terakhir >= current_date AND w.tingkat = coalesce((SELECT m.tingkat FROM m), w.tingkat)
    AND ((SELECT m.di FROM m) IS NULL OR w.kode = (SELECT m.di FROM m) OR (w.kode >= (SELECT m.di FROM m) || '.' AND w.kode < (SELECT m.di FROM m) || '/'))
  WHERE s.kode_lama = (SELECT m.kode FROM m) AND s.kode_baru <> s.kode_lama
    -- of what goes on, what was made of some of its desa is another region
    AND (s.jenis <> 'dari_desa' OR NOT EXISTS (
      SELECT FROM wilayah l WHERE l.kode_kab = left(s.kode_lama, 5) AND l.kode = s.kode_lama AND l.berlaku_sampai IS NULL))
)
SELECT kode_kab, kode, tingkat, current_date AS acuan, round(least(1, max(skor))::numeric, 4)::float AS skor
FROM terbobot GROUP BY kode_kab, kode, tingkat
ORDER BY skor DESC, tingkat, kode LIMIT (SELECT m.batas FROM m)
) AS anon_2 ORDER BY anon_2.skor DESC, anon_2.tingkat, anon_2.kode)), ',') || ']' AS isi
-- concat_ws_1 = ', '
-- left_1 = 13
-- left_2 = 5
-- left_3 = 8
-- left_4 = 5
-- left_5 = 5
-- left_6 = 5
-- left_7 = 2
-- left_8 = 5
-- left_9 = -1
-- substr_1 = 2
-- tingkat_1 = 4
-- tingkat_2 = 3
-- tingkat_3 = 2
-- tingkat_4 = 1
-- tingkat_5 = 1
-- tingkat_6 = 2
-- tingkat_7 = 3
-- tingkat_8 = 4
