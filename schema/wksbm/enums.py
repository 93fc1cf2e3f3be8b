"""Choices of networks (WKSBM); apart from their types, for inputs name them too."""

from enum import Enum

import strawberry


@strawberry.enum(description="Tahap jejaring WKSBM, dalam urutan ini.")
class TahapWksbm(Enum):
    PENUMBUHAN = strawberry.enum_value("PENUMBUHAN", description="Calon anggota dihimpun, jejaring disiapkan.")
    PEMANTAPAN = strawberry.enum_value("PEMANTAPAN", description="Jejaring didampingi, dilatih, difasilitasi.")
    PENGEMBANGAN = strawberry.enum_value("PENGEMBANGAN", description="Jejaring melaksanakan aksi sosial sendiri.")


@strawberry.enum(description="Skala sebuah hubungan.")
class SkalaJejaring(Enum):
    LOKAL = strawberry.enum_value("LOKAL", description="Di dalam satu kabupaten/kota.")
    REGIONAL = strawberry.enum_value("REGIONAL", description="Antar kabupaten/kota atau sampai provinsi.")
    NASIONAL = "NASIONAL"


@strawberry.enum(description="Mengapa dua jejaring layak dihubungkan.")
class AlasanCalon(Enum):
    SATU_DESA = strawberry.enum_value("SATU_DESA", description="Di desa yang sama.")
    DESA_BERBATASAN = strawberry.enum_value(
        "DESA_BERBATASAN", description="Di desa yang batasnya bersentuhan, atau terpisah paling jauh 50 m."
    )
    SATU_KECAMATAN = strawberry.enum_value(
        "SATU_KECAMATAN", description="Di kecamatan yang sama, sedang batas salah satu desanya belum dimuat."
    )
