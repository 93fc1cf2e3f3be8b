SELECT '[' || array_to_string(array((SELECT '{"formulir":' || coalesce((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(formulir_1.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM formulir AS formulir_1
WHERE formulir_1.kode = anon_1.formulir), 'null') || ',"periode":' || left(substr(CAST(json_build_array(anon_1.periode) AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_1.tingkat IN (1, 2, 3, 4)) THEN '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_1.nama_sejak > anon_1.hari) THEN hub_nama_dahulu(wilayah_1.kode_kab, wilayah_1.kode, wilayah_1.berlaku_sejak, anon_1.hari) ELSE wilayah_1.nama END AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = left(anon_1.kode_wilayah, %(left_2)s::INTEGER) AND wilayah_1.kode = anon_1.kode_wilayah AND wilayah_1.berlaku_sejak <= anon_1.hari AND wilayah_1.hari_terakhir >= anon_1.hari), 'null') || ',"tanggal":' || coalesce(CAST(to_json(anon_1.tanggal) AS TEXT), 'null') || ',"alasan":' || coalesce(CAST(to_json(CAST(anon_1.alasan AS TEXT)) AS TEXT), 'null') || ',"oleh":' || coalesce(CAST(to_json(CAST(CASE WHEN (anon_1.kantor = '') THEN 'Pengelola hub' ELSE coalesce((SELECT 'Provinsi ' || CASE WHEN (wilayah_2.nama_sejak > hub_hari(anon_1.pada)) THEN hub_nama_dahulu(wilayah_2.kode_kab, wilayah_2.kode, wilayah_2.berlaku_sejak, hub_hari(anon_1.pada)) ELSE wilayah_2.nama END AS anon_2
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = anon_1.kantor AND wilayah_2.kode = anon_1.kantor AND wilayah_2.berlaku_sejak <= hub_hari(anon_1.pada) AND wilayah_2.hari_terakhir >= hub_hari(anon_1.pada)), anon_1.kantor) END AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM (SELECT wilayah_3.kode_kab AS kode_kab, wilayah_3.kode AS kode_wilayah, greatest(anon_3.akhir, (SELECT min(wilayah_4.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(%(p0)s::VARCHAR, 2) AND wilayah_4.kode = left(%(p0)s::VARCHAR, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_4.kode AND silsilah_1.sejak_baru = wilayah_4.berlaku_sejak)))) AS hari, formulir_2.kode AS formulir, anon_3.periode AS periode, anon_3.urut AS urut, coalesce(s.tanggal, anon_3.akhir + formulir_2.tenggat_hari) AS tanggal, s.alasan AS alasan, s.kantor AS kantor, s.pada AS pada
FROM unnest(%(p1)s::TEXT[], %(p2)s::DATE[]) WITH ORDINALITY AS anon_3(periode, akhir, urut) JOIN wilayah AS wilayah_3 ON (wilayah_3.kode_kab = left(%(p0)s::VARCHAR, 5) AND wilayah_3.kode = left(%(p0)s::VARCHAR, 5) OR wilayah_3.tingkat = 2 AND wilayah_3.kode_induk = %(p0)s::VARCHAR) AND wilayah_3.berlaku_sejak <= greatest(anon_3.akhir, (SELECT min(wilayah_4.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(%(p0)s::VARCHAR, 2) AND wilayah_4.kode = left(%(p0)s::VARCHAR, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_4.kode AND silsilah_1.sejak_baru = wilayah_4.berlaku_sejak)))) AND wilayah_3.hari_terakhir >= greatest(anon_3.akhir, (SELECT min(wilayah_4.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(%(p0)s::VARCHAR, 2) AND wilayah_4.kode = left(%(p0)s::VARCHAR, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_4.kode AND silsilah_1.sejak_baru = wilayah_4.berlaku_sejak)))) JOIN formulir AS formulir_2 ON hub_bulan(anon_3.periode) >= hub_bulan_jenis(formulir_2.periode_jenis) AND formulir_2.kode = any(%(p3)s::TEXT[]) LEFT OUTER JOIN LATERAL (SELECT tenggat_1.tanggal AS tanggal, tenggat_1.alasan AS alasan, tenggat_1.kantor AS kantor, tenggat_1.pada AS pada
FROM tenggat AS tenggat_1
WHERE tenggat_1.formulir = formulir_2.kode AND tenggat_1.periode = anon_3.periode AND tenggat_1.kode_wilayah IN (wilayah_3.kode, left(wilayah_3.kode, 2)) ORDER BY tenggat_1.kode_wilayah DESC, tenggat_1.urut DESC
 LIMIT 1) AS s ON true) AS anon_1 ORDER BY anon_1.kode_wilayah, anon_1.formulir, anon_1.urut)), ',') || ']' AS isi
-- left_1 = -1
-- left_2 = 5
-- substr_1 = 2
