"""Choices of social resources; apart from their types, for the types of regions name them too."""

from enum import Enum

import strawberry


@strawberry.enum(description="Jenis sumber daya sosial.")
class JenisSumberDaya(Enum):
    LKS = strawberry.enum_value("LKS", description="Lembaga kesejahteraan sosial di luar panti.")
    PANTI = strawberry.enum_value("PANTI", description="Panti, milik pemerintah atau masyarakat.")
    LK3 = strawberry.enum_value("LK3", description="Lembaga konsultasi kesejahteraan keluarga.")
    RUMAH_SINGGAH = "RUMAH_SINGGAH"
    SLRT = strawberry.enum_value("SLRT", description="Sistem layanan dan rujukan terpadu.")
    PUSKESOS = strawberry.enum_value("PUSKESOS", description="Pusat kesejahteraan sosial desa.")
    GUDANG_BENCANA = "GUDANG_BENCANA"
    KAMPUNG_SIAGA_BENCANA = "KAMPUNG_SIAGA_BENCANA"
    KARANG_TARUNA = "KARANG_TARUNA"


@strawberry.enum(description="Pemilik sumber daya sosial.")
class Pemilik(Enum):
    KEMENTERIAN = "KEMENTERIAN"
    PROVINSI = "PROVINSI"
    KABUPATEN = "KABUPATEN"
    DESA = "DESA"
    MASYARAKAT = "MASYARAKAT"


@strawberry.enum(description="Jenis surat bertanggal.")
class JenisSurat(Enum):
    TANDA_DAFTAR = "TANDA_DAFTAR"
    AKREDITASI = "AKREDITASI"
    SK = "SK"


@strawberry.enum(description="Cakupan pelayanan lembaga.")
class CakupanLembaga(Enum):
    KOTA = strawberry.enum_value("KOTA", description="Kabupaten atau kota.")
    PROVINSI = "PROVINSI"
    NASIONAL = "NASIONAL"


@strawberry.enum(description="Tingkat gudang bencana.")
class TingkatGudang(Enum):
    PUSAT = "PUSAT"
    PROVINSI = "PROVINSI"
    KABUPATEN = "KABUPATEN"


@strawberry.enum(description="Klasifikasi karang taruna oleh dinas kabupaten/kota.")
class KlasifikasiKarangTaruna(Enum):
    TUMBUH = "TUMBUH"
    BERKEMBANG = "BERKEMBANG"
    MAJU = "MAJU"
    PERCONTOHAN = "PERCONTOHAN"
