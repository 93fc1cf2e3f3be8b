SELECT (SELECT '{"__typename":' || left(substr(CAST(json_build_array('Kabupaten') AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_1.nama_sejak > least(wilayah_1.hari_terakhir, current_date)) THEN (SELECT nama_wilayah_1.nama
FROM nama_wilayah AS nama_wilayah_1
WHERE nama_wilayah_1.kode_kab = wilayah_1.kode_kab AND nama_wilayah_1.kode = wilayah_1.kode AND nama_wilayah_1.berlaku_sejak = wilayah_1.berlaku_sejak AND nama_wilayah_1.sampai > least(wilayah_1.hari_terakhir, current_date) ORDER BY nama_wilayah_1.sampai
 LIMIT 1) ELSE wilayah_1.nama END AS TEXT)) AS TEXT), 'null') || ',"kecamatan":' || coalesce('[' || array_to_string(array((SELECT '{"kode":' || coalesce('"' || wilayah_2.kode || '"', 'null') || ',"desa":' || coalesce('[' || array_to_string(array((SELECT '{"kode":' || coalesce('"' || wilayah_3.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_3.nama_sejak > least(wilayah_1.hari_terakhir, current_date)) THEN (SELECT nama_wilayah_2.nama
FROM nama_wilayah AS nama_wilayah_2
WHERE nama_wilayah_2.kode_kab = wilayah_3.kode_kab AND nama_wilayah_2.kode = wilayah_3.kode AND nama_wilayah_2.berlaku_sejak = wilayah_3.berlaku_sejak AND nama_wilayah_2.sampai > least(wilayah_1.hari_terakhir, current_date) ORDER BY nama_wilayah_2.sampai
 LIMIT 1) ELSE wilayah_3.nama END AS TEXT)) AS TEXT), 'null') || ',"batas":' || coalesce(CAST((SELECT CAST(ST_AsGeoJSON(ST_SimplifyPreserveTopology(batas_1.geom, %(p1)s), %(ST_AsGeoJSON_2)s::INTEGER) AS JSON) AS "ST_AsGeoJSON_1"
FROM batas AS batas_1
WHERE batas_1.kode_kab = wilayah_3.kode_kab AND batas_1.kode = wilayah_3.kode AND batas_1.wilayah_sejak = wilayah_3.berlaku_sejak AND batas_1.sejak <= least(wilayah_1.hari_terakhir, current_date) AND (batas_1.sampai IS NULL OR batas_1.sampai > least(wilayah_1.hari_terakhir, current_date))) AS TEXT), 'null') || '}' AS isi
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = wilayah_2.kode_kab AND wilayah_3.kode_induk = wilayah_2.kode AND wilayah_3.tingkat = 4 AND wilayah_3.berlaku_sejak <= least(wilayah_1.hari_terakhir, current_date) AND wilayah_3.hari_terakhir >= least(wilayah_1.hari_terakhir, current_date) ORDER BY wilayah_3.kode)), ',') || ']', 'null') || '}' AS isi
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = wilayah_1.kode_kab AND wilayah_2.kode_induk = wilayah_1.kode AND wilayah_2.tingkat = 3 AND wilayah_2.berlaku_sejak <= least(wilayah_1.hari_terakhir, current_date) AND wilayah_2.hari_terakhir >= least(wilayah_1.hari_terakhir, current_date) ORDER BY wilayah_2.kode)), ',') || ']', 'null') || ',"provinsi":' || coalesce((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_4.nama_sejak > least(wilayah_1.hari_terakhir, current_date)) THEN (SELECT nama_wilayah_3.nama
FROM nama_wilayah AS nama_wilayah_3
WHERE nama_wilayah_3.kode_kab = wilayah_4.kode_kab AND nama_wilayah_3.kode = wilayah_4.kode AND nama_wilayah_3.berlaku_sejak = wilayah_4.berlaku_sejak AND nama_wilayah_3.sampai > least(wilayah_1.hari_terakhir, current_date) ORDER BY nama_wilayah_3.sampai
 LIMIT 1) ELSE wilayah_4.nama END AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM wilayah AS wilayah_4
WHERE wilayah_4.kode_kab = left(wilayah_1.kode_induk, %(left_2)s::INTEGER) AND wilayah_4.kode = wilayah_1.kode_induk AND wilayah_4.berlaku_sejak <= least(wilayah_1.hari_terakhir, current_date) AND wilayah_4.hari_terakhir >= least(wilayah_1.hari_terakhir, current_date)), 'null') || '}' AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = left(%(p0)s::VARCHAR, %(left_3)s::INTEGER) AND wilayah_1.kode = %(p0)s::VARCHAR ORDER BY (wilayah_1.berlaku_sejak <= current_date AND wilayah_1.hari_terakhir >= current_date) DESC, wilayah_1.berlaku_sejak DESC
 LIMIT 1) AS isi
-- ST_AsGeoJSON_2 = 6
-- left_1 = -1
-- left_2 = 5
-- left_3 = 5
-- substr_1 = 2
