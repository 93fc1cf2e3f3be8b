"""GraphQL types of the proof of a figure."""

from datetime import datetime
from enum import Enum

import strawberry

from hub.angka import reads as angka_reads
from hub.base.kode import Level
from hub.rekap import explanation_reads as rows
from schema.angka.types import BarisAgregat, BarisIndikator, PilihanRincian, StatusNilai
from schema.engine.declare import column, relation
from schema.expected_rows import PARTS
from schema.katalog.types import Elemen
from schema.rekap.types import Rekap
from schema.scalars import Desimal, Periode
from schema.wilayah.types import Kabupaten


@strawberry.enum(description="Sisi sebuah indikator.")
class SisiIndikator(Enum):
    PEMBILANG = "PEMBILANG"
    PENYEBUT = "PENYEBUT"


@strawberry.federation.type(
    description="Satu revisi rekap yang disetujui dan ikut membentuk sebuah angka, dengan angkanya sendiri.",
)
class AsalAngka:
    kabupaten: Kabupaten = relation("Kabupaten/kota yang melaporkan.", rows.office)
    elemen: Elemen = relation("Elemen angka ini; pada indikator: suku pembilang atau penyebutnya.", angka_reads.element)
    sisi: SisiIndikator | None = column("Sisi yang dibentuknya pada indikator; null pada elemen.")
    rincian: list[PilihanRincian] = relation(
        "Rincian angka ini; kosong: jumlah seluruhnya.", angka_reads.choices, rows=1
    )
    rekap: Rekap = relation("Rekapnya; dengan `pada` sebagaimana keadaannya saat itu.", rows.rekap_of_part)
    revisi: int = column("Revisi yang disetujui dan dihitung.")
    sidik: str | None = column(
        "Sidik isi revisi itu (SHA-256 bergaram, heksadesimal): sama berarti revisi yang sama. Hanya bagi kantornya dan provinsinya; null "
        "bagi yang lain."
    )
    periode: Periode = column("Periode rekapnya: periode yang ditanyakan, atau yang lebih pendek di dalamnya.")
    nilai: Desimal | None = column(
        "Angka wilayah yang ditanyakan (pada provinsi: kabupaten/kota ini) menurut rekap itu."
    )
    status: StatusNilai = column("Keadaan angka.")
    tertulis: Desimal | None = column("Jumlah yang ditulis kantornya sendiri dalam rekap itu, bila ada.")
    disetujui_pada: datetime = column("Sejak kapan revisi itu berlaku.")
    disetujui_oleh: str = column("Kantor yang menyetujuinya; tidak pernah nama orang.")


@strawberry.federation.type(
    description="Bukti sebuah angka: rekap mana yang membentuknya, siapa yang belum ada, dan bagaimana bagian-bagiannya digabung.",
)
class PenjelasanAngka:
    baris: BarisAgregat | None = relation(
        "Angkanya, seperti pada `agregat`; null untuk indikator.", rows.figure_of_element
    )
    indikator: BarisIndikator | None = relation(
        "Indikatornya, seperti pada `indikator`; null untuk elemen.", rows.figure_of_indicator
    )
    cara: str = column("Bagaimana angka ini digabung, dalam kalimat.")
    asal: list[AsalAngka] = relation(
        "Revisi yang membentuknya, menurut kabupaten/kota, sisi, elemen, rincian dan periode. Kosong bila hub menghitungnya sendiri dari "
        "register, atau belum ada. Bila angkanya tertutup, semua bagiannya tertutup.",
        rows.parts,
        rows=4 * PARTS[Level.KABUPATEN],
    )
    belum_ada: list[Kabupaten] = relation(
        "Kabupaten/kota yang diharapkan melapor dan belum punya rekap disetujui yang memuat angka ini, menurut kode.",
        rows.missing,
        rows=PARTS[Level.KABUPATEN],
    )
    sidik: str = column(
        "SHA-256 (heksadesimal) atas baris yang ditampilkan. Pertanyaan yang sama dengan `pada` yang sama menghasilkan sidik yang sama, "
        "kecuali angkanya sejak itu ditutup; `cara` mengatakannya."
    )
