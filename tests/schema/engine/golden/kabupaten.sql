SELECT (SELECT '{"rekap":' || coalesce('[' || array_to_string(array((SELECT '{"id":' || left(substr(CAST(json_build_array(concat_ws(%(concat_ws_1)s::VARCHAR, rekap_1.kode_kab, rekap_1.formulir, rekap_1.periode)) AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"status":' || coalesce(CAST(to_json(CAST(CASE WHEN hub_jangkau(rekap_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_1)) THEN rekap_1.status ELSE 'DISETUJUI' END AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM rekap AS rekap_1
WHERE rekap_1.kode_kab = anon_1.kode_kab AND (%(p1)s::VARCHAR IS NULL OR starts_with(anon_1.kode_kab, %(p1)s::VARCHAR) OR hub_bukan_wilayah(anon_1.kode_kab, %(p1)s::VARCHAR)) AND rekap_1.periode = any(%(p2)s::TEXT[]) ORDER BY rekap_1.formulir, rekap_1.periode)), ',') || ']', 'null') || ',"nilai":' || coalesce('[' || array_to_string(array((SELECT '{"periode":' || coalesce('"' || anon_2.periode || '"', 'null') || ',"nilai":' || coalesce(CASE WHEN (scale(anon_2.nilai) = 0 AND abs(anon_2.nilai) < 1e15) THEN CAST(anon_2.nilai AS TEXT) WHEN (abs(anon_2.nilai) < 1e9 AND scale(trim_scale(anon_2.nilai)) <= 6 OR abs(anon_2.nilai) < 1e15 AND scale(trim_scale(anon_2.nilai)) = 0) THEN CAST(trim_scale(anon_2.nilai) AS TEXT) ELSE '"' || CAST(trim_scale(anon_2.nilai) AS TEXT) || '"' END, 'null') || ',"status":' || coalesce('"' || anon_2.status || '"', 'null') || '}' AS isi
FROM (SELECT anon_3.elemen_kode AS elemen_kode, anon_3.elemen_formulir AS elemen_formulir, anon_3.elemen_urut AS elemen_urut, anon_3.elemen_nama AS elemen_nama, anon_3.elemen_satuan AS elemen_satuan, anon_3.elemen_tingkat AS elemen_tingkat, anon_3.elemen_titik AS elemen_titik, anon_3.elemen_frekuensi AS elemen_frekuensi, anon_3.elemen_agregasi_wilayah AS elemen_agregasi_wilayah, anon_3.elemen_agregasi_waktu AS elemen_agregasi_waktu, anon_3.elemen_sensitif AS elemen_sensitif, anon_3.elemen_bulat AS elemen_bulat, anon_3.elemen_arah AS elemen_arah, anon_3.elemen_kelompok AS elemen_kelompok, anon_3.elemen_registri AS elemen_registri, anon_3.elemen_definisi AS elemen_definisi, anon_3.elemen_kode_ref AS elemen_kode_ref, anon_3.elemen_kode_sipd AS elemen_kode_sipd, anon_3.elemen_minimum AS elemen_minimum, anon_3.elemen_maksimum AS elemen_maksimum, anon_3.elemen_di_luar AS elemen_di_luar, anon_3.elemen_kumulatif AS elemen_kumulatif, anon_3.elemen_jarang_berubah AS elemen_jarang_berubah, anon_3.elemen_alias AS elemen_alias, anon_3.periode AS periode, anon_3.urut_elemen AS urut_elemen, anon_3.urut_periode AS urut_periode, anon_3.elemen_kode AS elemen, '{}'::jsonb AS rincian, CASE WHEN (NOT hub_terbuka(anon_3.elemen_sensitif, anon_1.tingkat) AND NOT hub_jangkau(anon_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_2))) THEN NULL WHEN (anon_3.elemen_registri = 2) THEN CAST(1 AS NUMERIC) WHEN (anon_3.elemen_registri > 2) THEN CAST((SELECT count(*) AS count_1
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.tingkat = anon_3.elemen_registri AND wilayah_1.berlaku_sejak <= greatest(hub_akhir(anon_3.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AND wilayah_1.hari_terakhir >= greatest(hub_akhir(anon_3.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak))))) AS NUMERIC) ELSE anon_4.nilai END AS nilai, CASE WHEN (NOT hub_terbuka(anon_3.elemen_sensitif, anon_1.tingkat) AND NOT hub_jangkau(anon_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_2))) THEN 'DISUPRESI' WHEN (anon_3.elemen_registri > 2) THEN CASE WHEN (CAST((SELECT count(*) AS count_1
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.tingkat = anon_3.elemen_registri AND wilayah_1.berlaku_sejak <= greatest(hub_akhir(anon_3.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AND wilayah_1.hari_terakhir >= greatest(hub_akhir(anon_3.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak))))) AS NUMERIC) > 0) THEN 'ADA' ELSE 'NOL' END WHEN (anon_3.elemen_registri = 2 OR anon_3.elemen_registri > 2) THEN 'ADA' ELSE coalesce(anon_4.status, 'TIDAK_ADA_DATA') END AS status
FROM (SELECT elemen_1.kode AS elemen_kode, elemen_1.formulir AS elemen_formulir, elemen_1.urut AS elemen_urut, elemen_1.nama AS elemen_nama, elemen_1.satuan AS elemen_satuan, elemen_1.tingkat AS elemen_tingkat, elemen_1.titik AS elemen_titik, elemen_1.frekuensi AS elemen_frekuensi, elemen_1.agregasi_wilayah AS elemen_agregasi_wilayah, elemen_1.agregasi_waktu AS elemen_agregasi_waktu, elemen_1.sensitif AS elemen_sensitif, elemen_1.bulat AS elemen_bulat, elemen_1.arah AS elemen_arah, elemen_1.kelompok AS elemen_kelompok, elemen_1.registri AS elemen_registri, elemen_1.definisi AS elemen_definisi, elemen_1.kode_ref AS elemen_kode_ref, elemen_1.kode_sipd AS elemen_kode_sipd, elemen_1.minimum AS elemen_minimum, elemen_1.maksimum AS elemen_maksimum, elemen_1.di_luar AS elemen_di_luar, elemen_1.kumulatif AS elemen_kumulatif, elemen_1.jarang_berubah AS elemen_jarang_berubah, elemen_1.alias AS elemen_alias, anon_5.periode AS periode, anon_6.urut AS urut_elemen, anon_5.urut AS urut_periode
FROM unnest(%(p3)s::TEXT[]) WITH ORDINALITY AS anon_6(kode, urut) JOIN unnest(%(p4)s::TEXT[]) WITH ORDINALITY AS anon_5(periode, urut) ON true JOIN elemen AS elemen_1 ON elemen_1.kode = anon_6.kode) AS anon_3 FULL OUTER JOIN (SELECT angka_terbaca_1.elemen AS elemen, angka_terbaca_1.periode AS periode, angka_terbaca_1.nilai AS nilai, angka_terbaca_1.status AS status
FROM angka_terbaca AS angka_terbaca_1
WHERE angka_terbaca_1.kode_kab = anon_1.kode_kab AND angka_terbaca_1.kode_wilayah = anon_1.kode AND angka_terbaca_1.periode = ANY (%(p4)s::TEXT[]) AND angka_terbaca_1.dimensi = '' AND angka_terbaca_1.tingkat = 2) AS anon_4 ON anon_4.elemen = anon_3.elemen_kode AND anon_4.periode = anon_3.periode
WHERE coalesce(anon_3.urut_elemen, 0) > 0) AS anon_2
WHERE %(p5)s::VARCHAR IS NULL OR starts_with(anon_1.kode_kab, %(p5)s::VARCHAR) OR hub_bukan_wilayah(anon_1.kode_kab, %(p5)s::VARCHAR) ORDER BY anon_2.urut_elemen, anon_2.urut_periode)), ',') || ']', 'null') || ',"sumberDaya":' || coalesce('[' || array_to_string(array((SELECT CASE WHEN (sumber_daya_1.jenis IN (%(jenis_1_1)s::VARCHAR COLLATE "C", %(jenis_1_2)s::VARCHAR COLLATE "C", %(jenis_1_3)s::VARCHAR COLLATE "C", %(jenis_1_4)s::VARCHAR COLLATE "C", %(jenis_1_5)s::VARCHAR COLLATE "C", %(jenis_1_6)s::VARCHAR COLLATE "C", %(jenis_1_7)s::VARCHAR COLLATE "C", %(jenis_1_8)s::VARCHAR COLLATE "C", %(jenis_1_9)s::VARCHAR COLLATE "C")) THEN '{"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_1.nama AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END AS isi
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.kode_kab = anon_1.kode_kab AND sumber_daya_1.sejak <= anon_1.acuan AND sumber_daya_1.hari_terakhir >= anon_1.acuan AND (%(p6)s::VARCHAR IS NULL OR starts_with(anon_1.kode_kab, %(p6)s::VARCHAR) OR hub_bukan_wilayah(anon_1.kode_kab, %(p6)s::VARCHAR)) AND sumber_daya_1.jenis = any(%(p7)s::TEXT[]) ORDER BY sumber_daya_1.kode_desa, sumber_daya_1.id)), ',') || ']', 'null') || ',"gudang":' || coalesce('[' || array_to_string(array((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(sumber_daya_2.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM sumber_daya AS sumber_daya_2
WHERE sumber_daya_2.kode_kab = anon_1.kode_kab AND sumber_daya_2.sejak <= anon_1.acuan AND sumber_daya_2.hari_terakhir >= anon_1.acuan AND (%(p8)s::VARCHAR IS NULL OR starts_with(anon_1.kode_kab, %(p8)s::VARCHAR) OR hub_bukan_wilayah(anon_1.kode_kab, %(p8)s::VARCHAR)) AND sumber_daya_2.jenis = 'GUDANG_BENCANA' ORDER BY sumber_daya_2.kode_desa, sumber_daya_2.id)), ',') || ']', 'null') || ',"wksbm":' || coalesce('[' || array_to_string(array((SELECT '{"nama":' || coalesce(CAST(to_json(CAST(wksbm_1.nama AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM wksbm AS wksbm_1
WHERE wksbm_1.kode_kab = anon_1.kode_kab AND wksbm_1.sejak <= anon_1.acuan AND wksbm_1.hari_terakhir >= anon_1.acuan AND (%(p9)s::VARCHAR IS NULL OR starts_with(anon_1.kode_kab, %(p9)s::VARCHAR) OR hub_bukan_wilayah(anon_1.kode_kab, %(p9)s::VARCHAR)) ORDER BY wksbm_1.kode_desa, wksbm_1.id)), ',') || ']', 'null') || '}' AS isi
FROM (SELECT wilayah_3.kode_kab AS kode_kab, wilayah_3.kode AS kode, wilayah_3.berlaku_sejak AS berlaku_sejak, wilayah_3.berlaku_sampai AS berlaku_sampai, wilayah_3.hari_terakhir AS hari_terakhir, wilayah_3.tingkat AS tingkat, wilayah_3.jenis AS jenis, wilayah_3.nama AS nama, wilayah_3.kode_induk AS kode_induk, wilayah_3.kunci AS kunci, wilayah_3.nama_sejak AS nama_sejak, least(wilayah_3.hari_terakhir, current_date) AS acuan
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = left(%(p0)s::VARCHAR, %(left_2)s::INTEGER) AND wilayah_3.kode = %(p0)s::VARCHAR ORDER BY (wilayah_3.berlaku_sejak <= current_date AND wilayah_3.hari_terakhir >= current_date) DESC, wilayah_3.berlaku_sejak DESC
 LIMIT 1) AS anon_1) AS isi
-- concat_ws_1 = ':'
-- jenis_1_1 = 'PANTI'
-- jenis_1_2 = 'LKS'
-- jenis_1_3 = 'LK3'
-- jenis_1_4 = 'RUMAH_SINGGAH'
-- jenis_1_5 = 'SLRT'
-- jenis_1_6 = 'PUSKESOS'
-- jenis_1_7 = 'GUDANG_BENCANA'
-- jenis_1_8 = 'KAMPUNG_SIAGA_BENCANA'
-- jenis_1_9 = 'KARANG_TARUNA'
-- left_1 = -1
-- left_2 = 5
-- substr_1 = 2
