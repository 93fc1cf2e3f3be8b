"""GraphQL types of networks (WKSBM): profile, members, activities, phases, links. Read by the compiler."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from hub.sumber_daya import reads as sumber_daya_reads
from hub.wksbm import jejaring_reads
from hub.wksbm import reads as rows
from schema.engine.declare import Branch, argument, choice, column, expression, relation
from schema.expected_rows import neighbours
from schema.page_types import PageInfo, total_count
from schema.scalars import GeoJSON, KodeWilayah
from schema.sumber_daya.types import (
    GudangBencana,
    KampungSiagaBencana,
    KarangTaruna,
    Lk3,
    Lks,
    Panti,
    PerubahanIsian,
    Puskesos,
    RumahSinggah,
    Slrt,
    SumberDaya,
)
from schema.wilayah.types import Desa
from schema.wksbm.enums import SkalaJejaring, TahapWksbm

_VALID_ON = argument(
    "pada", date | None, "Hanya yang berlaku pada hari itu; tanpa ini semuanya, juga yang sudah berakhir."
)
_SCALE = argument("skala", SkalaJejaring | None, "Hanya skala ini.")


@strawberry.federation.type(shareable=True, description="Satu tahap yang dimasuki jejaring.")
class PeristiwaTahap:
    tahap: TahapWksbm = column("Tahapnya.")
    sejak: date = column("Hari pertama tahap itu.")
    alasan: str | None = column("Alasannya, bila dicatat; hanya bagi kantor yang mengurusnya dan provinsinya.")
    dicatat_pada: datetime = column("Waktu dicatat.")


@strawberry.federation.type(
    shareable=True,
    description="Anggota jejaring: kelompok atau lembaga. Nama orang tidak disimpan di sini; PSM, Tagana dan sebagainya dicatat "
    "sebagai kelompok.",
)
class AnggotaWksbm:
    nama: str = column("Nama kelompok atau lembaganya.")
    jenis: str = expression("Jenis PSKS, menurut namanya dalam daftar PSKS.", rows.member_kind)
    kode_jenis: str = column("Kode jenis PSKS.", "jenis")
    sejak: date = column("Hari pertama menjadi anggota.")
    sampai: date | None = column("Hari pertama bukan anggota lagi; null: masih.")


@strawberry.federation.type(shareable=True, description="Kegiatan jejaring yang sudah dilaksanakan.")
class KegiatanWksbm:
    tanggal: date = column("Tanggalnya.")
    program: str = expression("Program WKSBM yang memuatnya: satu dari tujuh.", rows.programme)
    uraian: str = expression("Uraiannya; tanpa uraian: nama kegiatannya.", rows.description)
    kode: str = column("Kode kegiatan, satu dari 32: 1.1 sampai 7.4.", "kegiatan")
    kegiatan: str = expression("Nama kegiatannya.", rows.activity_name)


@strawberry.federation.type(shareable=True, description="Satu dari 32 kegiatan WKSBM.")
class JenisKegiatanWksbm:
    kode: str = column("Kodenya.")
    nama: str = column("Namanya.")


@strawberry.federation.type(
    keys=["id"],
    description="Mitra di luar jejaring: dunia usaha, yayasan, perguruan tinggi dan lembaga lain; bukan orang.",
)
class MitraLuar:
    id: strawberry.ID = expression('"mitra:" dan UUID.', rows.partner_identity)
    nama: str = column("Namanya.")
    jenis: str = column("Jenisnya, dalam kata kantor yang mencatatnya.")
    jumlah_hubungan: int = expression(
        "Hubungan jejaring kepadanya yang berlaku hari ini.", jejaring_reads.partner_links
    )
    versi: int = column("Nomor versi, bertambah pada setiap perubahan.")


@strawberry.federation.type(
    keys=["id"],
    description="Wahana kesejahteraan sosial berbasis masyarakat (WKSBM): jejaring kelompok dan lembaga sosial setempat.",
)
class Wksbm:
    id: strawberry.ID = expression("Kode kabupaten/kota dan UUID, dipisahkan titik dua.", rows.identity)
    nama: str = column("Namanya.")
    desa: Desa = relation("Desa atau kelurahannya.", sumber_daya_reads.desa)
    titik: GeoJSON | None = expression(
        "Titik letaknya, EPSG:4326, bujur lebih dahulu; null bila tidak diketahui.", rows.point, weight=3
    )
    tahap: TahapWksbm = column("Tahapnya sekarang.")
    tahap_sejak: date = column("Hari pertama tahap itu.")
    riwayat_tahap: list[PeristiwaTahap] = relation("Semua tahap yang dimasukinya, menurut waktu.", rows.phases, rows=2)
    anggota: list[AnggotaWksbm] = relation("Anggotanya, menurut nama.", rows.members, _VALID_ON, rows=10)
    jumlah_anggota: int = expression("Banyaknya anggota hari ini.", rows.member_count)
    hubungan: list["HubunganWksbm"] = relation(
        "Hubungannya, siapa pun yang mencatatnya; ujung lainnya ada di `tujuan`.", rows.links, _SCALE, _VALID_ON, rows=8
    )
    derajat: int = expression("Banyaknya jejaring yang terhubung langsung hari ini.", rows.degree)
    jumlah_sumber: int = expression(
        "Hubungannya dengan sumber daya sosial dan mitra luar yang berlaku hari ini.",
        rows.count_of("SUMBER_DAYA", "MITRA"),
    )
    kegiatan: list[KegiatanWksbm] = relation(
        "Kegiatannya, menurut tanggal.",
        rows.activities,
        argument("sejak", date | None, "Hanya sejak tanggal ini."),
        argument("sampai", date | None, "Hanya sampai tanggal ini."),
        rows=20,
    )
    kegiatan_kurang: list[JenisKegiatanWksbm] = relation(
        "Kegiatan tahapnya sekarang yang belum dilaksanakan; bila kosong, jejaring boleh pindah ke tahap berikutnya, bila ada.",
        rows.missing,
        rows=6,  # a phase has three to six activities
    )
    jangkauan: list["Wksbm"] = relation(
        "Jejaring lain yang tercapai lewat paling banyak sekian hubungan yang berlaku, dari yang terdekat. Hubungan dilalui ke "
        "kedua arah.",
        rows.reach,
        argument("langkah", int | None, f"Paling banyak sekian hubungan, 0 sampai {rows.MOST_STEPS}.", 2),
        argument("pada", date | None, "Menurut keadaan pada hari itu; tanpa ini: hari ini."),
        rows=neighbours,
    )
    balai: str | None = column("Balai tempatnya berkumpul (community center, balai usaha kesejahteraan sosial).")
    dokumen: str | None = column("Dokumen pembentukan atau pedomannya, misalnya nomor SK.")
    keterangan: str | None = column("Keterangan lain.")
    aktif: bool = expression("Apakah hari ini ada.", rows.active)
    sejak: date = column("Hari pertama ada.")
    sampai: date | None = column("Hari pertama tidak ada lagi; null: masih ada.")
    contoh: bool = column("Baris contoh, bukan jejaring yang sungguh ada.")
    sumber: str | None = column("Asal datanya.")
    versi: int = column("Nomor versi, bertambah pada setiap perubahan.")
    diubah_pada: datetime = column("Waktu perubahan terakhir.")
    riwayat: list["VersiWksbm"] = relation(
        "Versi-versinya, dari yang terbaru; hanya bagi kantor yang mengurusnya dan provinsinya.", rows.versions, rows=5
    )


@strawberry.federation.type(shareable=True, description="Satu versi profil sebuah WKSBM; hanya bertambah.")
class VersiWksbm:
    versi: int = column("Nomornya, mulai 1.")
    pada: datetime = column("Sejak kapan.", "diubah_pada")
    oleh: str = column("Nama pada token yang dipakai.", "diubah_oleh")
    perubahan: list[PerubahanIsian] = relation(
        "Yang berubah dari versi sebelumnya; kosong bila hanya anggota atau kegiatannya.",
        sumber_daya_reads.changes,
        rows=5,
    )


TujuanHubungan = Annotated[
    Wksbm
    | Panti
    | Lks
    | GudangBencana
    | MitraLuar
    | Lk3
    | RumahSinggah
    | Slrt
    | Puskesos
    | KampungSiagaBencana
    | KarangTaruna,
    strawberry.union(
        "TujuanHubungan", description="Ujung hubungan: jejaring lain, sumber daya sosial, atau mitra luar."
    ),
]


@strawberry.federation.type(
    description="Hubungan kerja sama sebuah jejaring. Berakhir menurut tanggalnya, tidak dihapus."
)
class HubunganWksbm:
    id: strawberry.ID = expression("Kode kabupaten/kota yang mencatat dan UUID.", rows.link_identity)
    asal: Wksbm = relation("Jejaring yang mencatatnya.", rows.origin)
    tujuan: TujuanHubungan = choice(
        "Ujung lainnya, dilihat dari jejaring yang ditanya.",
        "ujung_macam",
        Branch("WKSBM", rows.far_network, "Wksbm"),
        Branch("SUMBER_DAYA", rows.far_resource, SumberDaya.__discriminator__),
        Branch("MITRA", rows.far_partner, "MitraLuar"),
    )
    masuk: bool = column("Dicatat oleh ujung lainnya.")
    jenis: str = column("Jenis hubungan, dalam kata kantor yang mencatatnya.")
    skala: SkalaJejaring = column("Skalanya.")
    sejak: date = column("Hari pertama berlaku.")
    sampai: date | None = column("Hari pertama tidak berlaku lagi; null: masih berlaku.")
    garis: GeoJSON | None = expression(
        "Garis dari jejaring yang mencatat ke ujung lainnya (LineString, EPSG:4326, bujur lebih dahulu); yang tanpa titik memakai "
        "titik desanya. Null untuk mitra luar dan bila batas desanya belum dimuat.",
        rows.line,
        weight=5,
    )
    versi: int = column("Nomor versi, bertambah pada setiap perubahan.")


@strawberry.input(
    description="Saringan daftarWksbm; yang tidak diisi tidak menyaring, yang diisi harus semua terpenuhi."
)
class SaringWksbm:
    di: KodeWilayah | None = strawberry.field(
        default=None, description="Di dalam provinsi, kabupaten/kota, kecamatan atau desa ini."
    )
    tahap: list[TahapWksbm] | None = strawberry.field(default=None, description="Tahapnya sekarang.")
    nama: str | None = strawberry.field(
        default=None,
        description="Namanya memuat huruf dan angka ini; besar kecilnya, spasi dan tanda baca tidak dihiraukan. Paling sedikit 2.",
    )


@strawberry.federation.type(description="Satu WKSBM pada halaman, dengan kursornya.")
class WksbmEdge:
    node: Wksbm
    cursor: str


@strawberry.federation.type(description="Halaman daftar WKSBM.")
class WksbmConnection:
    edges: list[WksbmEdge]
    page_info: PageInfo
    total_count: int = total_count()
