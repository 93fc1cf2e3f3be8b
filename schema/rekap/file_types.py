"""GraphQL types of files of figures: what their columns and rows are said to be, and how the hub reads them."""

from enum import Enum
from typing import Annotated

import strawberry

from hub.base.actor import Actor
from hub.rekap import preview_reads as rows
from hub.rekap.draft import Column, Envelope
from hub.rekap.file_mapping import ColumnAnswer, FileMapping, RowAnswer, element_of
from hub.rekap.file_words import ColumnUse, Meaning
from hub.rekap.upload import RekapUpload, SentFile
from schema.angka.types import PilihanRincian
from schema.context import HubInfo
from schema.engine.declare import column, expression, relation
from schema.engine.execute import read_rows
from schema.katalog.types import Elemen
from schema.rekap.inputs import PilihanRincianMasukan
from schema.rekap.types import Temuan, TidakBerwenang
from schema.scalars import Desimal, KodeWilayah, UploadedFile
from schema.wilayah.types import Wilayah

_KEY = "bacaBerkas"  # nothing is written under it


@strawberry.enum(description="Arti sebuah kolom dalam berkas rekap.")
class SebagaiKolom(Enum):
    KODE_WILAYAH = "KODE_WILAYAH"
    NAMA_WILAYAH = strawberry.enum_value("NAMA_WILAYAH", description="Nama atau kode wilayah, tingkat apa pun.")
    NAMA_KECAMATAN = "NAMA_KECAMATAN"
    ELEMEN = strawberry.enum_value("ELEMEN", description="Angka satu elemen.")
    NAMA_ELEMEN = strawberry.enum_value("NAMA_ELEMEN", description="Elemen barisnya, dalam tabel satu angka per baris.")
    RINCIAN = strawberry.enum_value("RINCIAN", description="Rincian barisnya, seperti JK=L.")
    NILAI = strawberry.enum_value("NILAI", description="Angka barisnya, dalam tabel satu angka per baris.")
    STATUS = "STATUS"
    ABAIKAN = strawberry.enum_value("ABAIKAN", description="Tidak dibaca.")


@strawberry.input(description="Arti sebuah kolom dalam berkas, menurut pengirimnya.")
class PemetaanKolom:
    lembar: str | None = strawberry.field(default=None, description="Hanya pada lembar ini; null: pada setiap lembar.")
    kolom: str = strawberry.field(description="Judul kolom seperti dalam bacaBerkas, atau hurufnya (C).")
    elemen: str | None = strawberry.field(
        default=None,
        description="Kode elemennya, bila kolom berisi angka; boleh dengan rincian seperti dalam usulan: SDM05[JK=L].",
    )
    rincian: list[PilihanRincianMasukan] | None = strawberry.field(default=None, description="Rincian angkanya.")
    sebagai: SebagaiKolom | None = strawberry.field(
        default=None, description="Artinya; null: ELEMEN bila elemen disebut, selain itu ABAIKAN."
    )

    def answer(self) -> ColumnAnswer:
        kode, of_code = element_of(self.elemen or "")
        choices = (*of_code, *((r.rincian, r.pilihan) for r in self.rincian or ()))
        use = ColumnUse(self.sebagai.value) if self.sebagai else ColumnUse.ELEMEN if kode else ColumnUse.ABAIKAN
        if use is not ColumnUse.ELEMEN:
            return ColumnAnswer(self.lembar, self.kolom, Meaning(use))
        return ColumnAnswer(self.lembar, self.kolom, Meaning(use, Column(kode, tuple(sorted(choices)))))


@strawberry.input(description="Wilayah sebuah baris dalam berkas, menurut pengirimnya.")
class PemetaanBaris:
    lembar: str | None = strawberry.field(default=None, description="Hanya pada lembar ini; null: pada setiap lembar.")
    tertulis: str = strawberry.field(description="Isi baris seperti dalam bacaBerkas.")
    wilayah: KodeWilayah | None = strawberry.field(default=None, description="Kode wilayahnya.")
    abaikan: bool | None = strawberry.field(default=False, description="Baris ini tidak dibaca.")

    def answer(self) -> RowAnswer:
        return RowAnswer(self.lembar, self.tertulis, self.wilayah, bool(self.abaikan))


def mapping_of(columns: list[PemetaanKolom] | None, rows_said: list[PemetaanBaris] | None) -> FileMapping:
    return FileMapping(tuple(c.answer() for c in columns or ()), tuple(r.answer() for r in rows_said or ()))


@strawberry.federation.type(description="Sebuah kolom dan artinya.")
class BacaanKolom:
    kolom: str = column("Hurufnya dalam lembar kerja.")
    judul: str = column("Judulnya seperti tertulis; kepala beberapa baris menjadi satu.")
    sebagai: SebagaiKolom = column("Artinya, atau usulan artinya bila belum pasti.")
    elemen: Elemen | None = relation("Elemennya, bila kolom berisi angka.", rows.element)
    rincian: list[PilihanRincian] = relation("Rinciannya.", rows.choices, rows=1)
    yakin: float = column("Seberapa yakin, 0 sampai 1. Di bawah 0,9 kolomnya ditanyakan, tidak dibaca.")


@strawberry.federation.type(description="Sebuah baris dan wilayahnya.")
class BacaanBaris:
    baris: int = column("Nomornya dalam lembar.")
    tertulis: str = column("Wilayah seperti tertulis.")
    wilayah: Wilayah | None = relation("Wilayahnya; null: tidak dikenal.", rows.region)
    calon: list[Wilayah] = relation("Wilayah yang mungkin dimaksud, bila tidak dikenal.", rows.likely_regions, rows=1)
    jumlah: bool = column("Baris jumlah: totalnya dibandingkan, tidak ditambahkan.")
    nilai: list[Desimal | None] = expression(
        "Angkanya, menurut kolom-kolom angka; null: kosong atau tak terbaca.", rows.values
    )
    isi: list[str | None] = expression("Yang tertulis di tempat angka itu; null: kosong.", rows.texts)


@strawberry.federation.type(shareable=True, description="Baris yang tidak dibaca sebagai data.")
class BarisDilewati:
    baris: int = column("Nomornya dalam lembar.")
    isi: str = column("Isinya.")
    alasan: str = column("Mengapa.")


@strawberry.federation.type(description="Satu tabel dalam berkas; satu lembar dapat memuat beberapa.")
class BacaanLembar:
    nama: str = column("Nama lembar.")
    baris_kepala: list[int] = expression("Nomor baris kepalanya.", rows.header_rows)
    kolom: list[BacaanKolom] = relation("Kolom-kolomnya.", rows.columns, rows=10)
    baris: list[BacaanBaris] = relation("Baris-barisnya, paling banyak 2.000.", rows.rows_of_sheet, rows=120)
    dilewati: list[BarisDilewati] = relation("Baris yang dilewati.", rows.left_out, rows=10)


@strawberry.federation.type(description="Bagaimana hub membaca sebuah berkas; tidak ada yang ditulis.")
class BacaanBerkas:
    lembar: list[BacaanLembar] = relation("Tabel-tabelnya.", rows.sheets, rows=2)
    temuan: list[Temuan] = relation("Temuan tentang berkasnya.", rows.findings, rows=20)


HasilBacaBerkas = Annotated[
    BacaanBerkas | TidakBerwenang,
    strawberry.union("HasilBacaBerkas", description="Jawaban atas pembacaan berkas."),
]


def sent_file(file: UploadedFile, envelope: Envelope, mapping: FileMapping) -> SentFile:
    return SentFile(file.name, file.content, envelope, mapping)


async def read_file(service: RekapUpload, actor: Actor, file: SentFile, info: HubInfo) -> HasilBacaBerkas:
    """How a file is read, told as any question is."""
    found = await service.preview(actor, file)
    answer: HasilBacaBerkas = await read_rows(
        None, info, rows.of_preview(found.document, found.as_of), BacaanBerkas.__name__
    )
    return answer


def preview_envelope(pelapor: str, formulir: str, periode: str) -> Envelope:
    return Envelope(pelapor, formulir, periode, _KEY)
