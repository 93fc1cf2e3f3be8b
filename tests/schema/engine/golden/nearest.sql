SELECT '[' || array_to_string(array((SELECT '{"jarakKm":' || coalesce(CAST(to_json(CAST(round(CAST(anon_1.jarak / CAST(1000 AS NUMERIC) AS NUMERIC), 3) AS FLOAT)) AS TEXT), 'null') || ',"sumberDaya":' || CASE WHEN (anon_1.jenis IN (%(jenis_1_1)s::VARCHAR COLLATE "C", %(jenis_1_2)s::VARCHAR COLLATE "C", %(jenis_1_3)s::VARCHAR COLLATE "C", %(jenis_1_4)s::VARCHAR COLLATE "C", %(jenis_1_5)s::VARCHAR COLLATE "C", %(jenis_1_6)s::VARCHAR COLLATE "C", %(jenis_1_7)s::VARCHAR COLLATE "C", %(jenis_1_8)s::VARCHAR COLLATE "C", %(jenis_1_9)s::VARCHAR COLLATE "C")) THEN '{"id":' || coalesce('"' || anon_1.kode_kab || ':' || CAST(anon_1.id AS TEXT) || '"', 'null') || ',"nama":' || coalesce(CAST(to_json(CAST(anon_1.nama AS TEXT)) AS TEXT), 'null') || '}' ELSE 'null' END || '}' AS isi
FROM (WITH urut AS MATERIALIZED
(SELECT sumber_daya_1.kode_kab AS kode_kab, sumber_daya_1.id AS id, sumber_daya_1.jenis AS jenis, sumber_daya_1.nama AS nama, sumber_daya_1.pemilik AS pemilik, sumber_daya_1.kode_desa AS kode_desa, sumber_daya_1.alamat AS alamat, sumber_daya_1.titik AS titik, sumber_daya_1.rahasia AS rahasia, sumber_daya_1.sejak AS sejak, sumber_daya_1.sampai AS sampai, sumber_daya_1.hari_terakhir AS hari_terakhir, sumber_daya_1.versi AS versi, sumber_daya_1.contoh AS contoh, sumber_daya_1.sumber AS sumber, sumber_daya_1.diubah_pada AS diubah_pada, sumber_daya_1.sasaran AS sasaran, sumber_daya_1.daya_tampung AS daya_tampung, sumber_daya_1.bidang AS bidang, sumber_daya_1.ketua AS ketua, sumber_daya_1.ketua_setuju AS ketua_setuju, sumber_daya_1.cakupan AS cakupan, sumber_daya_1.sekretariat AS sekretariat, sumber_daya_1.sumber_dana AS sumber_dana, sumber_daya_1.tahun AS tahun, sumber_daya_1.petugas_depan AS petugas_depan, sumber_daya_1.petugas_belakang AS petugas_belakang, sumber_daya_1.pengelola AS pengelola, sumber_daya_1.tingkat_gudang AS tingkat_gudang, sumber_daya_1.luas_m2 AS luas_m2, sumber_daya_1.kapasitas_m3 AS kapasitas_m3, sumber_daya_1.lumbung AS lumbung, sumber_daya_1.gardu AS gardu, sumber_daya_1.anggota_l AS anggota_l, sumber_daya_1.anggota_p AS anggota_p, sumber_daya_1.anggota AS anggota, sumber_daya_1.pengurus_l AS pengurus_l, sumber_daya_1.pengurus_p AS pengurus_p, sumber_daya_1.pengurus AS pengurus, sumber_daya_1.klasifikasi AS klasifikasi, ST_Distance(geography(sumber_daya_1.titik), geography(ST_SetSRID(ST_MakePoint(%(p0)s, %(p1)s), 4326))) AS jarak
FROM sumber_daya AS sumber_daya_1
WHERE sumber_daya_1.sejak <= current_date AND sumber_daya_1.hari_terakhir >= current_date AND sumber_daya_1.titik IS NOT NULL AND sumber_daya_1.jenis IN ('PANTI', 'LKS') ORDER BY geography(sumber_daya_1.titik) <-> geography(ST_SetSRID(ST_MakePoint(%(p0)s, %(p1)s), 4326))
 LIMIT 220)
 SELECT urut.kode_kab AS kode_kab, urut.id AS id, urut.jenis AS jenis, urut.nama AS nama, urut.pemilik AS pemilik, urut.kode_desa AS kode_desa, urut.alamat AS alamat, urut.titik AS titik, urut.rahasia AS rahasia, urut.sejak AS sejak, urut.sampai AS sampai, urut.hari_terakhir AS hari_terakhir, urut.versi AS versi, urut.contoh AS contoh, urut.sumber AS sumber, urut.diubah_pada AS diubah_pada, urut.sasaran AS sasaran, urut.daya_tampung AS daya_tampung, urut.bidang AS bidang, urut.ketua AS ketua, urut.ketua_setuju AS ketua_setuju, urut.cakupan AS cakupan, urut.sekretariat AS sekretariat, urut.sumber_dana AS sumber_dana, urut.tahun AS tahun, urut.petugas_depan AS petugas_depan, urut.petugas_belakang AS petugas_belakang, urut.pengelola AS pengelola, urut.tingkat_gudang AS tingkat_gudang, urut.luas_m2 AS luas_m2, urut.kapasitas_m3 AS kapasitas_m3, urut.lumbung AS lumbung, urut.gardu AS gardu, urut.anggota_l AS anggota_l, urut.anggota_p AS anggota_p, urut.anggota AS anggota, urut.pengurus_l AS pengurus_l, urut.pengurus_p AS pengurus_p, urut.pengurus AS pengurus, urut.klasifikasi AS klasifikasi, urut.jarak AS jarak
FROM urut
 LIMIT %(p2)s::INTEGER * %(param_1)s::INTEGER + %(param_2)s::INTEGER) AS anon_1
WHERE anon_1.jarak <= %(p3)s ORDER BY anon_1.jarak, anon_1.kode_kab, anon_1.id
 LIMIT %(p2)s::INTEGER)), ',') || ']' AS isi
-- jenis_1_1 = 'PANTI'
-- jenis_1_2 = 'LKS'
-- jenis_1_3 = 'LK3'
-- jenis_1_4 = 'RUMAH_SINGGAH'
-- jenis_1_5 = 'SLRT'
-- jenis_1_6 = 'PUSKESOS'
-- jenis_1_7 = 'GUDANG_BENCANA'
-- jenis_1_8 = 'KAMPUNG_SIAGA_BENCANA'
-- jenis_1_9 = 'KARANG_TARUNA'
-- param_1 = 2
-- param_2 = 20
