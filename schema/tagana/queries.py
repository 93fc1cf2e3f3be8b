"""Root queries: the register of Tagana."""

from datetime import datetime

import strawberry

from hub.tagana import reads as tagana_reads
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import regions
from schema.scalars import Periode
from schema.tagana.types import (
    BarisRegisterTagana,
    CatatanAksesConnection,
    IzinNamaConnection,
    Tagana,
    TaganaConnection,
)
from schema.wilayah.question_arguments import LEVEL, WILAYAH


@strawberry.type
class TaganaQueries:
    tagana: Tagana | None = root(
        "Anggota Tagana dengan id ini, bila ada dalam register kabupaten/kota Anda.",
        tagana_reads.by_id,
        argument("id", strawberry.ID, "Id anggota.", required=True),
    )
    daftar_tagana: TaganaConnection | None = root_connection(
        "Register Tagana kabupaten/kota Anda menurut nama. Kosong bagi yang lain; provinsi memakai bacaNamaTagana.",
        tagana_reads.listed,
    )
    register_tagana: list[BarisRegisterTagana] | None = root(
        "Hitungan register Tagana di samping angka rekap, dengan selisihnya, sampai kecamatan.",
        tagana_reads.register,
        WILAYAH,
        LEVEL,
        argument(
            "periode",
            Periode | None,
            "Periode angka rekapnya; tanpa ini: yang terbaru yang rekapnya (F10) sudah disetujui dari sedikitnya satu kabupaten/kota di "
            "wilayah itu.",
        ),
        rows=regions(),
    )
    daftar_izin_nama: IzinNamaConnection | None = root_connection(
        "Izin membaca nama yang diberikan kabupaten/kota Anda, atau yang diterima provinsi Anda.", tagana_reads.grants
    )
    catatan_akses: CatatanAksesConnection | None = root_connection(
        "Kapan, oleh siapa dan untuk apa nama dalam register kabupaten/kota Anda dilihat; bagi provinsi: pembacaannya sendiri.",
        tagana_reads.readings,
        argument("sejak", datetime | None, "Hanya yang sejak saat itu."),
    )
