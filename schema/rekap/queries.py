"""Root queries: rekap, and who has reported."""

import strawberry

from hub.rekap import deadline_reads
from hub.rekap import reads as rekap_reads
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import FORMS, named, offices, regions, times
from schema.rekap.deadline_types import Tenggat
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
    daftar_tenggat: list[Tenggat] = root(
        "Tenggat yang berlaku: satu baris per kantor (provinsi yang ditanyakan, dan tiap kabupaten/kota yang berlaku pada hari terakhir "
        "periode), formulir yang diharapkan untuk periode itu, dan periode; juga bila tidak ada yang menetapkannya.",
        deadline_reads.listed,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        PERIODE,
        WILAYAH,
        rows=times(named("formulir", FORMS), named("periode"), offices),
    )
