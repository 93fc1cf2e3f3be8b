"""Root queries: what is wrong with boundaries."""

import strawberry

from hub.batas import reads as batas_reads
from schema.batas.types import JenisMutuBatas, MutuBatasConnection
from schema.engine.declare import argument, root_connection
from schema.wilayah.question_arguments import WILAYAH


@strawberry.type
class BatasQueries:
    mutu_batas: MutuBatasConnection | None = root_connection(
        "Temuan pada batas wilayah ini dan bagiannya dari pemeriksaan terakhir: tumpang tindih, celah, di luar induk, tanpa "
        "batas, luas beda. Menurut kode wilayah.",
        batas_reads.listed,
        WILAYAH,
        argument("jenis", list[JenisMutuBatas] | None, "Hanya jenis ini; null: semua."),
    )
