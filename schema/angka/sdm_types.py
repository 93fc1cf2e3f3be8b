"""GraphQL types of people of social welfare (SDM): counts, ratios, regions without."""

from enum import Enum

import strawberry

from hub.wilayah import reads as wilayah_reads
from schema.angka.types import Kelengkapan, StatusNilai
from schema.engine.declare import column, embed, relation
from schema.page_types import PageInfo, total_count
from schema.scalars import Desimal, Periode
from schema.wilayah.types import Wilayah


@strawberry.enum(description="Jenis SDM kesejahteraan sosial, dengan elemen katalog yang menghitungnya.")
class JenisSdm(Enum):
    TKSK = strawberry.enum_value("TKSK", description="Tenaga kesejahteraan sosial kecamatan (SDM03).")
    SAKTI_PEKSOS = strawberry.enum_value("SAKTI_PEKSOS", description="Satuan bakti pekerja sosial (SDM07).")
    PEKSOS = strawberry.enum_value(
        "PEKSOS", description="Pekerja sosial; belum ada formulir yang menanyakannya, jadi selalu TIDAK_ADA_DATA."
    )
    PENYULUH_SOSIAL = strawberry.enum_value("PENYULUH_SOSIAL", description="Penyuluh sosial (SDM10).")
    PENDAMPING_PKH = strawberry.enum_value("PENDAMPING_PKH", description="Pendamping PKH (SDM08).")
    PENDAMPING_KUBE = strawberry.enum_value("PENDAMPING_KUBE", description="Pendamping KUBE (SDM09, pilihan KUBE).")
    PENDAMPING_LAIN = strawberry.enum_value(
        "PENDAMPING_LAIN",
        description="Pendamping selain PKH dan KUBE (SDM09, pilihan lain). Yang hanya dilaporkan jumlahnya tidak dibagi.",
    )
    PSM = strawberry.enum_value("PSM", description="Pekerja sosial masyarakat (SDM04).")
    TAGANA = strawberry.enum_value("TAGANA", description="Taruna siaga bencana (SDM05; terverifikasi: SDM06).")
    PENGURUS_KARANG_TARUNA = strawberry.enum_value(
        "PENGURUS_KARANG_TARUNA", description="Pengurus karang taruna (LEM15)."
    )


@strawberry.enum(description="Rasio SDM terhadap wilayah yang dilayaninya.")
class JenisRasioSdm(Enum):
    TKSK_PER_KECAMATAN = strawberry.enum_value(
        "TKSK_PER_KECAMATAN", description="SDM03 per kecamatan; sama dengan I14."
    )
    TAGANA_PER_KECAMATAN = strawberry.enum_value("TAGANA_PER_KECAMATAN", description="SDM05 per kecamatan.")
    PSM_PER_DESA = strawberry.enum_value("PSM_PER_DESA", description="SDM04 per desa/kelurahan.")
    KARANG_TARUNA_PER_DESA = strawberry.enum_value(
        "KARANG_TARUNA_PER_DESA", description="LEM14 (lembaga) per desa/kelurahan."
    )


@strawberry.federation.type(description="Banyaknya satu jenis SDM di satu wilayah, dari rekap yang disetujui.")
class BarisSdm:
    wilayah: Wilayah = relation("Wilayahnya, sebagaimana berlaku pada akhir periode.", wilayah_reads.region)
    jenis: JenisSdm = column("Jenisnya.")
    periode: Periode | None = column(
        "Periode angka ini; di provinsi yang tertua di antara kabupaten/kota yang dijumlahkan. Null: belum ada rekap yang disetujui."
    )
    jumlah: int | None = column(
        "Banyaknya, orang; null bila tidak ada data (lihat `status`), 0 bila dilaporkan tidak ada."
    )
    status: StatusNilai = column(
        "Keadaan `jumlah`. TIDAK_BERLAKU: jenis ini tidak dilaporkan serinci tingkat yang ditanyakan."
    )
    laki_laki: int | None = column(
        "Di antaranya laki-laki; null bila rinciannya tidak ada, tidak genap jumlahnya, atau dirahasiakan."
    )
    perempuan: int | None = column("Di antaranya perempuan; null seperti lakiLaki.")
    terverifikasi: int | None = column(
        "Yang sudah diverifikasi. Tagana: sedikitnya oleh dinas kabupaten/kota (SDM06). Jenis lain tidak mempunyai tahap "
        "verifikasi sendiri: angkanya diperiksa provinsi saat rekapnya disetujui, jadi sama dengan jumlah. Null bila tidak ada data."
    )
    status_terverifikasi: StatusNilai = column("Keadaan `terverifikasi`.")
    terverifikasi_kabupaten: int | None = column("Tagana: tahap verifikasi kabupaten/kota, termasuk yang sesudahnya.")
    terverifikasi_provinsi: int | None = column("Tagana: tahap verifikasi provinsi.")
    tertulis: int | None = column("Jumlah yang ditulis wilayah itu sendiri, bila ada; tidak pernah ikut dijumlahkan.")
    kelengkapan: Kelengkapan = embed("Kelengkapan rekap di balik angka ini.")


@strawberry.federation.type(description="Rasio SDM satu wilayah, dan sebarannya pada bagian wilayah itu.")
class BarisRasioSdm:
    wilayah: Wilayah = relation("Wilayahnya, sebagaimana berlaku pada akhir periode.", wilayah_reads.region)
    jenis: JenisRasioSdm = column("Rasionya.")
    periode: Periode | None = column("Periode angka ini; null: belum ada rekap yang disetujui.")
    pembilang: int | None = column("Banyaknya SDM di kabupaten/kota yang angkanya ada.")
    penyebut: int | None = column("Banyaknya kecamatan atau desa di kabupaten/kota yang angkanya ada.")
    rasio: Desimal | None = column("pembilang dibagi penyebut, dua angka di belakang koma; bukan rata-rata rasio.")
    status: StatusNilai = column("Keadaan rasio.")
    banyak_wilayah: int = column("Semua kecamatan atau desa di wilayah ini.")
    dengan: int = column("Di antaranya yang melaporkan sedikitnya satu.")
    tanpa: int = column("Yang melaporkan tidak ada (NOL).")
    tanpa_data: int = column(
        "Yang angkanya sendiri tidak ada: belum melapor, hanya jumlah di atasnya yang dilaporkan, atau dirahasiakan."
    )
    kelengkapan: Kelengkapan = embed("Kelengkapan rekap di balik angka ini.")


@strawberry.federation.type(description="Kecamatan, desa atau kabupaten/kota tanpa satu jenis SDM.")
class WilayahTanpaSdm:
    wilayah: Wilayah = relation("Wilayahnya.", wilayah_reads.region)
    jenis: JenisSdm = column("Yang tidak ada di sana.")
    periode: Periode | None = column("Periode yang dilihat; null: belum ada rekap yang disetujui.")
    status: StatusNilai = column(
        "NOL: dilaporkan tidak ada. TIDAK_ADA_DATA: tidak dilaporkan, jadi belum tentu tidak ada."
    )


@strawberry.federation.type(description="Satu wilayah pada halaman, dengan kursornya.")
class WilayahTanpaSdmEdge:
    node: WilayahTanpaSdm
    cursor: str


@strawberry.federation.type(description="Halaman daftar wilayah tanpa satu jenis SDM.")
class WilayahTanpaSdmConnection:
    edges: list[WilayahTanpaSdmEdge]
    page_info: PageInfo
    total_count: int = total_count()
