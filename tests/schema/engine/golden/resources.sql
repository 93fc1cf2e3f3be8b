SELECT (SELECT CAST('{"edges":' || coalesce(CAST(coalesce(json_agg(CAST('{"node":' || coalesce(CAST(anon_2.isi0 AS TEXT), 'null') || '}' AS JSON) ORDER BY anon_2.nomor) FILTER (WHERE anon_2.nomor <= %(p4)s::INTEGER), '[]'::json) AS TEXT), 'null') || '}' AS JSON) AS anon_1
FROM (SELECT CAST(CASE WHEN (sumber_daya_1.jenis IN (%(jenis_1_1)s::VARCHAR COLLATE "C", %(jenis_1_2)s::VARCHAR COLLATE "C", %(jenis_1_3)s::VARCHAR COLLATE "C", %(jenis_1_4)s::VARCHAR COLLATE "C", %(jenis_1_5)s::VARCHAR COLLATE "C", %(jenis_1_6)s::VARCHAR COLLATE "C", %(jenis_1_7)s::VARCHAR COLLATE "C", %(jenis_1_8)s::VARCHAR COLLATE "C", %(jenis_1_9)s::VARCHAR COLLATE "C")) THEN '{"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || ',"surat":' || coalesce('[' || array_to_string(array((SELECT '{"jenis":' || coalesce('"' || surat_sumber_daya_1.jenis || '"', 'null') || ',"sampai":' || coalesce(CAST(to_json(surat_sumber_daya_1.sampai) AS TEXT), 'null') || '}' AS isi
FROM surat_sumber_daya AS surat_sumber_daya_1
WHERE surat_sumber_daya_1.kode_kab = sumber_daya_1.kode_kab AND surat_sumber_daya_1.id = sumber_daya_1.id ORDER BY surat_sumber_daya_1.sejak DESC, surat_sumber_daya_1.jenis)), ',') || ']', 'null') || '}' ELSE 'null' END AS JSON) AS isi0, translate(encode(convert_to(CAST(json_build_array(sumber_daya_1.kode_desa, sumber_daya_1.id) AS TEXT), %(convert_to_1)s::VARCHAR), %(encode_1)s::VARCHAR), %(translate_1)s::VARCHAR, %(translate_2)s::VARCHAR) AS kursor, row_number() OVER (ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id) AS nomor
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.kode_desa >= %(p0)s::VARCHAR AND sumber_daya_1.kode_desa < (%(p0)s::VARCHAR || %(param_1)s::VARCHAR) AND regexp_replace(lower(sumber_daya_1.nama), '[^a-z0-9]', '', 'g') LIKE %(p1)s::VARCHAR AND (EXISTS (SELECT surat_sumber_daya_2.id
FROM surat_sumber_daya AS surat_sumber_daya_2
WHERE surat_sumber_daya_2.kode_kab = sumber_daya_1.kode_kab AND surat_sumber_daya_2.id = sumber_daya_1.id AND surat_sumber_daya_2.jenis = 'AKREDITASI' AND surat_sumber_daya_2.sejak <= current_date AND (surat_sumber_daya_2.sampai IS NULL OR surat_sumber_daya_2.sampai > current_date))) = %(p2)s AND (EXISTS (SELECT surat_sumber_daya_3.id
FROM surat_sumber_daya AS surat_sumber_daya_3
WHERE surat_sumber_daya_3.kode_kab = sumber_daya_1.kode_kab AND surat_sumber_daya_3.id = sumber_daya_1.id AND surat_sumber_daya_3.sampai <= %(p3)s::DATE AND NOT (EXISTS (SELECT surat_sumber_daya_4.id
FROM surat_sumber_daya AS surat_sumber_daya_4
WHERE surat_sumber_daya_4.kode_kab = sumber_daya_1.kode_kab AND surat_sumber_daya_4.id = sumber_daya_1.id AND surat_sumber_daya_4.jenis = surat_sumber_daya_3.jenis AND surat_sumber_daya_4.sejak > surat_sumber_daya_3.sejak)))) ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id
 LIMIT %(p4)s::INTEGER + %(param_2)s::INTEGER) AS anon_2
HAVING true) AS isi
-- convert_to_1 = 'UTF8'
-- encode_1 = 'base64'
-- jenis_1_1 = 'PANTI'
-- jenis_1_2 = 'LKS'
-- jenis_1_3 = 'LK3'
-- jenis_1_4 = 'RUMAH_SINGGAH'
-- jenis_1_5 = 'SLRT'
-- jenis_1_6 = 'PUSKESOS'
-- jenis_1_7 = 'GUDANG_BENCANA'
-- jenis_1_8 = 'KAMPUNG_SIAGA_BENCANA'
-- jenis_1_9 = 'KARANG_TARUNA'
-- param_1 = '/'
-- param_2 = 1
-- translate_1 = '\n'
-- translate_2 = ''
