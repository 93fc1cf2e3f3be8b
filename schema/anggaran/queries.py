"""Root queries: budgets."""

import strawberry

from hub.anggaran import reads as anggaran_reads
from schema.anggaran.types import PohonAnggaran
from schema.engine.declare import argument, root
from schema.scalars import KodeWilayah, Periode


@strawberry.type
class AnggaranQueries:
    anggaran: PohonAnggaran | None = root(
        "Anggaran sebuah dinas sosial dari rekap F12 yang disetujui, sebagai pohon programnya. Provinsi: jumlah kabupaten/kotanya per "
        "sumber, tanpa anggaran provinsi sendiri, yang berdiri di sampingnya. Null bila wilayahnya tidak berlaku pada akhir periode.",
        anggaran_reads.tree,
        argument("wilayah", KodeWilayah, "Kabupaten/kota atau provinsi.", required=True),
        argument(
            "periode", Periode, "Periodenya; angka triwulan adalah keadaan sampai akhir triwulan itu.", required=True
        ),
    )
