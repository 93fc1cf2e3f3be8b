SELECT (SELECT CAST('{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1
FROM wilayah AS wilayah_1
WHERE wilayah_1.tingkat = 4 AND wilayah_1.berlaku_sejak <= current_date AND wilayah_1.hari_terakhir >= current_date AND wilayah_1.kode_kab >= left(%(p0)s::VARCHAR, %(left_1)s::INTEGER) AND wilayah_1.kode_kab < (left(%(p0)s::VARCHAR, %(left_2)s::INTEGER) || %(left_3)s::VARCHAR) AND (wilayah_1.kode = %(p0)s::VARCHAR OR wilayah_1.kode >= (%(p0)s::VARCHAR || %(param_1)s::VARCHAR) AND wilayah_1.kode < (%(p0)s::VARCHAR || %(param_2)s::VARCHAR))) AS TEXT), 'null') || ',"pageInfo":' || '{"hasNextPage":' || coalesce(CAST(count(anon_2.nomor) > %(p1)s::INTEGER AS TEXT), 'null') || ',"endCursor":' || coalesce(CAST(to_json(CAST((array_agg(anon_2.kursor ORDER BY anon_2.nomor DESC) FILTER (WHERE anon_2.nomor <= %(p1)s::INTEGER))[%(param_3)s::INTEGER] AS TEXT)) AS TEXT), 'null') || '}' || ',"edges":' || coalesce(CAST(coalesce(json_agg(CAST('{"cursor":' || left(substr(CAST(json_build_array(anon_2.kursor) AS TEXT), %(substr_1)s::INTEGER), %(left_4)s::INTEGER) || ',"node":' || coalesce(CAST(anon_2.isi0 AS TEXT), 'null') || '}' AS JSON) ORDER BY anon_2.nomor) FILTER (WHERE anon_2.nomor <= %(p1)s::INTEGER), '[]'::json) AS TEXT), 'null') || '}' AS JSON) AS anon_1
FROM (SELECT CAST('{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_1.nama_sejak > current_date) THEN hub_nama_dahulu(wilayah_1.kode_kab, wilayah_1.kode, wilayah_1.berlaku_sejak, current_date) ELSE wilayah_1.nama END AS TEXT)) AS TEXT), 'null') || ',"kecamatan":' || coalesce((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(CASE WHEN (wilayah_2.nama_sejak > current_date) THEN hub_nama_dahulu(wilayah_2.kode_kab, wilayah_2.kode, wilayah_2.berlaku_sejak, current_date) ELSE wilayah_2.nama END AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(wilayah_1.kode_induk, %(left_5)s::INTEGER) AND wilayah_2.kode = wilayah_1.kode_induk AND wilayah_2.berlaku_sejak <= current_date AND wilayah_2.hari_terakhir >= current_date), 'null') || '}' AS JSON) AS isi0, translate(encode(convert_to(CAST(json_build_array(wilayah_1.kode) AS TEXT), %(convert_to_1)s::VARCHAR), %(encode_1)s::VARCHAR), %(translate_1)s::VARCHAR, %(translate_2)s::VARCHAR) AS kursor, row_number() OVER (ORDER BY wilayah_1.kode) AS nomor
FROM wilayah AS wilayah_1
WHERE wilayah_1.tingkat = 4 AND wilayah_1.berlaku_sejak <= current_date AND wilayah_1.hari_terakhir >= current_date AND wilayah_1.kode_kab >= left(%(p0)s::VARCHAR, %(left_1)s::INTEGER) AND wilayah_1.kode_kab < (left(%(p0)s::VARCHAR, %(left_2)s::INTEGER) || %(left_3)s::VARCHAR) AND (wilayah_1.kode = %(p0)s::VARCHAR OR wilayah_1.kode >= (%(p0)s::VARCHAR || %(param_1)s::VARCHAR) AND wilayah_1.kode < (%(p0)s::VARCHAR || %(param_2)s::VARCHAR)) AND (wilayah_1.kode) > (%(p2)s::VARCHAR COLLATE "C") ORDER BY wilayah_1.kode
 LIMIT %(p1)s::INTEGER + %(param_4)s::INTEGER) AS anon_2
HAVING true) AS isi
-- convert_to_1 = 'UTF8'
-- encode_1 = 'base64'
-- left_1 = 5
-- left_2 = 5
-- left_3 = '/'
-- left_4 = -1
-- left_5 = 5
-- param_1 = '.'
-- param_2 = '/'
-- param_3 = 1
-- param_4 = 1
-- substr_1 = 2
-- translate_1 = '\n'
-- translate_2 = ''
