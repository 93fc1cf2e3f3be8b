"""GraphQL types of what differs between two revisions of a rekap."""

from enum import Enum

import strawberry

from hub.angka import reads as angka_reads
from hub.rekap import difference_reads as rows
from schema.angka.types import PilihanRincian
from schema.engine.declare import column, expression, relation
from schema.katalog.types import Elemen
from schema.scalars import Desimal
from schema.wilayah.types import Wilayah


@strawberry.enum(
    description="Mengapa sebuah sel berbeda antara dua revisi. Satu saja: yang pertama cocok, menurut urutan BARU (tanpa pembanding), "
    "BATAS_PINDAH, KOREKSI, TERLAMBAT, BARU."
)
class JenisBeda(Enum):
    BARU = strawberry.enum_value(
        "BARU",
        description="Tidak ada pembandingnya; atau sel yang sebelumnya tidak ada atau TIDAK_ADA_DATA, dan tidak termasuk jenis lain.",
    )
    KOREKSI = strawberry.enum_value(
        "KOREKSI",
        description="Sel yang sudah pernah diisi (dengan angka, TIDAK_DILAKSANAKAN atau TIDAK_BERLAKU) berubah, atau sel dicabut.",
    )
    TERLAMBAT = strawberry.enum_value(
        "TERLAMBAT",
        description="Sel yang sebelumnya tidak ada atau TIDAK_ADA_DATA kini diisi, pada revisi yang dikirim sesudah hari `tenggat` rekap "
        "(menurut zona kantor).",
    )
    BATAS_PINDAH = strawberry.enum_value(
        "BATAS_PINDAH",
        description="Batas wilayahnya berubah: wilayah itu mulai atau berhenti berlaku, dipecah, digabung atau pindah, sesudah hari pertama "
        "periode sampai hari terakhirnya, atau sesudah hari revisi `dari` dikirim sampai hari revisi `ke` dikirim; atau wilayahnya menurut "
        "daftar yang sekarang tidak ada pada periode itu, atau berasal dari yang demikian.",
    )


@strawberry.federation.type(description="Satu sel yang berbeda antara dua revisi rekap.")
class BedaSel:
    wilayah: Wilayah = relation(
        "Wilayahnya, sebagaimana pada periode itu; yang sudah tidak ada pada periode itu, sebagaimana terakhir.",
        rows.region_then,
    )
    elemen: Elemen = relation("Elemennya.", angka_reads.element)
    rincian: list[PilihanRincian] = relation("Rinciannya.", angka_reads.choices, rows=1)
    lama: Desimal | None = column("Angka pada revisi `dari`; null bila selnya tidak ada atau tanpa angka.")
    baru: Desimal | None = column("Angka pada revisi `ke`; null bila selnya tidak ada atau tanpa angka.")
    selisih: Desimal | None = expression("baru dikurangi lama; null bila salah satunya tidak ada.", rows.by_how_much)
    persen: float | None = expression(
        "Selisih dalam persen dari lama, dua desimal; null bila lama 0 atau salah satunya tidak ada.", rows.in_percent
    )
    jenis: JenisBeda = column("Mengapa berbeda.")
    tidak_biasa: bool = column(
        "Angka barunya jauh dari yang biasa dilaporkan wilayah itu: yang dimaksud temuan LONJAKAN_ANGKA ketika revisi `ke` dikirim, juga bila "
        "banyak temuan serupa diringkas menjadi satu. Lonjakan jumlah kecamatan atau kabupaten/kota hanya ada dalam `temuan`."
    )
