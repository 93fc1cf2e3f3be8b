"""Root queries: the catalogue."""

from datetime import date

import strawberry

from hub.katalog import reads as katalog_reads
from schema.engine.declare import argument, root
from schema.expected_rows import FORMS
from schema.katalog.types import DaftarKode, Formulir, Indikator


@strawberry.type
class KatalogQueries:
    formulir: Formulir | None = root(
        "Formulir dengan kode ini.",
        katalog_reads.form_by_code,
        argument("kode", str, "Kode formulir, F01 sampai F13.", required=True),
    )
    daftar_formulir: list[Formulir] | None = root("Semua formulir.", katalog_reads.all_forms, rows=FORMS)
    daftar_kode: DaftarKode | None = root(
        "Daftar kode dalam katalog, sebagaimana berlaku pada satu hari: PPKS, PSKS, KEGIATAN_WKSBM, PROGRAM_WKSBM, "
        "SKALA_KINERJA (kodenya: capaian terendah, persen).",
        katalog_reads.code_list,
        argument("kode", str, "Kode daftar; huruf besar dan kecil sama.", required=True),
        argument("pada", date | None, "Sebagaimana berlaku pada hari itu; tanpa ini: hari ini."),
    )
    daftar_indikator: list[Indikator] | None = root(
        "Semua indikator beserta variannya.", katalog_reads.all_indicators, rows=30
    )
