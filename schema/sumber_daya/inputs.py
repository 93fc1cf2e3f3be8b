"""GraphQL inputs of social resources, and their way into a frozen draft."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from hub.sumber_daya.draft import ColumnValue, SumberDayaDraft, SuratDraft
from schema.scalars import Desimal, GeoJSON, KodeWilayah
from schema.sumber_daya.enums import (
    CakupanLembaga,
    JenisSumberDaya,
    JenisSurat,
    KlasifikasiKarangTaruna,
    Pemilik,
    TingkatGudang,
)

_COLUMNS = (
    "sasaran", "daya_tampung", "klien_l", "klien_p", "klien", "bidang", "ketua", "ketua_setuju", "cakupan", "sekretariat",
    "sumber_dana", "tahun", "petugas_depan", "petugas_belakang", "pengelola", "pengaduan_masuk", "pengaduan_selesai",
    "tingkat_gudang", "luas_m2", "kapasitas_m3", "lumbung", "gardu", "anggota_l", "anggota_p", "anggota",
    "pengurus_l", "pengurus_p", "pengurus", "klasifikasi",
)  # fmt: skip
_FIELDS = {k: f"jumlah_{k}" if k in ("klien", "anggota", "pengurus") else k for k in _COLUMNS}
_LABELS = {k: to_camel_case(m) for k, m in _FIELDS.items()}


@strawberry.input(description="Surat bertanggal: tanda daftar, sertifikat akreditasi, SK.")
class SuratSumberDayaMasukan:
    jenis: JenisSurat
    sejak: date = strawberry.field(description="Hari pertama berlaku.")
    sampai: date | None = strawberry.field(
        default=None, description="Hari pertama tidak berlaku lagi; null: tanpa batas."
    )
    nomor: str | None = None
    peringkat: str | None = strawberry.field(default=None, description="A, B atau C; hanya dan selalu pada AKREDITASI.")
    cakupan: CakupanLembaga | None = None

    def draft(self) -> SuratDraft:
        cakupan = self.cakupan.value if self.cakupan else None
        return SuratDraft(self.jenis.value, self.sejak, self.sampai, self.nomor, self.peringkat, cakupan)


@strawberry.input(
    description="Sumber daya sosial seutuhnya: isian yang tidak diberikan menjadi tidak diketahui, kecuali surat. Isian yang bukan "
    "milik jenisnya ditolak."
)
class SumberDayaMasukan:
    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id yang diubah; null: baru. Id baru buatan sendiri (kode kabupaten/kota, titik dua, UUID) membuat "
        "kiriman dapat diulang.",
    )
    versi: int | None = strawberry.field(default=None, description="Versi yang menjadi dasar perubahan; null: baru.")
    jenis: JenisSumberDaya
    nama: str
    pemilik: Pemilik
    desa: KodeWilayah = strawberry.field(description="Kode desa atau kelurahan tempatnya.")
    sejak: date = strawberry.field(description="Hari pertama ada.")
    sampai: date | None = strawberry.field(default=None, description="Hari pertama tidak ada lagi; null: masih ada.")
    alamat: str | None = None
    titik: GeoJSON | None = strawberry.field(
        default=None, description="GeoJSON Point, EPSG:4326, bujur lebih dahulu; tidak boleh bila dirahasiakan."
    )
    rahasia: bool = strawberry.field(default=False, description="Tempat perlindungan korban.")
    sumber: str | None = strawberry.field(default=None, description="Asal datanya.")
    surat: list[SuratSumberDayaMasukan] | None = strawberry.field(
        default=None, description="Semua suratnya; null: biarkan seperti adanya."
    )
    sasaran: str | None = None
    daya_tampung: int | None = None
    klien_l: int | None = None
    klien_p: int | None = None
    jumlah_klien: int | None = strawberry.field(
        default=None, description="Semua klien, orang; cukup ini bila laki-laki dan perempuan tidak diketahui."
    )
    bidang: str | None = None
    ketua: str | None = strawberry.field(default=None, description="Hanya disimpan bila ketuaSetuju.")
    ketua_setuju: bool | None = strawberry.field(default=None, description="Ketua setuju namanya dibuka.")
    cakupan: CakupanLembaga | None = None
    sekretariat: str | None = None
    sumber_dana: str | None = None
    tahun: int | None = None
    petugas_depan: int | None = None
    petugas_belakang: int | None = None
    pengelola: str | None = None
    pengaduan_masuk: int | None = None
    pengaduan_selesai: int | None = None
    tingkat_gudang: TingkatGudang | None = None
    luas_m2: Desimal | None = None
    kapasitas_m3: Desimal | None = None
    lumbung: bool | None = None
    gardu: bool | None = None
    anggota_l: int | None = None
    anggota_p: int | None = None
    jumlah_anggota: int | None = strawberry.field(
        default=None, description="Semua anggota, orang; cukup ini bila laki-laki dan perempuan tidak diketahui."
    )
    pengurus_l: int | None = None
    pengurus_p: int | None = None
    jumlah_pengurus: int | None = strawberry.field(
        default=None, description="Semua pengurus, orang; cukup ini bila laki-laki dan perempuan tidak diketahui."
    )
    klasifikasi: KlasifikasiKarangTaruna | None = None

    def draft(self) -> SumberDayaDraft:
        """The input as the services take it."""
        point: Any = self.titik
        return SumberDayaDraft(
            self.jenis.value, self.nama, self.pemilik.value, self.desa, self.sejak, self.id, self.versi, self.sampai,
            alamat=self.alamat, titik=point, rahasia=self.rahasia, sumber=self.sumber,
            values={k: _column_value(getattr(self, m)) for k, m in _FIELDS.items()},
            surat=None if self.surat is None else tuple(s.draft() for s in self.surat), labels=_LABELS,
        )  # fmt: skip


def _column_value(value: Any) -> ColumnValue:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return Decimal(repr(value))
    plain: ColumnValue = value
    return plain
