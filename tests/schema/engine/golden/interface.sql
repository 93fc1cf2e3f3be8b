SELECT (SELECT CAST('{"edges":' || coalesce(CAST(coalesce(json_agg(CAST('{"node":' || coalesce(CAST(anon_2.isi0 AS TEXT), 'null') || '}' AS JSON) ORDER BY anon_2.nomor) FILTER (WHERE anon_2.nomor <= %(p1)s::INTEGER), '[]'::json) AS TEXT), 'null') || '}' AS JSON) AS anon_1
FROM (SELECT CAST(CASE WHEN (sumber_daya_1.jenis = %(jenis_1)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('Panti') AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || ',"dayaTampung":' || coalesce(CAST(sumber_daya_1.daya_tampung AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_2)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('Lks') AS TEXT), %(substr_2)s::INTEGER), %(left_2)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_3)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('Lk3') AS TEXT), %(substr_3)s::INTEGER), %(left_3)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_4)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('RumahSinggah') AS TEXT), %(substr_4)s::INTEGER), %(left_4)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_5)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('Slrt') AS TEXT), %(substr_5)s::INTEGER), %(left_5)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_6)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('Puskesos') AS TEXT), %(substr_6)s::INTEGER), %(left_6)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_7)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('GudangBencana') AS TEXT), %(substr_7)s::INTEGER), %(left_7)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || ',"stok":' || coalesce('[' || array_to_string(array((SELECT '{"barang":' || coalesce(CAST(to_json(CAST(anon_3.barang AS TEXT)) AS TEXT), 'null') || ',"jumlah":' || coalesce(CASE WHEN (scale(anon_3.jumlah) = 0 AND abs(anon_3.jumlah) < 1e15) THEN CAST(anon_3.jumlah AS TEXT) WHEN (abs(anon_3.jumlah) < 1e9 AND scale(trim_scale(anon_3.jumlah)) <= 6 OR abs(anon_3.jumlah) < 1e15 AND scale(trim_scale(anon_3.jumlah)) = 0) THEN CAST(trim_scale(anon_3.jumlah) AS TEXT) ELSE '"' || CAST(trim_scale(anon_3.jumlah) AS TEXT) || '"' END, 'null') || '}' AS isi
FROM (SELECT anon_4.kode_kab AS kode_kab, anon_4.gudang AS gudang, anon_4.kode AS kode, anon_4.barang AS barang, anon_4.satuan AS satuan, anon_4.urut AS urut, anon_4.jumlah AS jumlah, anon_4.kedaluwarsa AS kedaluwarsa, anon_4.layak AS layak, anon_4.segera AS segera, anon_4.minimum AS minimum, anon_4.keluar AS keluar, anon_4.umur AS umur, anon_4.tercatat AS tercatat, CAST(round((anon_4.layak * anon_4.umur) / CAST(nullif(anon_4.keluar, 0) AS NUMERIC), %(round_1)s::INTEGER) AS FLOAT) AS hari_tersisa, CASE WHEN (anon_4.layak <= 0 AND (anon_4.minimum > 0 OR anon_4.keluar > 0)) THEN 3 WHEN (anon_4.layak * %(layak_1)s::INTEGER < anon_4.minimum OR anon_4.layak * anon_4.umur < anon_4.keluar * %(keluar_1)s::INTEGER) THEN 2 WHEN (anon_4.layak - anon_4.segera < anon_4.minimum OR anon_4.layak * anon_4.umur < anon_4.keluar * %(keluar_2)s::INTEGER) THEN 1 ELSE 0 END AS tingkat
FROM (SELECT sumber_daya_1.kode_kab AS kode_kab, sumber_daya_1.id AS gudang, barang_1.kode AS kode, barang_1.nama AS barang, barang_1.satuan AS satuan, barang_1.urut AS urut, coalesce(anon_5.jumlah, 0) AS jumlah, coalesce(anon_5.lewat, 0) AS kedaluwarsa, coalesce(anon_5.jumlah, 0) - coalesce(anon_5.lewat, 0) AS layak, coalesce(anon_5.segera, 0) AS segera, coalesce(anon_6.semua[%(semua_1)s::INTEGER], 0) AS minimum, coalesce((SELECT -sum(mutasi_stok_1.jumlah) AS anon_7
FROM mutasi_stok AS mutasi_stok_1
WHERE mutasi_stok_1.kode_kab = sumber_daya_1.kode_kab AND mutasi_stok_1.gudang = sumber_daya_1.id AND mutasi_stok_1.barang = barang_1.kode AND (mutasi_stok_1.jenis IN ('KELUAR', 'PINDAH_KELUAR') OR mutasi_stok_1.dikirim_pada >= hub_awal_hari(current_date - 89)) AND mutasi_stok_1.pada >= hub_awal_hari(current_date - 89)), 0) AS keluar, CAST(least(90, greatest(30, (current_date - (SELECT hub_hari(min(mutasi_stok_1.pada)) AS hub_hari_1
FROM mutasi_stok AS mutasi_stok_1
WHERE mutasi_stok_1.kode_kab = sumber_daya_1.kode_kab AND mutasi_stok_1.gudang = sumber_daya_1.id AND mutasi_stok_1.barang = barang_1.kode)) + 1)) AS NUMERIC) AS umur, anon_5.barang IS NOT NULL AS tercatat
FROM barang AS barang_1 LEFT OUTER JOIN (SELECT anon_8.barang AS barang, coalesce(sum(anon_8.jumlah) FILTER (WHERE true), 0) AS jumlah, coalesce(sum(anon_8.jumlah) FILTER (WHERE anon_8.kedaluwarsa <= current_date), 0) AS lewat, coalesce(sum(anon_8.jumlah) FILTER (WHERE anon_8.kedaluwarsa > current_date AND anon_8.kedaluwarsa <= current_date + 30), 0) AS segera
FROM (SELECT stok_1.barang AS barang, stok_1.sumber_dana AS sumber_dana, stok_1.lot AS lot, stok_1.kedaluwarsa AS kedaluwarsa, stok_1.jumlah AS jumlah
FROM stok AS stok_1
WHERE stok_1.kode_kab = sumber_daya_1.kode_kab AND stok_1.gudang = sumber_daya_1.id) AS anon_8 GROUP BY anon_8.barang) AS anon_5 ON anon_5.barang = barang_1.kode LEFT OUTER JOIN (SELECT stok_minimum_1.barang AS barang, 1 AS _, array_agg(stok_minimum_1.jumlah ORDER BY stok_minimum_1.sejak DESC) AS semua
FROM stok_minimum AS stok_minimum_1
WHERE stok_minimum_1.kode_kab = sumber_daya_1.kode_kab AND stok_minimum_1.gudang = sumber_daya_1.id AND stok_minimum_1.sejak <= current_date GROUP BY stok_minimum_1.barang) AS anon_6 ON anon_6.barang = barang_1.kode
WHERE coalesce(anon_5.barang, anon_6.barang) IS NOT NULL) AS anon_4) AS anon_3 ORDER BY anon_3.urut, anon_3.kode)), ',') || ']', 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_8)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('KampungSiagaBencana') AS TEXT), %(substr_8)s::INTEGER), %(left_8)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' WHEN (sumber_daya_1.jenis = %(jenis_9)s::VARCHAR COLLATE "C") THEN '{"__typename":' || left(substr(CAST(json_build_array('KarangTaruna') AS TEXT), %(substr_9)s::INTEGER), %(left_9)s::INTEGER) || ',"id":' || coalesce('"' || sumber_daya_1.kode_kab || ':' || CAST(sumber_daya_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END AS JSON) AS isi0, translate(encode(convert_to(CAST(json_build_array(sumber_daya_1.kode_desa, sumber_daya_1.id) AS TEXT), %(convert_to_1)s::VARCHAR), %(encode_1)s::VARCHAR), %(translate_1)s::VARCHAR, %(translate_2)s::VARCHAR) AS kursor, row_number() OVER (ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id) AS nomor
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.kode_desa >= %(p0)s::VARCHAR AND sumber_daya_1.kode_desa < (%(p0)s::VARCHAR || %(param_1)s::VARCHAR) ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id
 LIMIT %(p1)s::INTEGER + %(param_2)s::INTEGER) AS anon_2
HAVING true) AS isi
-- convert_to_1 = 'UTF8'
-- encode_1 = 'base64'
-- jenis_1 = 'PANTI'
-- jenis_2 = 'LKS'
-- jenis_3 = 'LK3'
-- jenis_4 = 'RUMAH_SINGGAH'
-- jenis_5 = 'SLRT'
-- jenis_6 = 'PUSKESOS'
-- jenis_7 = 'GUDANG_BENCANA'
-- jenis_8 = 'KAMPUNG_SIAGA_BENCANA'
-- jenis_9 = 'KARANG_TARUNA'
-- keluar_1 = 7
-- keluar_2 = 30
-- layak_1 = 2
-- left_1 = -1
-- left_2 = -1
-- left_3 = -1
-- left_4 = -1
-- left_5 = -1
-- left_6 = -1
-- left_7 = -1
-- left_8 = -1
-- left_9 = -1
-- param_1 = '/'
-- param_2 = 1
-- round_1 = 1
-- semua_1 = 1
-- substr_1 = 2
-- substr_2 = 2
-- substr_3 = 2
-- substr_4 = 2
-- substr_5 = 2
-- substr_6 = 2
-- substr_7 = 2
-- substr_8 = 2
-- substr_9 = 2
-- translate_1 = '\n'
-- translate_2 = ''
