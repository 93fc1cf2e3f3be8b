SELECT (SELECT '{"catatan":' || coalesce('[' || array_to_string(array((SELECT '{"wilayah":' || coalesce((SELECT CASE WHEN (wilayah_1.tingkat IN (1, 2, 3, 4)) THEN '{"kode":' || coalesce('"' || wilayah_1.kode || '"', 'null') || '}' ELSE 'null' END AS isi
FROM wilayah AS wilayah_1
WHERE wilayah_1.kode_kab = left(anon_1.kode_wilayah, %(left_1)s::INTEGER) AND wilayah_1.kode = anon_1.kode_wilayah AND wilayah_1.berlaku_sejak <= greatest(hub_akhir(anon_2.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_2.kode_kab, 2) AND wilayah_2.kode = left(anon_2.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AND wilayah_1.hari_terakhir >= greatest(hub_akhir(anon_2.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_2.kode_kab, 2) AND wilayah_2.kode = left(anon_2.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak))))), 'null') || ',"elemen":' || coalesce((SELECT '{"kode":' || coalesce('"' || elemen_1.kode || '"', 'null') || '}' AS isi
FROM elemen AS elemen_1
WHERE elemen_1.kode = anon_1.elemen), 'null') || ',"rincian":' || coalesce('[' || array_to_string(array((SELECT '{"rincian":' || left(substr(CAST(json_build_array(anon_3.rincian) AS TEXT), %(substr_1)s::INTEGER), %(left_2)s::INTEGER) || ',"pilihan":' || left(substr(CAST(json_build_array(anon_3.pilihan) AS TEXT), %(substr_2)s::INTEGER), %(left_3)s::INTEGER) || '}' AS isi
FROM (SELECT anon_4.rincian AS rincian, anon_4.pilihan AS pilihan
FROM jsonb_each_text(anon_1.rincian) AS anon_4(rincian, pilihan)) AS anon_3 ORDER BY anon_3.rincian)), ',') || ']', 'null') || ',"alasan":' || coalesce(CAST(to_json(CAST(anon_1.alasan AS TEXT)) AS TEXT), 'null') || ',"usulan":' || coalesce(CASE WHEN (scale(anon_1.usulan) = 0 AND abs(anon_1.usulan) < 1e15) THEN CAST(anon_1.usulan AS TEXT) WHEN (abs(anon_1.usulan) < 1e9 AND scale(trim_scale(anon_1.usulan)) <= 6 OR abs(anon_1.usulan) < 1e15 AND scale(trim_scale(anon_1.usulan)) = 0) THEN CAST(trim_scale(anon_1.usulan) AS TEXT) ELSE '"' || CAST(trim_scale(anon_1.usulan) AS TEXT) || '"' END, 'null') || ',"nilai":' || coalesce(CASE WHEN (scale(anon_1.nilai) = 0 AND abs(anon_1.nilai) < 1e15) THEN CAST(anon_1.nilai AS TEXT) WHEN (abs(anon_1.nilai) < 1e9 AND scale(trim_scale(anon_1.nilai)) <= 6 OR abs(anon_1.nilai) < 1e15 AND scale(trim_scale(anon_1.nilai)) = 0) THEN CAST(trim_scale(anon_1.nilai) AS TEXT) ELSE '"' || CAST(trim_scale(anon_1.nilai) AS TEXT) || '"' END, 'null') || '}' AS isi
FROM (SELECT rekap_peristiwa_1.kode_kab AS kode_kab, rekap_peristiwa_1.formulir AS formulir, rekap_peristiwa_1.periode AS periode, rekap_peristiwa_1.revisi AS revisi, (CAST(anon_5.sel AS JSONB) ->> %(param_1)s::TEXT) AS kode_wilayah, (CAST(anon_5.sel AS JSONB) ->> %(param_2)s::TEXT) AS elemen, coalesce((CAST(anon_5.sel AS JSONB))[%(param_3)s::TEXT], '{}'::jsonb) AS rincian, (CAST(anon_5.sel AS JSONB) ->> %(param_4)s::TEXT) AS alasan, CAST((CAST(anon_5.sel AS JSONB) ->> %(param_5)s::TEXT) AS NUMERIC) AS usulan, (SELECT rekap_nilai_terbaca_1.nilai
FROM rekap_nilai_terbaca AS rekap_nilai_terbaca_1
WHERE rekap_nilai_terbaca_1.kode_kab = rekap_peristiwa_1.kode_kab AND rekap_nilai_terbaca_1.formulir = rekap_peristiwa_1.formulir AND rekap_nilai_terbaca_1.periode = rekap_peristiwa_1.periode AND rekap_nilai_terbaca_1.revisi = rekap_peristiwa_1.revisi AND rekap_nilai_terbaca_1.elemen = (CAST(anon_5.sel AS JSONB) ->> %(param_2)s::TEXT) AND rekap_nilai_terbaca_1.kode_wilayah = (CAST(anon_5.sel AS JSONB) ->> %(param_1)s::TEXT) AND rekap_nilai_terbaca_1.rincian = coalesce((CAST(anon_5.sel AS JSONB))[%(param_3)s::TEXT], '{}'::jsonb)) AS nilai, anon_5.urut AS urut
FROM rekap_peristiwa AS rekap_peristiwa_1 JOIN jsonb_array_elements(rekap_peristiwa_1.catatan) WITH ORDINALITY AS anon_5(sel, urut) ON true
WHERE rekap_peristiwa_1.kode_kab = anon_2.kode_kab AND rekap_peristiwa_1.formulir = anon_2.formulir AND rekap_peristiwa_1.periode = anon_2.periode AND rekap_peristiwa_1.pada <= anon_2.dilihat_pada AND hub_jangkau(anon_2.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_1)) AND rekap_peristiwa_1.aksi = 'KEMBALIKAN' AND rekap_peristiwa_1.urut = (SELECT max(rekap_peristiwa_2.urut) AS max_1
FROM rekap_peristiwa AS rekap_peristiwa_2
WHERE rekap_peristiwa_2.kode_kab = anon_2.kode_kab AND rekap_peristiwa_2.formulir = anon_2.formulir AND rekap_peristiwa_2.periode = anon_2.periode AND rekap_peristiwa_2.pada <= anon_2.dilihat_pada AND hub_jangkau(anon_2.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_2)) AND rekap_peristiwa_2.aksi = 'KEMBALIKAN') AND (EXISTS (SELECT elemen_2.kode
FROM elemen AS elemen_2
WHERE elemen_2.kode = (CAST(anon_5.sel AS JSONB) ->> %(param_2)s::TEXT)))
 LIMIT ALL OFFSET 0) AS anon_1
WHERE EXISTS (SELECT wilayah_3.kode
FROM wilayah AS wilayah_3
WHERE wilayah_3.kode_kab = left(anon_1.kode_wilayah, %(left_4)s::INTEGER) AND wilayah_3.kode = anon_1.kode_wilayah AND wilayah_3.berlaku_sejak <= greatest(hub_akhir(anon_2.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_2.kode_kab, 2) AND wilayah_2.kode = left(anon_2.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak)))) AND wilayah_3.hari_terakhir >= greatest(hub_akhir(anon_2.periode), (SELECT min(wilayah_2.berlaku_sejak) AS min_1
FROM wilayah AS wilayah_2
WHERE wilayah_2.kode_kab = left(anon_2.kode_kab, 2) AND wilayah_2.kode = left(anon_2.kode_kab, 2) AND NOT (EXISTS (SELECT *
FROM silsilah AS silsilah_1
WHERE silsilah_1.kode_baru = wilayah_2.kode AND silsilah_1.sejak_baru = wilayah_2.berlaku_sejak))))) ORDER BY anon_1.urut)), ',') || ']', 'null') || ',"surat":' || coalesce((SELECT '{"nomor":' || coalesce(CAST(to_json(CAST(rekap_revisi_terbaca_1.surat_nomor AS TEXT)) AS TEXT), 'null') || ',"tanggal":' || coalesce(CAST(to_json(rekap_revisi_terbaca_1.surat_tanggal) AS TEXT), 'null') || '}' AS isi
FROM rekap_revisi_terbaca AS rekap_revisi_terbaca_1
WHERE rekap_revisi_terbaca_1.kode_kab = anon_2.kode_kab AND rekap_revisi_terbaca_1.formulir = anon_2.formulir AND rekap_revisi_terbaca_1.periode = anon_2.periode AND rekap_revisi_terbaca_1.revisi = anon_2.revisi AND rekap_revisi_terbaca_1.revisi <= anon_2.revisi AND rekap_revisi_terbaca_1.surat_nomor IS NOT NULL AND rekap_revisi_terbaca_1.surat_tanggal IS NOT NULL AND hub_jangkau(anon_2.kode_kab, (SELECT hub_lingkup() AS hub_lingkup_3))), 'null') || '}' AS isi
FROM (SELECT rekap_1.kode_kab AS kode_kab, rekap_1.formulir AS formulir, rekap_1.periode AS periode, rekap_1.status AS status, rekap_1.revisi AS revisi, rekap_1.revisi_disetujui AS revisi_disetujui, rekap_1.tenggat AS tenggat, rekap_1.diajukan_pada AS diajukan_pada, rekap_1.tepat_waktu AS tepat_waktu, %(p0)s::TIMESTAMP WITH TIME ZONE AS dilihat_pada
FROM rekap AS rekap_1
WHERE rekap_1.sejak <= %(p0)s::TIMESTAMP WITH TIME ZONE UNION ALL SELECT rekap_riwayat_1.kode_kab AS kode_kab, rekap_riwayat_1.formulir AS formulir, rekap_riwayat_1.periode AS periode, rekap_riwayat_1.status AS status, rekap_riwayat_1.revisi AS revisi, rekap_riwayat_1.revisi_disetujui AS revisi_disetujui, rekap_riwayat_1.tenggat AS tenggat, rekap_riwayat_1.diajukan_pada AS diajukan_pada, rekap_riwayat_1.tepat_waktu AS tepat_waktu, %(p0)s::TIMESTAMP WITH TIME ZONE AS dilihat_pada
FROM rekap_riwayat AS rekap_riwayat_1
WHERE rekap_riwayat_1.sejak <= %(p0)s::TIMESTAMP WITH TIME ZONE AND rekap_riwayat_1.sampai > %(p0)s::TIMESTAMP WITH TIME ZONE) AS anon_2
WHERE anon_2.kode_kab = %(p1)s::VARCHAR AND anon_2.formulir = %(p2)s::VARCHAR AND anon_2.periode = %(p3)s::VARCHAR) AS isi
-- left_1 = 5
-- left_2 = -1
-- left_3 = -1
-- left_4 = 5
-- param_1 = 'wilayah'
-- param_2 = 'elemen'
-- param_3 = 'rincian'
-- param_4 = 'alasan'
-- param_5 = 'usulan'
-- substr_1 = 2
-- substr_2 = 2
