"""GraphQL types of the Tagana register, of grants to read names, of the log of readings."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from hub.tagana import reads as rows
from hub.tagana.draft import public_id
from hub.wilayah import reads as wilayah_reads
from schema.angka.types import StatusNilai
from schema.engine.declare import column, expression, relation, root
from schema.engine.expectation import expects
from schema.expected_rows import FINDINGS
from schema.page_types import PageInfo, total_count
from schema.rekap.types import BentrokRevisi, Temuan, TidakBerwenang
from schema.scalars import KodeWilayah, Periode
from schema.wilayah.types import Desa, Wilayah

if TYPE_CHECKING:
    from hub.base.temuan import Refused
    from hub.tagana.service import IzinRecorded, NamesRead, Saved


@strawberry.enum(description="Tahap seorang anggota Tagana dalam register.")
class TahapTagana(Enum):
    DIDATA = "DIDATA"
    VERIFIKASI_KABUPATEN = "VERIFIKASI_KABUPATEN"
    VERIFIKASI_PROVINSI = "VERIFIKASI_PROVINSI"


@strawberry.enum(description="Jenis kelamin.")
class JenisKelamin(Enum):
    L = strawberry.enum_value("L", description="Laki-laki.")
    P = strawberry.enum_value("P", description="Perempuan.")


@strawberry.enum(description="Waktu penugasan terhadap bencananya.")
class FasePenugasan(Enum):
    SEBELUM = "SEBELUM"
    SAAT = "SAAT"
    SESUDAH = "SESUDAH"


@strawberry.enum(description="Untuk apa provinsi melihat nama.")
class AksiAkses(Enum):
    BACA = "BACA"
    VERIFIKASI = "VERIFIKASI"


@strawberry.federation.type(shareable=True, description="Pelatihan yang diikuti seorang anggota.")
class PelatihanTagana:
    nama: str = column("Nama pelatihan.")
    tanggal: date = column("Tanggalnya.")
    penyelenggara: str | None = column("Penyelenggaranya.")


@strawberry.federation.type(shareable=True, description="Penugasan seorang anggota.")
class PenugasanTagana:
    kejadian: str = column("Kejadian atau kegiatannya.")
    fase: FasePenugasan = column("Sebelum, saat atau sesudah bencana.")
    sejak: date = column("Hari pertama.")
    sampai: date | None = column("Hari pertama sesudah selesai; null: masih bertugas.")
    peran: str | None = column("Tugasnya.")


@strawberry.federation.type(
    description="Anggota Tagana menurut nama. Hanya dinas kabupaten/kotanya sendiri yang melihatnya; provinsi membaca nama lewat "
    "bacaNamaTagana.",
)
class Tagana:
    id: strawberry.ID = expression('Id, misalnya "53.14:0192f3…".', rows.identity)
    nama: str = column("Nama.")
    tanggal_lahir: date = column("Tanggal lahir.")
    umur_saat_didata: int = expression("Umur pada hari didata, tahun.", rows.age)
    jenis_kelamin: JenisKelamin = column("Jenis kelamin.")
    desa: Desa = relation("Desa tempat tinggal.", rows.desa)
    alamat: str | None = column("Alamat.")
    nia: str | None = column("Nomor induk anggota.")
    didata: date = column("Hari didata.")
    verifikasi_kabupaten: date | None = column("Hari diverifikasi kabupaten/kota.")
    verifikasi_provinsi: date | None = column("Hari diverifikasi provinsi.")
    tahap: TahapTagana = column("Tahapnya.")
    sertifikat: str | None = column("Nomor sertifikat.")
    aktif: bool = expression("Apakah masih anggota hari ini.", rows.active)
    sampai: date | None = column("Hari pertama tidak lagi anggota; null: masih anggota.")
    keahlian: list[str] = column("Keahlian.")
    berpengetahuan: bool = column("Memiliki pengetahuan kebencanaan.")
    bersedia_dilatih: bool = column("Bersedia dilatih.")
    beriman: bool = column("Beriman.")
    setia_pancasila: bool = column("Setia kepada Pancasila.")
    pelatihan: list[PelatihanTagana] = relation("Pelatihan yang diikuti.", rows.training, rows=5)
    penugasan: list[PenugasanTagana] = relation("Penugasan.", rows.deployments, rows=5)
    versi: int = column("Versi; sertakan saat mengubah.")
    diubah_pada: datetime = column("Waktu perubahan terakhir.")
    diubah_oleh: str = column("Nama pada token yang dipakai.")


@strawberry.federation.type(
    shareable=True, description="Izin kabupaten/kota kepada provinsinya untuk membaca nama anggota Tagana."
)
class IzinNama:
    id: strawberry.ID = expression("Id.", rows.identity)
    kabupaten: KodeWilayah = column("Yang memberi izin.", "kode_kab")
    provinsi: KodeWilayah = column("Yang boleh membaca.", "kode_prov")
    sejak: datetime = column("Mulai berlaku.")
    sampai: datetime = column("Saat pertama tidak lagi berlaku.")
    alasan: str = column("Alasannya.")
    oleh: str = column("Nama pada token yang memberi.")
    diberikan_pada: datetime = column("Waktu pemberian.")
    berakhir_pada: datetime | None = column("Waktu dicabut atau diganti; null: sampai masanya habis.")
    berakhir_oleh: str | None = column("Nama pada token yang mengakhiri.")
    terakhir_dipakai: datetime | None = column("Pembacaan terakhir.")
    berlaku: bool = expression("Apakah saat ini berlaku.", rows.in_force)


@strawberry.federation.type(
    shareable=True, description="Catatan bahwa provinsi melihat nama; hanya bertambah, tidak dapat diubah."
)
class CatatanAkses:
    id: strawberry.ID = expression("Id.", rows.identity)
    pada: datetime = column("Waktunya.")
    kabupaten: KodeWilayah = column("Register yang dibaca.", "kode_kab")
    provinsi: KodeWilayah = column("Yang membaca.", "kode_prov")
    oleh: str = column("Nama pada token yang dipakai.")
    izin: strawberry.ID = expression("Izin yang dipakai.", rows.grant_identity)
    aksi: AksiAkses = column("Untuk apa.")
    tujuan: str = column("Tujuan sebagaimana ditulis pembacanya.")
    banyak: int = expression("Banyaknya nama.", rows.read_count)
    anggota: list[strawberry.ID] = expression("Id anggota yang namanya terlihat.", rows.read_members)


@strawberry.federation.type(
    description="Hitungan register Tagana satu wilayah pada akhir periode, di samping angka rekap. Hanya hitungan yang keluar dari "
    "register.",
)
class BarisRegisterTagana:
    wilayah: Wilayah = relation("Wilayahnya.", wilayah_reads.region)
    periode: Periode | None = column("Periode yang dibandingkan; null: belum ada rekap, dihitung hari ini.")
    status: StatusNilai = column(
        "Keadaan register; TIDAK_ADA_DATA: kabupaten/kota ini tidak menyimpan register di sini. DISUPRESI: katalog membuat Tagana peka, "
        "dan hitungannya hanya untuk kantornya dan provinsinya."
    )
    didata: int | None = column("Anggota yang didata, termasuk yang sudah diverifikasi.")
    terverifikasi_kabupaten: int | None = column("Di antaranya yang sudah diverifikasi kabupaten/kota.")
    terverifikasi_provinsi: int | None = column("Di antaranya yang sudah diverifikasi provinsi.")
    laki_laki: int | None = column("Laki-laki.")
    perempuan: int | None = column("Perempuan.")
    rekap: int | None = column(
        "Tagana menurut rekap yang disetujui (SDM05); pada provinsi: hanya kabupaten/kota yang punya register."
    )
    selisih: int | None = column("didata dikurangi rekap.")
    rekap_terverifikasi: int | None = column("Tagana terverifikasi menurut rekap (SDM06).")
    selisih_terverifikasi: int | None = column("terverifikasiKabupaten dikurangi rekapTerverifikasi.")


# ---------- pages ----------


@strawberry.federation.type(description="Satu anggota pada halaman, dengan kursornya.")
class TaganaEdge:
    node: Tagana
    cursor: str


@strawberry.federation.type(description="Halaman register Tagana.")
class TaganaConnection:
    edges: list[TaganaEdge]
    page_info: PageInfo
    total_count: int = total_count()


@strawberry.federation.type(shareable=True, description="Satu izin pada halaman, dengan kursornya.")
class IzinNamaEdge:
    node: IzinNama
    cursor: str


@strawberry.federation.type(shareable=True, description="Halaman daftar izin.")
class IzinNamaConnection:
    edges: list[IzinNamaEdge]
    page_info: PageInfo
    total_count: int = total_count()


@strawberry.federation.type(shareable=True, description="Satu catatan pada halaman, dengan kursornya.")
class CatatanAksesEdge:
    node: CatatanAkses
    cursor: str


@strawberry.federation.type(shareable=True, description="Halaman catatan akses.")
class CatatanAksesConnection:
    edges: list[CatatanAksesEdge]
    page_info: PageInfo
    total_count: int = total_count()


# ---------- answers of mutations ----------


@strawberry.federation.type(description="Anggota tersimpan atau terverifikasi.")
class TaganaTersimpan:
    key: strawberry.Private[Any]
    id: strawberry.ID
    versi: int
    tahap: TahapTagana
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)
    tagana: Tagana | None = root("Anggotanya; null bagi provinsi.", rows.of_receipt)

    @classmethod
    def of(cls, t: "Saved") -> "TaganaTersimpan":
        temuan: Any = list(t.temuan)
        id_ = strawberry.ID(public_id(t.kode_kab, t.id))
        return cls(key=(t.kode_kab, t.id), id=id_, versi=t.versi, tahap=TahapTagana[t.tahap], temuan=temuan)


@strawberry.federation.type(shareable=True, description="Ditolak; tidak ada yang diubah.")
class TaganaDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)

    @classmethod
    def of(cls, d: "Refused") -> "TaganaDitolak":
        temuan: Any = list(d.temuan)
        return cls(temuan=temuan)


@strawberry.federation.type(shareable=True, description="Izin tercatat.")
class IzinNamaTercatat:
    key: strawberry.Private[Any]
    ulangan: bool = strawberry.field(description="Izin ini memang sudah berakhir sebelumnya.")
    izin: IzinNama | None = root("Izinnya.", rows.grant_of_receipt)

    @classmethod
    def of(cls, i: "IzinRecorded") -> "IzinNamaTercatat":
        return cls(key=(i.kode_kab, i.id), ulangan=i.ulangan)


@strawberry.federation.type(shareable=True, description="Seorang anggota sebagaimana dibaca provinsi dengan izin.")
class AnggotaTagana:
    id: strawberry.ID
    nama: str
    tanggal_lahir: date
    jenis_kelamin: JenisKelamin
    kode_desa: KodeWilayah
    alamat: str | None
    nia: str | None
    tahap: TahapTagana
    sampai: date | None = strawberry.field(description="Hari pertama tidak lagi anggota; null: masih anggota.")
    keahlian: list[str]
    versi: int = strawberry.field(description="Sertakan saat memverifikasi.")


@strawberry.federation.type(shareable=True, description="Nama yang terbaca; pembacaannya tercatat pada kabupaten/kota.")
class NamaTaganaTerbaca:
    catatan: strawberry.ID = strawberry.field(description="Id catatannya dalam catatanAkses.")
    anggota: list[AnggotaTagana] = strawberry.field(metadata=expects(rows=10))
    lanjut: str | None = strawberry.field(description="Isi untuk `after` halaman berikutnya; null: sudah habis.")

    @classmethod
    def of(cls, n: "NamesRead") -> "NamaTaganaTerbaca":
        members = [
            AnggotaTagana(
                id=strawberry.ID(public_id(n.kode_kab, b.id)), nama=b.nama, tanggal_lahir=b.tanggal_lahir,
                jenis_kelamin=JenisKelamin[b.jenis_kelamin], kode_desa=KodeWilayah(b.kode_desa), alamat=b.alamat, nia=b.nia,
                tahap=TahapTagana[b.tahap], sampai=b.sampai, keahlian=b.keahlian, versi=b.versi,
            )
            for b in n.anggota
        ]  # fmt: skip
        after = public_id(n.kode_kab, n.lanjut) if n.lanjut else None
        return cls(catatan=strawberry.ID(public_id(n.kode_kab, n.catatan)), anggota=members, lanjut=after)


HasilTagana = Annotated[
    TaganaTersimpan | TaganaDitolak | TidakBerwenang | BentrokRevisi,
    strawberry.union("HasilTagana", description="Jawaban atas tindakan pada register Tagana."),
]
HasilIzinNama = Annotated[
    IzinNamaTercatat | TaganaDitolak | TidakBerwenang,
    strawberry.union("HasilIzinNama", description="Jawaban atas pemberian dan pencabutan izin."),
]
HasilBacaNama = Annotated[
    NamaTaganaTerbaca | TaganaDitolak | TidakBerwenang,
    strawberry.union("HasilBacaNama", description="Jawaban atas pembacaan nama."),
]
