"""GraphQL types of what the two offices of a rekap tell each other beside its figures."""

from datetime import date

import strawberry

from hub.angka import reads as angka_reads
from hub.rekap import reads as rows
from schema.angka.types import PilihanRincian
from schema.engine.declare import column, relation
from schema.katalog.types import Elemen
from schema.scalars import Desimal
from schema.wilayah.types import Wilayah


@strawberry.federation.type(description="Catatan provinsi pada satu angka, ketika mengembalikan rekapnya.")
class CatatanRekap:
    wilayah: Wilayah = relation("Wilayahnya.", rows.cell_region)
    elemen: Elemen = relation("Elemennya.", angka_reads.element)
    rincian: list[PilihanRincian] = relation("Rinciannya.", angka_reads.choices, rows=1)
    alasan: str = column("Apa yang perlu dilihat.")
    usulan: Desimal | None = column("Angka yang diusulkan; null: tidak ada usulan.")
    nilai: Desimal | None = column("Angkanya dalam revisi yang dikembalikan; null bila tidak ada.")


@strawberry.federation.type(shareable=True, description="Surat pengantar sebuah revisi.")
class SuratRekap:
    nomor: str = column("Nomor surat.", "surat_nomor")
    tanggal: date = column("Tanggal surat.", "surat_tanggal")
