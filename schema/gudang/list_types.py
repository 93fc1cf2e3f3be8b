"""GraphQL types of the list of disaster warehouses."""

from enum import Enum

import strawberry

from schema.page_types import PageInfo, total_count
from schema.scalars import KodeWilayah
from schema.sumber_daya.types import GudangBencana


@strawberry.enum(description="Keadaan persediaan, dari yang terbaik; ukurannya pada StokBarang.kesehatan.")
class KesehatanStok(Enum):
    AMAN = "AMAN"
    MENIPIS = "MENIPIS"
    KRITIS = strawberry.enum_value("KRITIS", description="Pada sebuah gudang juga bila ada barangnya yang kosong.")
    KOSONG = "KOSONG"
    TIDAK_ADA_DATA = strawberry.enum_value(
        "TIDAK_ADA_DATA", description="Buku stok gudang itu belum pernah ditulisi; tidak ada pada satu barang."
    )


@strawberry.input(
    description="Saringan daftarGudang; yang tidak diisi tidak menyaring, yang diisi harus semua terpenuhi."
)
class SaringGudang:
    di: KodeWilayah | None = strawberry.field(
        default=None, description="Di dalam provinsi, kabupaten/kota, kecamatan atau desa ini."
    )
    kesehatan: list[KesehatanStok] | None = strawberry.field(
        default=None,
        description="Yang sekarang dalam salah satu keadaan ini; dengan barang: keadaan barang itu di sana.",
    )
    barang: str | None = strawberry.field(
        default=None, description="Yang mencatat barang ini atau menetapkan minimumnya: kode atau nama barang."
    )


@strawberry.federation.type(description="Satu gudang pada halaman, dengan kursornya.")
class GudangBencanaEdge:
    node: GudangBencana
    cursor: str


@strawberry.federation.type(description="Halaman daftar gudang bencana.")
class GudangBencanaConnection:
    edges: list[GudangBencanaEdge]
    page_info: PageInfo
    total_count: int = total_count()
