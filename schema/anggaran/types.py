"""An office's budget as a tree of its programmes."""

from typing import Annotated

import strawberry

from hub.anggaran import reads as rows
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import column, embed, relation
from schema.scalars import Desimal, Periode
from schema.wilayah.types import Wilayah

_Wilayah = Annotated[Wilayah, strawberry.lazy("schema.wilayah.types")]


@strawberry.federation.type(shareable=True, description="Berapa bagian sebuah cabang anggaran yang angkanya ada.")
class AnggaranTerisi:
    dari: int = column(
        "Program paling bawah di bawahnya (dirinya sendiri, bila tidak berbagian); di baris provinsi: kabupaten/kota yang berlaku."
    )
    berisi: int = column("Di antaranya yang pagu dan realisasinya ada, atau dinyatakan tidak dilaksanakan.")


@strawberry.federation.type(
    shareable=True, description="Satu sumber anggaran, atau satu program dengan yang menjadi bagiannya."
)
class CabangAnggaran:
    nama: str = column(
        "Nama program menurut daftar program kantornya, atau sebagaimana disetujui; bagi seluruh sebuah sumber: sumbernya, dan bagi "
        'anggaran provinsi sendiri "APBD provinsi".'
    )
    sumber: str = column("Sumber anggaran, misalnya APBD.")
    induk: str | None = column("Nama cabang yang memuatnya; null: tidak di bawah cabang lain.")
    pagu: Desimal | None = column(
        "Pagu pada akhir periode, rupiah (KIN03). Jumlah bagian-bagiannya bila ia berbagian; null bila ada bagian yang belum diketahui."
    )
    realisasi: Desimal | None = column(
        "Realisasi sejak awal tahun sampai akhir periode, rupiah (KIN04); dijumlahkan seperti pagu."
    )
    persen: Desimal | None = column(
        "Realisasi dari pagu, persen, dibulatkan dua angka di belakang koma; null bila salah satunya tidak ada atau pagunya nol."
    )
    subtotal: bool = column("Angkanya dijumlahkan dari bagian-bagiannya, bukan dilaporkan.")
    pagu_tertulis: Desimal | None = column(
        "Pagu yang ditulis kantor itu sendiri untuk cabang yang dijumlahkan ini; tidak pernah ikut dijumlahkan."
    )
    realisasi_tertulis: Desimal | None = column("Realisasi yang ditulisnya sendiri; tidak pernah ikut dijumlahkan.")
    ikut: bool = column(
        "Ikut dalam jumlah seluruhnya. False bagi anggaran provinsi sendiri, yang berdiri di samping jumlah kabupaten/kotanya."
    )
    terisi: AnggaranTerisi = embed("Berapa bagiannya yang angkanya ada.")


@strawberry.federation.type(
    description="Anggaran sebuah kantor pada satu periode: cabang demi cabang, dan seluruhnya. Realisasi kumulatif sejak awal tahun.",
)
class PohonAnggaran:
    wilayah: _Wilayah = relation("Kantor yang anggarannya ini.", wilayah_reads.region)
    periode: Periode = column("Periode.")
    cabang: list[CabangAnggaran] = relation(
        "Sumber anggaran menurut katalog, masing-masing diikuti programnya menurut urutan daftar programnya, tiap program diikuti "
        "bagiannya. Provinsi: jumlah kabupaten/kotanya per sumber, lalu anggarannya sendiri.",
        rows.branches,
        rows=20,
    )
    pagu: Desimal | None = column("Jumlah semua sumber, rupiah; null bila ada yang belum diketahui.")
    realisasi: Desimal | None = column("Jumlah semua sumber, rupiah; null bila ada yang belum diketahui.")
    persen: Desimal | None = column(
        "Realisasi dari pagu, persen, dibulatkan dua angka di belakang koma; di provinsi: kabupaten/kota yang keduanya ada."
    )
    pagu_tertulis: Desimal | None = column("Jumlah yang ditulis kantor itu sendiri; tidak pernah ikut dijumlahkan.")
    realisasi_tertulis: Desimal | None = column("Realisasi yang ditulisnya sendiri; tidak pernah ikut dijumlahkan.")
    terisi: AnggaranTerisi = embed("Berapa program paling bawah, di provinsi kabupaten/kota, yang angkanya ada.")
