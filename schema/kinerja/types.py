"""GraphQL types of performance: what an office reached of what it agreed to."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.kinerja import reads as rows
from schema.angka.types import StatusNilai
from schema.engine.declare import column, expression, relation
from schema.katalog.types import Indikator
from schema.scalars import Desimal

if TYPE_CHECKING:
    from schema.wilayah.types import Wilayah

_Wilayah = Annotated["Wilayah", strawberry.lazy("schema.wilayah.types")]


@strawberry.federation.type(
    shareable=True,
    description="Satu tingkat skala capaian: berlaku mulai nilai itu sampai di bawah tingkat di atasnya.",
)
class TingkatSkala:
    dari: Desimal = column("Capaian terendahnya, persen.")
    nama: str = column('Predikatnya, misalnya "Berhasil".')


@strawberry.federation.type(
    description="Target sebuah indikator di samping realisasinya. Yang satuannya berlainan tidak dibandingkan.",
)
class CapaianIndikator:
    indikator: Indikator = relation(
        "Indikatornya. Yang bukan indikator katalog: jenis ELEMEN (angka sebuah elemen) atau TERTULIS (hanya sebagaimana ditulis).",
        rows.indicator,
    )
    satuan: str = column("Satuan target dan realisasi.")
    target: Desimal | None = column("Target menurut versi terbaru (KIN01); null bila tidak ada.")
    realisasi: Desimal | None = column(
        "Hitungan hub sendiri bila ada dan satuannya sama dengan target, bila tidak yang ditulis (KIN02); indikator dibulatkan dua angka."
    )
    capaian: Desimal | None = column(
        "Persen, tidak dibatasi 100, dua angka di belakang koma: R/T × 100; yang makin rendah makin baik: (2T−R)/T × 100. Null bila "
        "target atau realisasi tidak ada, atau target 0."
    )
    predikat: str | None = column("Kata skalanya; null bila capaian tidak ada.")
    status: StatusNilai = column(
        "Keadaan capaian. TIDAK_BERLAKU: ada hitungan hub, tetapi dalam satuan lain daripada target, dan realisasinya tidak ditulis. "
        "DISUPRESI: realisasinya tertutup bagi Anda."
    )
    per_triwulan: list[Desimal | None] = expression(
        "Realisasi tiap triwulan, empat butir, dalam satuan yang sama; null bila tidak ada atau tertutup bagi Anda.",
        rows.per_quarter,
    )


@strawberry.federation.type(description="Sebuah sasaran dalam perjanjian kinerja.")
class CapaianSasaran:
    nama: str = column(
        'Namanya menurut daftar sasaran kantor itu; tanpa daftar: nomor atau nama dalam rekap. "Tanpa sasaran": indikator yang '
        "sasarannya tidak disebut; tidak ikut dalam nilai kantor bila ada sasaran lain."
    )
    indikator: list[CapaianIndikator] = relation("Indikatornya.", rows.indicators, rows=4)
    nilai: Desimal | None = column(
        "Rerata capaian indikatornya yang diketahui, sebelum dibulatkan; persen. Bila capaian sebagian indikator bertarget tidak "
        "diketahui atau tertutup bagi Anda: nilai tertulis, bila kantor menulisnya. Null bila tidak satu pun diketahui, atau salah "
        "satunya tertutup dan nilainya tidak ditulis."
    )
    predikat: str | None = column("Kata skalanya.")
    tertulis: Desimal | None = column(
        "Nilai yang ditulis kantor itu (KIN02 per sasaran), yang terbaru dalam tahun itu."
    )


@strawberry.federation.type(
    description="Kinerja sebuah kantor dalam satu tahun: sasaran, indikator, capaian dan predikatnya."
)
class CapaianKinerja:
    wilayah: _Wilayah = relation("Wilayah kantornya, sebagaimana berlaku pada akhir tahun.", rows.region_of_office)
    tahun: int = column("Tahunnya.")
    sasaran: list[CapaianSasaran] = relation("Sasarannya, dalam urutannya.", rows.objectives, rows=5)
    nilai: Desimal | None = column(
        "Rerata nilai sasaran yang diketahui, sebelum dibulatkan; persen. Null bila tidak satu pun diketahui, atau salah satunya "
        "tertutup bagi Anda."
    )
    predikat: str | None = column("Kata skalanya.")
    skala: list[TingkatSkala] = relation(
        "Skala kantor itu yang berlaku pada tahun tersebut, yang tertinggi dahulu; kantor yang tidak punya memakai SKALA_KINERJA dalam "
        "daftarKode.",
        rows.scale,
        rows=5,
    )
