"""Root queries: performance."""

import strawberry

from hub.kinerja import reads as kinerja_reads
from schema.engine.declare import argument, root
from schema.kinerja.types import CapaianKinerja
from schema.scalars import KodeWilayah


@strawberry.type
class KinerjaQueries:
    capaian_kinerja: CapaianKinerja | None = root(
        "Capaian kinerja sebuah kantor dalam satu tahun, dari rekap yang disetujui: target (KIN01) di samping hitungan hub, per sasaran. "
        "Provinsi: menurut pernyataannya sendiri. Null bila tidak ada wilayah berkode itu pada akhir tahun tersebut.",
        kinerja_reads.capaian,
        argument("wilayah", KodeWilayah, "Kode kabupaten/kota atau provinsi.", required=True),
        argument("tahun", int, "Tahunnya, misalnya 2020.", required=True),
    )
