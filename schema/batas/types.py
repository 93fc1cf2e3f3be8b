"""GraphQL types of what is wrong with boundaries."""

from datetime import datetime
from enum import Enum

import strawberry

from hub.batas import reads as rows
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import column, expression, relation
from schema.page_types import PageInfo, total_count
from schema.scalars import GeoJSON, KodeWilayah
from schema.wilayah.types import Wilayah


@strawberry.enum(description="Jenis temuan pada batas wilayah.")
class JenisMutuBatas(Enum):
    TUMPANG_TINDIH = strawberry.enum_value("TUMPANG_TINDIH", description="Dua wilayah mengaku tempat yang sama.")
    CELAH = strawberry.enum_value(
        "CELAH", description="Tempat yang dikelilingi wilayah tetapi tidak termasuk yang mana pun."
    )
    DI_LUAR_INDUK = strawberry.enum_value(
        "DI_LUAR_INDUK", description="Sebagian besar wilayah, atau tengahnya, di luar batas wilayah di atasnya."
    )
    TANPA_BATAS = strawberry.enum_value("TANPA_BATAS", description="Batas wilayah ini belum dimuat.")
    LUAS_BEDA = strawberry.enum_value("LUAS_BEDA", description="Luas batas berbeda dari luas resmi.")


@strawberry.federation.type(
    description="Temuan pada batas satu wilayah, dari pemeriksaan terakhir (hub check batas); hilang begitu batasnya diganti. "
    "Yang menyangkut dua kabupaten/kota tercatat pada keduanya.",
)
class MutuBatas:
    jenis: JenisMutuBatas = column("Jenisnya.")
    wilayah: Wilayah | None = relation("Wilayahnya; null bila sudah tidak berlaku.", wilayah_reads.region)
    lain: list[KodeWilayah] = expression(
        "Wilayah lain yang tersangkut: yang bertumpang tindih, yang mengelilingi celah, atau tempat sebenarnya terletak.",
        rows.others,
    )
    luas_m2: float | None = column(
        "Luas geodesik, m²: tumpang tindih, celah, bagian di luar induk, atau selisih dari luas resmi; null: tanpa batas.",
        "luas_m2",
    )
    bagian: float | None = column(
        "Tumpang tindih: bagian dari wilayah yang lebih kecil. Di luar induk: bagian yang di dalam. Luas beda: selisih dibagi "
        "luas resmi. Yang lain: null."
    )
    geometri: GeoJSON | None = expression(
        "Tempatnya, EPSG:4326, bujur lebih dahulu; luas beda: titik di dalam wilayah; tanpa batas: null.",
        rows.geometry,
        weight=10,  # small, but not a word
    )
    diperiksa_pada: datetime = column("Waktu pemeriksaan.")


@strawberry.federation.type(description="Satu temuan pada halaman, dengan kursornya.")
class MutuBatasEdge:
    node: MutuBatas
    cursor: str


@strawberry.federation.type(description="Halaman temuan pada batas.")
class MutuBatasConnection:
    edges: list[MutuBatasEdge]
    page_info: PageInfo
    total_count: int = total_count()
