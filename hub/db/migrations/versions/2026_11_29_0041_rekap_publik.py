"""What a rekap says beside its figures, and who wrote something, for those who answer for it alone.

Stated totals: a total less its open parts is the closed one, so they are read by the reporter's office and its province, of
no revision by others. Findings and events were theirs already.

Names on tokens may be those of persons, and reasons are talk of offices. Where a table is read by everybody, these columns are read
by the hub's own work alone, or through a view that tells them to whoever answers for the row.
"""

from alembic import op

revision = "0041_rekap_publik"
down_revision = "0040_apbn"

_SEMUA = "hub_publik, hub_kabupaten, hub_provinsi, hub_admin"
_KAB = "kode_kab = (SELECT hub_wilayah())"
_PROV = "hub_di_bawah(kode_kab)"
_DISETUJUI = """publik AND EXISTS (SELECT 1 FROM rekap r WHERE r.kode_kab = rekap_total.kode_kab
  AND r.formulir = rekap_total.formulir AND r.periode = rekap_total.periode AND r.revisi_disetujui = rekap_total.revisi)"""
_DAHULU = """publik AND EXISTS (SELECT 1 FROM rekap_riwayat r WHERE r.kode_kab = rekap_total.kode_kab
  AND r.formulir = rekap_total.formulir AND r.periode = rekap_total.periode AND r.revisi_disetujui = rekap_total.revisi)"""

# table → what is not told of its rows: who wrote them, and why
_PENULIS = {
    "hubungan_wksbm": ("diubah_oleh",),
    "mitra_luar": ("diubah_oleh",),
    "program": ("oleh",),
    "program_riwayat": ("oleh",),
    "wksbm": ("diubah_oleh", "tahap_alasan"),
    "sasaran_kinerja": ("oleh",),
    "sasaran_kinerja_riwayat": ("oleh",),
    "skala_kinerja": ("oleh",),
    "skala_kinerja_riwayat": ("oleh",),
    "stok_minimum": ("diubah_oleh",),
    "tahap_wksbm": ("alasan", "dicatat_oleh"),
}

# the columns as they are now: a column without SELECT is one that every later column would have to be granted beside
_TANPA = """
DO $$
DECLARE
  kolom text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO kolom FROM pg_attribute
    WHERE attrelid = '{tabel}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL('{{{penulis}}}');
  REVOKE SELECT ON {tabel} FROM {semua};
  EXECUTE format('GRANT SELECT (%s) ON {tabel} TO {semua}', kolom);
END $$;
"""

# places as the caller may see them, whole (0027_rahasia, 0028_peran): {penulis} is who wrote it
_TEMPAT = """
CREATE OR REPLACE VIEW sumber_daya_terbaca WITH (security_barrier) AS
SELECT kode_kab, id, jenis, nama, pemilik, kode_desa, alamat, titik, rahasia, sejak, sampai, hari_terakhir, versi, contoh, sumber,
  diubah_pada, {penulis} AS diubah_oleh, sasaran, daya_tampung,
  CASE WHEN {jangkau} THEN klien_l END AS klien_l,
  CASE WHEN {jangkau} THEN klien_p END AS klien_p,
  bidang, ketua, ketua_setuju, cakupan, sekretariat, sumber_dana, tahun, petugas_depan, petugas_belakang, pengelola,
  CASE WHEN NOT coalesce(hub_kecil(1, pengaduan_masuk), false) OR {jangkau} THEN pengaduan_masuk END AS pengaduan_masuk,
  CASE WHEN NOT coalesce(hub_kecil(1, pengaduan_selesai), false) OR {jangkau} THEN pengaduan_selesai END AS pengaduan_selesai,
  tingkat_gudang, luas_m2, kapasitas_m3, lumbung, gardu, anggota_l, anggota_p, pengurus_l, pengurus_p, klasifikasi,
  CASE WHEN {jangkau} THEN klien END AS klien,
  anggota, pengurus
FROM sumber_daya WHERE NOT rahasia OR {jangkau};
"""
# networks and their phases, as the caller may see them
_JEJARING = """
CREATE VIEW wksbm_terbaca WITH (security_barrier) AS
SELECT kode_kab, id, nama, kode_desa, titik, balai, dokumen, keterangan, tahap, tahap_sejak,
  CASE WHEN {jangkau} THEN tahap_alasan END AS tahap_alasan, kegiatan_sejak, sejak, sampai, hari_terakhir, versi, contoh, sumber,
  diubah_pada, CASE WHEN {jangkau} THEN diubah_oleh END AS diubah_oleh
FROM wksbm;
COMMENT ON VIEW wksbm_terbaca IS 'networks, with who wrote them and why for those who answer for them';
CREATE VIEW tahap_wksbm_terbaca WITH (security_barrier) AS
SELECT kode_kab, wksbm, urut, tahap, sejak, CASE WHEN {jangkau} THEN alasan END AS alasan, dicatat_pada,
  CASE WHEN {jangkau} THEN dicatat_oleh END AS dicatat_oleh
FROM tahap_wksbm;
COMMENT ON VIEW tahap_wksbm_terbaca IS 'phases of networks, with who wrote them and why for those who answer for them';
GRANT SELECT ON wksbm_terbaca, tahap_wksbm_terbaca TO {semua};
"""
_JANGKAU = "hub_jangkau(kode_kab, (SELECT hub_lingkup()))"
_TERBUKA = "diubah_oleh"
# to whoever answers for the place
_TERTUTUP = f"CASE WHEN {_JANGKAU} THEN diubah_oleh END"


def upgrade() -> None:
    op.execute(f"""
ALTER POLICY publik_baca ON rekap_total USING (false);
ALTER POLICY kabupaten_baca ON rekap_total USING ({_KAB});
ALTER POLICY provinsi_baca ON rekap_total USING ({_PROV});
DROP POLICY publik_baca_dahulu ON rekap_total;
DROP POLICY kabupaten_baca_dahulu ON rekap_total;
DROP POLICY provinsi_baca_dahulu ON rekap_total;
""")
    op.execute(_JEJARING.format(jangkau=_JANGKAU, semua=_SEMUA))
    for tabel, penulis in _PENULIS.items():
        op.execute(_TANPA.format(tabel=tabel, penulis=", ".join(penulis), semua=_SEMUA))
    op.execute(_TEMPAT.format(penulis=_TERTUTUP, jangkau=_JANGKAU))
    op.execute(f"REVOKE SELECT (diubah_oleh) ON sumber_daya FROM {_SEMUA}")


def downgrade() -> None:
    op.execute(f"GRANT SELECT (diubah_oleh) ON sumber_daya TO {_SEMUA}")
    op.execute(_TEMPAT.format(penulis=_TERBUKA, jangkau=_JANGKAU))
    for tabel in _PENULIS:
        # takes back the rights of single columns as well
        op.execute(f"REVOKE SELECT ON {tabel} FROM {_SEMUA}; GRANT SELECT ON {tabel} TO {_SEMUA}")
    op.execute("DROP VIEW wksbm_terbaca, tahap_wksbm_terbaca")
    op.execute(f"""
ALTER POLICY publik_baca ON rekap_total USING ({_DISETUJUI});
ALTER POLICY kabupaten_baca ON rekap_total USING ({_KAB} OR {_DISETUJUI});
ALTER POLICY provinsi_baca ON rekap_total USING ({_PROV} OR {_DISETUJUI});
CREATE POLICY publik_baca_dahulu ON rekap_total FOR SELECT TO hub_publik USING ({_DAHULU});
CREATE POLICY kabupaten_baca_dahulu ON rekap_total FOR SELECT TO hub_kabupaten USING ({_DAHULU});
CREATE POLICY provinsi_baca_dahulu ON rekap_total FOR SELECT TO hub_provinsi USING ({_DAHULU});
""")
