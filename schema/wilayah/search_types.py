"""GraphQL types of looking for a region."""

import strawberry

from hub.wilayah import reads as wilayah_reads
from hub.wilayah import search_reads as rows
from schema.engine.declare import column, expression, relation
from schema.wilayah.types import Wilayah


@strawberry.federation.type(description="Satu wilayah yang ditemukan.")
class HasilCari:
    wilayah: Wilayah = relation("Wilayahnya, sebagaimana berlaku hari ini.", wilayah_reads.region)
    jalur: str = expression(
        'Namanya sampai provinsi: "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur".', rows.path
    )
    skor: float = column("Kecocokan, 0 sampai 1; 1: persis.")
