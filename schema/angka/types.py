"""GraphQL types of approved figures, aggregates and indicators."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.angka import reads as rows
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import column, embed, expression, relation
from schema.katalog.types import Elemen
from schema.scalars import Desimal, Periode

if TYPE_CHECKING:
    from schema.wilayah.types import Wilayah

_Wilayah = Annotated["Wilayah", strawberry.lazy("schema.wilayah.types")]


@strawberry.enum(
    description="Keadaan sebuah angka. Tidak ada data, tidak dilaksanakan dan nol adalah tiga hal yang berbeda."
)
class StatusNilai(Enum):
    ADA = "ADA"
    NOL = "NOL"
    TIDAK_ADA_DATA = "TIDAK_ADA_DATA"
    TIDAK_DILAKSANAKAN = "TIDAK_DILAKSANAKAN"
    TIDAK_BERLAKU = "TIDAK_BERLAKU"
    DISUPRESI = strawberry.enum_value(
        "DISUPRESI",
        description="Dirahasiakan bagi pemanggil ini: terlalu peka, terlalu rinci, sedikit sekali, atau yang sedikit dapat "
        "dihitung darinya bersama angka lain yang terbuka.",
    )


@strawberry.federation.type(shareable=True, description="Pilihan pada satu rincian, misalnya JK = L.")
class PilihanRincian:
    rincian: str = column("Nama rincian.")
    pilihan: str = column("Pilihannya.")


@strawberry.federation.type(description="Angka yang disetujui untuk satu wilayah.")
class NilaiWilayah:
    elemen: Elemen = relation("Elemennya.", rows.element)
    periode: Periode = column("Periode.")
    rincian: list[PilihanRincian] = relation(
        "Rincian angka ini; kosong: jumlah seluruhnya.", rows.choices, rows=1
    )  # mostly none
    nilai: Desimal | None = column("Angkanya dalam satuan elemen; null bila tidak ada.")
    status: StatusNilai = column("Keadaan angka.")


@strawberry.federation.type(
    shareable=True,
    description="Kelengkapan dalam hitungan kantor (kabupaten/kota), bukan rekap. Sebuah kantor sudah melapor bila rekap periode itu sendiri "
    "ada, atau bila rekap semua bagian periodenya ada.",
)
class Kelengkapan:
    diharapkan: int = column(
        "Kabupaten/kota yang diharapkan melapor; 0 bila formulirnya tidak diharapkan sesering periode itu."
    )
    diterima: int = column("Kabupaten/kota yang rekapnya sudah diajukan.")
    disetujui: int = column("Kabupaten/kota yang rekapnya sudah disetujui.")
    tepat_waktu: int = column("Kabupaten/kota yang mengajukannya sebelum tenggat lewat.")
    persen: float | None = expression(
        "Disetujui dari yang diharapkan, persen; null bila tidak ada yang diharapkan.", rows.percent
    )


@strawberry.federation.type(shareable=True, description="Berapa bagian sebuah wilayah yang angkanya ada.")
class BagianTerisi:
    dari: int = column("Wilayah satu tingkat di bawahnya yang berlaku.")
    berisi: int = column("Di antaranya yang angkanya ada, termasuk nol.")


@strawberry.federation.type(description="Angka gabungan satu elemen untuk satu wilayah dan periode.")
class BarisAgregat:
    wilayah: _Wilayah = relation("Wilayahnya, sebagaimana berlaku pada akhir periode.", wilayah_reads.region)
    elemen: Elemen = relation("Elemennya.", rows.element)
    periode: Periode = column("Periode.")
    rincian: list[PilihanRincian] = relation("Rincian baris ini; kosong: jumlah seluruhnya.", rows.choices, rows=1)
    nilai: Desimal | None = column("Dihitung dari rekap yang disetujui; null bila tidak ada data.")
    tertulis: Desimal | None = column(
        "Jumlah yang ditulis wilayah itu sendiri, bila ada; tidak pernah ikut dijumlahkan."
    )
    terdaftar: Desimal | None = expression(
        "Yang dihitung dari register (sumber daya sosial, WKSBM) pada hari terakhir periode, di samping angka rekap; null: bukan hal yang "
        "diketahui register, atau ditanyakan sebagaimana diketahui dahulu (`pada`). 0: register tidak memuat satu pun.",
        rows.registered,
    )
    selisih_terdaftar: Desimal | None = expression(
        "nilai dikurangi terdaftar; null bila salah satunya tidak ada. Di provinsi register menghitung semua kabupaten/kota, juga yang "
        "rekapnya belum disetujui: lihat kelengkapan.",
        rows.beyond_registered,
    )
    status: StatusNilai = column("Keadaan angka.")
    kelengkapan: Kelengkapan = embed("Kelengkapan rekap di balik angka ini.")
    terisi: BagianTerisi | None = relation(
        "Berapa dari wilayah satu tingkat di bawahnya yang angkanya ada: wilayah yang berlaku pada akhir periode, atau pada hari "
        "`wilayahPada`. Null pada desa, dan bila angka ini atau angka salah satu bagiannya tertutup bagi Anda.",
        rows.filled,
    )
    dirilis_pada: datetime | None = column(
        "Sejak kapan angka ini tampak begini, bagi yang hanya melihat angka yang dirilis; jumlah provinsi yang belum dapat dirilis bersama "
        "angka barunya tetap seperti semula, dan di sini terbaca sejak kapan. Jumlah beberapa wilayah: yang terbaru di antaranya. Null bila "
        "Anda menjangkau wilayah itu, atau belum ada angka yang dirilis."
    )


@strawberry.federation.type(
    description="Nilai sebuah indikator untuk satu wilayah dan periode: pembilang dibagi penyebut, tidak pernah rata-rata persen.",
)
class BarisIndikator:
    wilayah: _Wilayah = relation("Wilayahnya, sebagaimana berlaku pada akhir periode.", rows.region_of_indicator)
    kode: str = column("Kode indikator; varian memakai titik, misalnya I04.disabilitas.")
    nama: str = column("Nama indikator.")
    periode: Periode = column("Periode.")
    rincian: list[PilihanRincian] = relation(
        "Indikator yang dicapai, pada baris capaian (I10, I11).", rows.choices, rows=1
    )
    pembilang: Desimal | None = column(
        "Jumlah pembilang kabupaten/kota yang pembilang dan penyebutnya ada. Yang dihitung dari register (misalnya SLRT) diambil dari register "
        "kabupaten/kota yang rekapnya tidak mengatakannya."
    )
    penyebut: Desimal | None = column(
        "Jumlah penyebutnya. Pada indikator yang menghitung kabupaten/kota (I13): berapa kabupaten/kota yang diketahui, dari rekap atau register."
    )
    nilai: Desimal | None = column("Nilai dalam satuan indikator, dibulatkan dua angka di belakang koma.")
    status: StatusNilai = column("Keadaan angka.")
    alasan: str | None = column(
        "Mengapa nilainya null, dalam satu kalimat: misalnya target dan angkanya berlainan satuan. Pada capaian (I10, I11) juga bila "
        "realisasinya hanya ditulis kantornya (KIN02) dan tidak dihitung hub. Null: dihitung."
    )
    kelengkapan: Kelengkapan = embed(
        "Kelengkapan rekap di balik indikator ini: kabupaten/kota yang semua formulirnya ada."
    )


@strawberry.federation.type(
    shareable=True, description="Angka yang ada: satu baris per elemen dan periode yang sudah disetujui."
)
class BarisKetersediaan:
    elemen: str = column("Kode elemen.")
    periode: Periode = column("Periode.")
    kabupaten: int = column("Banyaknya kabupaten/kota yang angkanya ada (termasuk nol).")
