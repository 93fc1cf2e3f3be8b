"""Root queries: figures, indicators, SDM."""

from datetime import date

import strawberry

from hub.angka import reads as angka_reads
from hub.angka import sdm_reads
from schema.angka.sdm_types import BarisRasioSdm, BarisSdm, JenisRasioSdm, JenisSdm, WilayahTanpaSdmConnection
from schema.angka.types import BarisAgregat, BarisIndikator, BarisKetersediaan, StatusNilai
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import breakdowns, named, regions, times
from schema.scalars import Periode
from schema.wilayah.question_arguments import AS_KNOWN_AT, LEVEL, PERIODE, WILAYAH

_PERIODE_SDM = argument(
    "periode",
    Periode | None,
    "Periodenya; tanpa ini: bagi tiap kabupaten/kota dan jenis, yang terbaru yang disetujui dan berisi angkanya.",
)


@strawberry.type
class AngkaQueries:
    agregat: list[BarisAgregat] | None = root(
        "Angka gabungan dari rekap yang disetujui: satu baris per wilayah, elemen dan periode, juga bila datanya tidak ada.",
        angka_reads.agregat,
        argument("elemen", list[str], "Kode elemen.", required=True),
        PERIODE,
        WILAYAH,
        LEVEL,
        argument("rincian", list[str] | None, "Nama rincian yang dipertahankan; null: jumlah seluruhnya."),
        AS_KNOWN_AT,
        argument(
            "wilayahPada",
            date | None,
            "Menurut batas wilayah pada hari itu, misalnya hari ini; tanpa ini: batas pada hari terakhir periodenya. Angka "
            "dijumlahkan dari wilayah asalnya dan tidak pernah dibagi: bila tidak dapat dipisahkan, TIDAK_ADA_DATA.",
        ),
        rows=times(named("elemen"), named("periode"), regions(), breakdowns),
    )
    indikator: list[BarisIndikator] | None = root(
        "Nilai indikator dengan pembilang, penyebut dan kelengkapannya.",
        angka_reads.indikator,
        argument("kode", list[str], "Kode indikator, misalnya I01; varian: I04.disabilitas.", required=True),
        PERIODE,
        WILAYAH,
        LEVEL,
        AS_KNOWN_AT,
        rows=times(named("kode"), named("periode"), regions()),
    )
    ketersediaan: list[BarisKetersediaan] | None = root(
        "Angka mana yang sudah ada: elemen dan periode yang disetujui dari sedikitnya satu kabupaten/kota.",
        angka_reads.available,
        WILAYAH,
        rows=300,  # a hundred elements, some of them in several periods
    )
    sdm: list[BarisSdm] | None = root(
        "Banyaknya SDM kesejahteraan sosial dari rekap yang disetujui: satu baris per wilayah dan jenis, juga bila datanya "
        "tidak ada.",
        sdm_reads.counted,
        WILAYAH,
        LEVEL,
        argument("jenis", list[JenisSdm] | None, "Jenisnya; null: semua."),
        _PERIODE_SDM,
        rows=times(named("jenis", 10), regions()),
    )
    rasio_sdm: list[BarisRasioSdm] | None = root(
        "SDM dibanding banyaknya kecamatan atau desa yang dilayani, per wilayah sampai kecamatan.",
        sdm_reads.ratios,
        WILAYAH,
        LEVEL,
        argument("jenis", list[JenisRasioSdm] | None, "Rasionya; null: semua."),
        _PERIODE_SDM,
        rows=times(named("jenis", 4), regions()),
    )
    wilayah_tanpa_sdm: WilayahTanpaSdmConnection | None = root_connection(
        "Wilayah tanpa satu jenis SDM, menurut kode: kecamatan tanpa TKSK, desa tanpa PSM; PENGURUS_KARANG_TARUNA: desa tanpa "
        "karang taruna (LEM14).",
        sdm_reads.without,
        argument("jenis", JenisSdm, "Jenisnya.", required=True),
        WILAYAH,
        argument("status", list[StatusNilai] | None, "Hanya keadaan ini; [NOL]: yang melaporkan tidak ada."),
        _PERIODE_SDM,
    )
