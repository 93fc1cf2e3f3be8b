"""GraphQL types of the list of desa."""

from enum import Enum

import strawberry

from schema.page_types import PageInfo, total_count
from schema.scalars import GeoJSON, KodeWilayah
from schema.wilayah.types import Desa, JenisWilayah


@strawberry.enum(description="Urutan daftarDesa; yang sama dipisahkan menurut kode.")
class UrutDesa(Enum):
    KODE = "KODE"
    NAMA = "NAMA"
    LUAS = strawberry.enum_value("LUAS", description="Dari yang tersempit; hanya desa yang batasnya sudah dimuat.")


@strawberry.input(
    description="Saringan daftarDesa; yang tidak diisi tidak menyaring, yang diisi harus semua terpenuhi."
)
class SaringDesa:
    di: KodeWilayah | None = strawberry.field(
        default=None, description="Di dalam provinsi, kabupaten/kota atau kecamatan ini."
    )
    nama: str | None = strawberry.field(
        default=None,
        description="Namanya mengandung tulisan ini, paling sedikit 3 huruf; hanya huruf dan angkanya yang dibandingkan.",
    )
    jenis: list[JenisWilayah] | None = strawberry.field(default=None, description="KELURAHAN, DESA, DESA_ADAT.")
    dalam: GeoJSON | None = strawberry.field(
        default=None,
        description="Titiknya terletak di dalam Polygon atau MultiPolygon ini (EPSG:4326, bujur lebih dahulu).",
    )
    bbox: list[float] | None = strawberry.field(
        default=None, description="Batasnya menyentuh kotak ini: barat, selatan, timur, utara (derajat)."
    )


@strawberry.federation.type(description="Satu desa pada halaman, dengan kursornya.")
class DesaEdge:
    node: Desa
    cursor: str


@strawberry.federation.type(description="Halaman daftar desa.")
class DesaConnection:
    edges: list[DesaEdge]
    page_info: PageInfo
    total_count: int = total_count()
