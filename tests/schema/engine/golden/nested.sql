SELECT (SELECT '{"__typename":' || left(substr(CAST(json_build_array('Kabupaten') AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"kode":' || coalesce('"' || anon_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (anon_1.nama_sejak > anon_1.acuan) THEN hub_nama_dahulu(anon_1.kode_kab, anon_1.kode, anon_1.berlaku_sejak, anon_1.acuan) ELSE anon_1.nama END AS TEXT)) AS TEXT), 'null') || ',"kecamatan":' || coalesce('[' || array_to_string(array((SELECT '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || ',"desa":' || coalesce('[' || array_to_string(array((SELECT '{"kode":' || coalesce('"' || wilayah_2.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_2.nama_sejak > anon_1.acuan) THEN hub_nama_dahulu(wilayah_2.kode_kab, wilayah_2.kode, wilayah_2.berlaku_sejak, anon_1.acuan) ELSE wilayah_2.nama END AS TEXT)) AS TEXT), 'null') || ',"batas":' || coalesce(CAST((SELECT CAST(ST_AsGeoJSON(ST_SimplifyPreserveTopology(batas_1.geom, %(p1)s), %(ST_AsGeoJSON_2)s::INTEGER) AS JSON) AS "ST_AsGeoJSON_1"
FROM batas AS batas_1
WHERE batas_1.kode_kab = wilayah_2.kode_kab AND batas_1.kode = wilayah_2.kode AND batas_1.wilayah_sejak = wilayah_2.berlaku_sejak AND batas_1.sejak <= anon_1.acuan AND (batas_1.sampai IS NULL OR batas_1.sampai > anon_1.acuan)) AS TEXT), 'null') || '}' AS isi
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = wilayah_1.kode_kab AND wilayah_2.kode_induk = wilayah_1.kode AND wilayah_2.tingkat = 4 AND wilayah_2.berlaku_sejak <= anon_1.acuan AND wilayah_2.hari_terakhir >= anon_1.acuan ORDER BY wilayah_2.kode)), ',') || ']', 'null') || '}' AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.kode_induk = anon_1.kode AND wilayah_1.tingkat = 3 AND wilayah_1.berlaku_sejak <= anon_1.acuan AND wilayah_1.hari_terakhir >= anon_1.acuan ORDER BY wilayah_1.kode)), ',') || ']', 'null') || ',"provinsi":' || coalesce((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_3.nama_sejak > anon_1.acuan) THEN hub_nama_dahulu(wilayah_3.kode_kab, wilayah_3.kode, wilayah_3.berlaku_sejak, anon_1.acuan) ELSE wilayah_3.nama END AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = left(anon_1.kode_induk, %(left_2)s::INTEGER) AND wilayah_3.kode = anon_1.kode_induk AND wilayah_3.berlaku_sejak <= anon_1.acuan AND wilayah_3.hari_terakhir >= anon_1.acuan), 'null') || '}' AS isi
FROM (SELECT wilayah_4.kode_kab AS kode_kab, wilayah_4.kode AS kode, wilayah_4.berlaku_sejak AS berlaku_sejak, wilayah_4.berlaku_sampai AS berlaku_sampai, wilayah_4.hari_terakhir AS hari_terakhir, wilayah_4.tingkat AS tingkat, wilayah_4.jenis AS jenis, wilayah_4.nama AS nama, wilayah_4.kode_induk AS kode_induk, wilayah_4.kunci AS kunci, wilayah_4.nama_sejak AS nama_sejak, least(wilayah_4.hari_terakhir, current_date) AS acuan
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(%(p0)s::VARCHAR, %(left_3)s::INTEGER) AND wilayah_4.kode = %(p0)s::VARCHAR ORDER BY (wilayah_4.berlaku_sejak <= current_date AND wilayah_4.hari_terakhir >= current_date) DESC, wilayah_4.berlaku_sejak DESC
 LIMIT 1) AS anon_1) AS isi
-- ST_AsGeoJSON_2 = 6
-- left_1 = -1
-- left_2 = 5
-- left_3 = 5
-- substr_1 = 2
