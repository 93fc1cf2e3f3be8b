SELECT (SELECT CAST('{"edges":' || coalesce(CAST(coalesce(json_agg(CAST('{"node":' || coalesce(CAST(anon_2.isi0 AS TEXT), 'null') || '}' AS JSON) ORDER BY anon_2.nomor) FILTER (WHERE anon_2.nomor <= %(p1)s::INTEGER), '[]'::json) AS TEXT), 'null') || '}' AS JSON) AS anon_1
FROM (SELECT CAST(CASE WHEN (sumber_daya_1.jenis IN (%(jenis_1_1)s::VARCHAR COLLATE "C", %(jenis_1_2)s::VARCHAR COLLATE "C", %(jenis_1_3)s::VARCHAR COLLATE "C", %(jenis_1_4)s::VARCHAR COLLATE "C", %(jenis_1_5)s::VARCHAR COLLATE "C", %(jenis_1_6)s::VARCHAR COLLATE "C", %(jenis_1_7)s::VARCHAR COLLATE "C", %(jenis_1_8)s::VARCHAR COLLATE "C", %(jenis_1_9)s::VARCHAR COLLATE "C")) THEN '{"__typename":' || coalesce('"' || CASE WHEN (sumber_daya_1.jenis = %(jenis_2)s::VARCHAR COLLATE "C") THEN 'Panti' WHEN (sumber_daya_1.jenis = %(jenis_3)s::VARCHAR COLLATE "C") THEN 'Lks' WHEN (sumber_daya_1.jenis = %(jenis_4)s::VARCHAR COLLATE "C") THEN 'Lk3' WHEN (sumber_daya_1.jenis = %(jenis_5)s::VARCHAR COLLATE "C") THEN 'RumahSinggah' WHEN (sumber_daya_1.jenis = %(jenis_6)s::VARCHAR COLLATE "C") THEN 'Slrt' WHEN (sumber_daya_1.jenis = %(jenis_7)s::VARCHAR COLLATE "C") THEN 'Puskesos' WHEN (sumber_daya_1.jenis = %(jenis_8)s::VARCHAR COLLATE "C") THEN 'GudangBencana' WHEN (sumber_daya_1.jenis = %(jenis_9)s::VARCHAR COLLATE "C") THEN 'KampungSiagaBencana' WHEN (sumber_daya_1.jenis = %(jenis_10)s::VARCHAR COLLATE "C") THEN 'KarangTaruna' END || '"', 'null') || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || ',"desa":' || coalesce((SELECT '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || '}' AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = sumber_daya_1.kode_kab AND wilayah_1.kode = sumber_daya_1.kode_desa ORDER BY (wilayah_1.berlaku_sejak <= least(sumber_daya_1.hari_terakhir, current_date) AND wilayah_1.hari_terakhir >= least(sumber_daya_1.hari_terakhir, current_date)) DESC, wilayah_1.berlaku_sejak DESC
 LIMIT 1), 'null') || '}' ELSE 'null' END AS JSON) AS isi0, translate(encode(convert_to(CAST(json_build_array(sumber_daya_1.kode_desa, sumber_daya_1.id) AS TEXT), %(convert_to_1)s::VARCHAR), %(encode_1)s::VARCHAR), %(translate_1)s::VARCHAR, %(translate_2)s::VARCHAR) AS kursor, row_number() OVER (ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id) AS nomor
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.kode_desa >= %(p0)s::VARCHAR AND sumber_daya_1.kode_desa < (%(p0)s::VARCHAR || %(param_1)s::VARCHAR) ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id
 LIMIT %(p1)s::INTEGER + %(param_2)s::INTEGER) AS anon_2
HAVING true) AS isi
-- convert_to_1 = 'UTF8'
-- encode_1 = 'base64'
-- jenis_10 = 'KARANG_TARUNA'
-- jenis_1_1 = 'PANTI'
-- jenis_1_2 = 'LKS'
-- jenis_1_3 = 'LK3'
-- jenis_1_4 = 'RUMAH_SINGGAH'
-- jenis_1_5 = 'SLRT'
-- jenis_1_6 = 'PUSKESOS'
-- jenis_1_7 = 'GUDANG_BENCANA'
-- jenis_1_8 = 'KAMPUNG_SIAGA_BENCANA'
-- jenis_1_9 = 'KARANG_TARUNA'
-- jenis_2 = 'PANTI'
-- jenis_3 = 'LKS'
-- jenis_4 = 'LK3'
-- jenis_5 = 'RUMAH_SINGGAH'
-- jenis_6 = 'SLRT'
-- jenis_7 = 'PUSKESOS'
-- jenis_8 = 'GUDANG_BENCANA'
-- jenis_9 = 'KAMPUNG_SIAGA_BENCANA'
-- param_1 = '/'
-- param_2 = 1
-- translate_1 = '\n'
-- translate_2 = ''
