"""What the registry needs to be filled from lists and to be counted: totals of people whose sexes were not told apart, and an
index by kabupaten and kind.

The history table ends with the moment of replacement, so its new columns come after it, and the trigger names them all.
"""

from alembic import op

revision = "0015_terdaftar"
down_revision = "0014_sdm"

_BARU = ("klien", "anggota", "pengurus")
_LAMA = (
    "kode_kab, id, jenis, nama, pemilik, kode_desa, alamat, titik, rahasia, sejak, sampai, hari_terakhir, versi, contoh, sumber, "
    "diubah_pada, diubah_oleh, sasaran, daya_tampung, klien_l, klien_p, bidang, ketua, ketua_setuju, cakupan, sekretariat, "
    "sumber_dana, tahun, petugas_depan, petugas_belakang, pengelola, pengaduan_masuk, pengaduan_selesai, tingkat_gudang, luas_m2, "
    "kapasitas_m3, lumbung, gardu, anggota_l, anggota_p, pengurus_l, pengurus_p, klasifikasi"
)

_PEMICU = """
CREATE OR REPLACE FUNCTION hub_sumber_daya_diganti() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.versi := OLD.versi + 1;
  NEW.diubah_pada := hub_saat();
  IF NEW.rahasia THEN  -- where a shelter stands is not kept, not even as what once was written
    OLD.titik := NULL;
    UPDATE sumber_daya_riwayat r SET titik = NULL WHERE r.kode_kab = OLD.kode_kab AND r.id = OLD.id AND r.titik IS NOT NULL;
  END IF;
  {simpan}
  RETURN NEW;
END $$;
"""


def upgrade() -> None:
    for kolom in _BARU:
        for tabel in ("sumber_daya", "sumber_daya_riwayat"):
            op.execute(f"ALTER TABLE {tabel} ADD COLUMN {kolom} INTEGER")
        op.execute(f"COMMENT ON COLUMN sumber_daya.{kolom} IS 'persons, where the sexes were not told apart'")
    semua = f"{_LAMA}, {', '.join(_BARU)}"
    nilai = ", ".join(f"OLD.{k}" for k in semua.split(", "))
    op.execute(
        _PEMICU.format(simpan=f"INSERT INTO sumber_daya_riwayat ({semua}, diganti_pada) SELECT {nilai}, hub_saat();")
    )
    op.execute("CREATE INDEX sumber_daya_kabupaten_idx ON sumber_daya (kode_kab, jenis)")


def downgrade() -> None:
    op.execute("DROP INDEX sumber_daya_kabupaten_idx")
    for kolom in _BARU:
        for tabel in ("sumber_daya", "sumber_daya_riwayat"):
            op.execute(f"ALTER TABLE {tabel} DROP COLUMN {kolom}")
    op.execute(_PEMICU.format(simpan="INSERT INTO sumber_daya_riwayat SELECT OLD.*, hub_saat();"))
