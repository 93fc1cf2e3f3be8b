"""Root queries: rekap, and who has reported."""

import strawberry

from hub.rekap import deadline_reads, explanation_reads
from hub.rekap import reads as rekap_reads
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import FORMS, named, offices, regions, times
from schema.rekap.deadline_types import Tenggat
from schema.rekap.explanation_types import PenjelasanAngka
from schema.rekap.inputs import PilihanRincianMasukan, SaringRekap
from schema.rekap.types import BarisKelengkapan, Rekap, RekapConnection
from schema.scalars import KodeWilayah, Periode
from schema.wilayah.question_arguments import AS_KNOWN_AT, PERIODE, WILAYAH


@strawberry.type
class RekapQueries:
    rekap: Rekap | None = root(
        "Rekap dengan id ini, sejauh yang boleh Anda lihat.",
        rekap_reads.asked,
        argument("id", strawberry.ID, 'Id rekap, misalnya "53.14:F05:2020".', required=True),
        AS_KNOWN_AT,
    )
    daftar_rekap: RekapConnection | None = root_connection(
        "Rekap yang boleh Anda lihat, menurut pelapor, formulir, periode.",
        rekap_reads.listed,
        argument("saring", SaringRekap | None, "Saringan."),
    )
    kelengkapan: list[BarisKelengkapan] | None = root(
        "Siapa sudah melapor dan siapa belum: satu baris per kabupaten/kota, formulir dan periode.",
        rekap_reads.completeness,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        PERIODE,
        WILAYAH,
        rows=times(named("formulir", FORMS), named("periode"), regions("KABUPATEN")),
    )
    daftar_tenggat: list[Tenggat] | None = root(
        "Tenggat yang berlaku: satu baris per kantor (provinsi yang ditanyakan, dan tiap kabupaten/kota yang berlaku pada hari terakhir "
        "periode), formulir yang diharapkan untuk periode itu, dan periode; juga bila tidak ada yang menetapkannya.",
        deadline_reads.listed,
        argument("formulir", list[str] | None, "Kode formulir; null: semua."),
        PERIODE,
        WILAYAH,
        rows=times(named("formulir", FORMS), named("periode"), offices),
    )
    jelaskan_angka: PenjelasanAngka | None = root(
        "Bukti sebuah angka atau indikator: revisi rekap mana yang membentuknya, kantor mana yang menyetujui dan kapan, siapa yang belum "
        "ada, dan bagaimana bagian-bagiannya digabung. Tidak menampilkan apa pun yang `agregat` dan `indikator` tutup bagi Anda. Null bila "
        "wilayahnya tidak berlaku pada akhir periode.",
        explanation_reads.proof,
        argument("wilayah", KodeWilayah, "Wilayah yang angkanya ditanyakan.", required=True),
        argument("elemen", str, "Kode elemen, atau kode indikator (I01, I04.anak).", required=True),
        argument("periode", Periode, "Periodenya.", required=True),
        argument(
            "rincian",
            list[PilihanRincianMasukan] | None,
            "Satu pilihan dari tiap rincian yang ditanyakan; null: jumlah seluruhnya. Pada indikator capaian (I10, I11): indikator yang "
            "dicapai, sebagai rincian `indikator`.",
        ),
        AS_KNOWN_AT,
        variant=explanation_reads.variant,
    )
