"""Root queries: rekap, and who has reported."""

import strawberry

from hub.rekap import reads as rekap_reads
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import FORMS, named, regions, times
from schema.rekap.inputs import SaringRekap
from schema.rekap.types import BarisKelengkapan, Rekap, RekapConnection
from schema.wilayah.question_arguments import AS_KNOWN_AT, PERIODE, WILAYAH


@strawberry.type
class RekapQueries:
    rekap: Rekap | None = root(
        "Rekap dengan id ini, sejauh yang boleh Anda lihat.",
        rekap_reads.by_id,
        argument("id", strawberry.ID, 'Id rekap, misalnya "53.14:F05:2020".', required=True),
        AS_KNOWN_AT,
    )
    daftar_rekap: RekapConnection = root_connection(
        "Rekap yang boleh Anda lihat, menurut pelapor, formulir, periode.",
        rekap_reads.listed,
        argument("saring", SaringRekap | None, "Saringan."),
    )
    kelengkapan: list[BarisKelengkapan] = root(
        "Siapa sudah melapor dan siapa belum: satu baris per kabupaten/kota, formulir dan periode.",
        rekap_reads.completeness,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        PERIODE,
        WILAYAH,
        rows=times(named("formulir", FORMS), named("periode"), regions("KABUPATEN")),
    )
