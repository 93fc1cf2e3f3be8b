SELECT (SELECT '{"nama":' || coalesce(CAST(to_json(CAST(wksbm_1.nama AS TEXT)) AS TEXT), 'null') || ',"hubungan":' || coalesce('[' || array_to_string(array((SELECT '{"jenis":' || coalesce(CAST(to_json(CAST(anon_1.jenis AS TEXT)) AS TEXT), 'null') || ',"skala":' || coalesce('"' || anon_1.skala || '"', 'null') || ',"tujuan":' || coalesce(CASE WHEN (anon_1.ujung_macam = 'WKSBM') THEN (SELECT '{"__typename":' || left(substr(CAST(json_build_array('Wksbm') AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"nama":' || coalesce(CAST(to_json(CAST(wksbm_2.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM wksbm AS wksbm_2
WHERE wksbm_2.kode_kab = anon_1.ujung_kab AND wksbm_2.id = anon_1.ujung) WHEN (anon_1.ujung_macam = 'SUMBER_DAYA') THEN (SELECT CASE WHEN (sumber_daya_1.jenis IN (%(jenis_1_1)s::VARCHAR COLLATE "C", %(jenis_1_2)s::VARCHAR COLLATE "C", %(jenis_1_3)s::VARCHAR COLLATE "C", %(jenis_1_4)s::VARCHAR COLLATE "C", %(jenis_1_5)s::VARCHAR COLLATE "C", %(jenis_1_6)s::VARCHAR COLLATE "C", %(jenis_1_7)s::VARCHAR COLLATE "C", %(jenis_1_8)s::VARCHAR COLLATE "C", %(jenis_1_9)s::VARCHAR COLLATE "C")) THEN '{"__typename":' || coalesce('"' || CASE WHEN (sumber_daya_1.jenis = %(jenis_2)s::VARCHAR COLLATE "C") THEN 'Panti' WHEN (sumber_daya_1.jenis = %(jenis_3)s::VARCHAR COLLATE "C") THEN 'Lks' WHEN (sumber_daya_1.jenis = %(jenis_4)s::VARCHAR COLLATE "C") THEN 'Lk3' WHEN (sumber_daya_1.jenis = %(jenis_5)s::VARCHAR COLLATE "C") THEN 'RumahSinggah' WHEN (sumber_daya_1.jenis = %(jenis_6)s::VARCHAR COLLATE "C") THEN 'Slrt' WHEN (sumber_daya_1.jenis = %(jenis_7)s::VARCHAR COLLATE "C") THEN 'Puskesos' WHEN (sumber_daya_1.jenis = %(jenis_8)s::VARCHAR COLLATE "C") THEN 'GudangBencana' WHEN (sumber_daya_1.jenis = %(jenis_9)s::VARCHAR COLLATE "C") THEN 'KampungSiagaBencana' WHEN (sumber_daya_1.jenis = %(jenis_10)s::VARCHAR COLLATE "C") THEN 'KarangTaruna' END || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || ',"desa":' || coalesce((SELECT '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || '}' AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = sumber_daya_1.kode_kab AND wilayah_1.kode = sumber_daya_1.kode_desa ORDER BY (wilayah_1.berlaku_sejak <= least(sumber_daya_1.hari_terakhir, current_date) AND wilayah_1.hari_terakhir >= least(sumber_daya_1.hari_terakhir, current_date)) DESC, wilayah_1.berlaku_sejak DESC
 LIMIT 1), 'null') || '}' ELSE 'null' END AS isi
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.kode_kab = anon_1.ujung_kab AND sumber_daya_1.id = anon_1.ujung) WHEN (anon_1.ujung_macam = 'MITRA') THEN (SELECT '{"__typename":' || left(substr(CAST(json_build_array('MitraLuar') AS TEXT), %(substr_2)s::INTEGER), %(left_2)s::INTEGER) || ',"nama":' || coalesce(CAST(to_json(CAST(mitra_luar_1.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM mitra_luar AS mitra_luar_1
WHERE mitra_luar_1.id = anon_1.ujung) END, 'null') || '}' AS isi
FROM (SELECT hubungan_wksbm_1.id AS id, hubungan_wksbm_1.asal_kab AS asal_kab, hubungan_wksbm_1.asal AS asal, hubungan_wksbm_1.macam AS macam, hubungan_wksbm_1.tujuan_kab AS tujuan_kab, hubungan_wksbm_1.tujuan AS tujuan, hubungan_wksbm_1.jenis AS jenis, hubungan_wksbm_1.skala AS skala, hubungan_wksbm_1.sejak AS sejak, hubungan_wksbm_1.sampai AS sampai, hubungan_wksbm_1.hari_terakhir AS hari_terakhir, hubungan_wksbm_1.versi AS versi, hubungan_wksbm_1.diubah_pada AS diubah_pada, hubungan_wksbm_1.asal != wksbm_1.id AS masuk, CASE WHEN (hubungan_wksbm_1.asal != wksbm_1.id) THEN 'WKSBM' ELSE hubungan_wksbm_1.macam END AS ujung_macam, CASE WHEN (hubungan_wksbm_1.asal != wksbm_1.id) THEN hubungan_wksbm_1.asal_kab ELSE hubungan_wksbm_1.tujuan_kab END AS ujung_kab, CASE WHEN (hubungan_wksbm_1.asal != wksbm_1.id) THEN hubungan_wksbm_1.asal ELSE hubungan_wksbm_1.tujuan END AS ujung
FROM hubungan_wksbm AS hubungan_wksbm_1
WHERE hubungan_wksbm_1.asal = wksbm_1.id OR hubungan_wksbm_1.macam = 'WKSBM' AND hubungan_wksbm_1.tujuan = wksbm_1.id) AS anon_1 ORDER BY anon_1.sejak, anon_1.id)), ',') || ']', 'null') || '}' AS isi
FROM wksbm AS wksbm_1
WHERE wksbm_1.kode_kab = %(p0)s::VARCHAR AND wksbm_1.id = CAST(%(p1)s::VARCHAR AS UUID)) AS isi
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
-- left_1 = -1
-- left_2 = -1
-- substr_1 = 2
-- substr_2 = 2
