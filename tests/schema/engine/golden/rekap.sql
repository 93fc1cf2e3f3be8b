SELECT (SELECT '{"id":' || left(substr(CAST(json_build_array(concat_ws(%(concat_ws_1)s::VARCHAR, anon_1.kode_kab, anon_1.formulir, anon_1.periode)) AS TEXT), %(substr_1)s::INTEGER), %(left_1)s::INTEGER) || ',"pelapor":' || coalesce((SELECT CASE WHEN (wilayah_1.tingkat IN (1, 2, 3, 4)) THEN '{"__typename":' || coalesce('"' || CASE WHEN (wilayah_1.tingkat = %(tingkat_1)s::SMALLINT) THEN 'Provinsi' WHEN (wilayah_1.tingkat = %(tingkat_2)s::SMALLINT) THEN 'Kabupaten' WHEN (wilayah_1.tingkat = %(tingkat_3)s::SMALLINT) THEN 'Kecamatan' WHEN (wilayah_1.tingkat = %(tingkat_4)s::SMALLINT) THEN 'Desa' END || '"', 'null') || ',"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = anon_1.kode_kab AND wilayah_1.kode = anon_1.kode_kab AND wilayah_1.berlaku_sejak <= greatest(hub_akhir(anon_1.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AND wilayah_1.hari_terakhir >= greatest(hub_akhir(anon_1.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak))))), 'null') || ',"status":' || coalesce(CAST(to_json(CAST(CASE WHEN hub_jangkau(anon_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_1)) THEN anon_1.status ELSE 'DISETUJUI' END AS TEXT)) AS TEXT), 'null') || ',"nilai":' || coalesce('[' || array_to_string(array((SELECT '{"elemen":' || coalesce((SELECT '{"kode":' || coalesce('"' || elemen_1.kode || '"', 'null') || '}' AS isi
FROM elemen AS elemen_1
WHERE elemen_1.kode = rekap_nilai_terbaca_1.elemen), 'null') || ',"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_3.tingkat IN (1, 2, 3, 4)) THEN '{"kode":' || coalesce('"' || wilayah_3.kode || '"', 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = left(rekap_nilai_terbaca_1.kode_wilayah, %(left_2)s::INTEGER) AND wilayah_3.kode = rekap_nilai_terbaca_1.kode_wilayah AND wilayah_3.berlaku_sejak <= anon_2.hari AND wilayah_3.hari_terakhir >= anon_2.hari), 'null') || ',"nilai":' || coalesce(CASE WHEN (scale(rekap_nilai_terbaca_1.nilai) = 0 AND abs(rekap_nilai_terbaca_1.nilai) < 1e15) THEN CAST(rekap_nilai_terbaca_1.nilai AS TEXT) WHEN (abs(rekap_nilai_terbaca_1.nilai) < 1e9 AND scale(trim_scale(rekap_nilai_terbaca_1.nilai)) <= 6 OR abs(rekap_nilai_terbaca_1.nilai) < 1e15 AND scale(trim_scale(rekap_nilai_terbaca_1.nilai)) = 0) THEN CAST(trim_scale(rekap_nilai_terbaca_1.nilai) AS TEXT) ELSE '"' || CAST(trim_scale(rekap_nilai_terbaca_1.nilai) AS TEXT) || '"' END, 'null') || ',"status":' || coalesce(CAST(to_json(CAST(rekap_nilai_terbaca_1.status AS TEXT)) AS TEXT), 'null') || '}' AS isi
FROM rekap_nilai_terbaca AS rekap_nilai_terbaca_1, LATERAL (SELECT greatest(hub_akhir(anon_1.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_1.kode_kab, 2) AND wilayah_2.kode = left(anon_1.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AS hari
 LIMIT ALL OFFSET 0) AS anon_2
WHERE rekap_nilai_terbaca_1.kode_kab = anon_1.kode_kab AND rekap_nilai_terbaca_1.formulir = anon_1.formulir AND rekap_nilai_terbaca_1.periode = anon_1.periode AND rekap_nilai_terbaca_1.revisi = CASE WHEN hub_jangkau(anon_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_2)) THEN anon_1.revisi ELSE anon_1.revisi_disetujui END ORDER BY rekap_nilai_terbaca_1.elemen, rekap_nilai_terbaca_1.kode_wilayah, rekap_nilai_terbaca_1.rincian)), ',') || ']', 'null') || ',"riwayat":' || coalesce('[' || array_to_string(array((SELECT '{"aksi":' || coalesce(CAST(to_json(CAST(rekap_peristiwa_1.aksi AS TEXT)) AS TEXT), 'null') || ',"pada":' || coalesce(CAST(to_json(rekap_peristiwa_1.pada) AS TEXT), 'null') || '}' AS isi
FROM rekap_peristiwa AS rekap_peristiwa_1
WHERE rekap_peristiwa_1.kode_kab = anon_1.kode_kab AND rekap_peristiwa_1.formulir = anon_1.formulir AND rekap_peristiwa_1.periode = anon_1.periode AND rekap_peristiwa_1.pada <= anon_1.dilihat_pada AND hub_jangkau(anon_1.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_3)) ORDER BY rekap_peristiwa_1.urut)), ',') || ']', 'null') || '}' AS isi
FROM (SELECT rekap_1.kode_kab AS kode_kab, rekap_1.formulir AS formulir, rekap_1.periode AS periode, rekap_1.status AS status, rekap_1.revisi AS revisi, rekap_1.revisi_disetujui AS revisi_disetujui, rekap_1.tenggat AS tenggat, rekap_1.diajukan_pada AS diajukan_pada, rekap_1.tepat_waktu AS tepat_waktu, %(p0)s::TIMESTAMP WITH TIME ZONE AS dilihat_pada
FROM rekap AS rekap_1
WHERE rekap_1.sejak <= %(p0)s::TIMESTAMP WITH TIME ZONE UNION ALL SELECT rekap_riwayat_1.kode_kab AS kode_kab, rekap_riwayat_1.formulir AS formulir, rekap_riwayat_1.periode AS periode, rekap_riwayat_1.status AS status, rekap_riwayat_1.revisi AS revisi, rekap_riwayat_1.revisi_disetujui AS revisi_disetujui, rekap_riwayat_1.tenggat AS tenggat, rekap_riwayat_1.diajukan_pada AS diajukan_pada, rekap_riwayat_1.tepat_waktu AS tepat_waktu, %(p0)s::TIMESTAMP WITH TIME ZONE AS dilihat_pada
FROM rekap_riwayat AS rekap_riwayat_1
WHERE rekap_riwayat_1.sejak <= %(p0)s::TIMESTAMP WITH TIME ZONE AND rekap_riwayat_1.sampai > %(p0)s::TIMESTAMP WITH TIME ZONE) AS anon_1
WHERE anon_1.kode_kab = %(p1)s::VARCHAR AND anon_1.formulir = %(p2)s::VARCHAR AND anon_1.periode = %(p3)s::VARCHAR) AS isi
-- concat_ws_1 = ':'
-- left_1 = -1
-- left_2 = 5
-- substr_1 = 2
-- tingkat_1 = 1
-- tingkat_2 = 2
-- tingkat_3 = 3
-- tingkat_4 = 4
