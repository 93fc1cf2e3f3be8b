"""GraphQL types of the rekap: what was sent, what was found, what happened to it, what a call answers."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from hub.angka import reads as angka_reads
from hub.base.many_findings import told
from hub.katalog import reads as katalog_reads
from hub.rekap import difference_reads, note_reads, reminder_reads
from hub.rekap import reads as rows
from hub.wilayah import reads as wilayah_reads
from schema.angka.types import PilihanRincian, StatusNilai
from schema.engine.declare import argument, column, expression, relation, root
from schema.engine.expectation import expects
from schema.expected_rows import FINDINGS
from schema.katalog.types import Elemen, Formulir, TingkatTemuan
from schema.page_types import PageInfo, total_count
from schema.rekap.difference_types import BedaSel
from schema.rekap.impact_types import BarisDampak, effect_on_totals
from schema.rekap.note_types import CatatanRekap, SuratRekap
from schema.scalars import Desimal, KodeWilayah, Periode
from schema.wilayah.types import Kabupaten, Wilayah

if TYPE_CHECKING:
    from hub.rekap.difference import Change
    from hub.rekap.receipt import Receipt

_OFFICES = "kantor pelapornya dan provinsinya"
_FOR_OFFICES = f"hanya bagi {_OFFICES}"


@strawberry.enum(description="Keadaan rekap.")
class StatusRekap(Enum):
    DRAF = "DRAF"
    DIAJUKAN = "DIAJUKAN"
    DIKEMBALIKAN = "DIKEMBALIKAN"
    DISETUJUI = "DISETUJUI"


@strawberry.enum(description="Yang dapat dilakukan pada rekap.")
class AksiRekap(Enum):
    SIMPAN = "SIMPAN"
    AJUKAN = "AJUKAN"
    SETUJUI = "SETUJUI"
    KEMBALIKAN = "KEMBALIKAN"
    BUKA = "BUKA"
    TARIK = "TARIK"


@strawberry.federation.type(
    shareable=True,
    description="Tempat temuan dalam kiriman: nomor urut dalam daftar angka (mulai 0), atau tabel, baris (mulai 1) dan kolom.",
)
class LokasiTemuan:
    indeks: int | None = column("Nomor urut dalam daftar, mulai 0.")
    lembar: str | None = column("Tabel atau lembar kerja.")
    baris: int | None = column("Baris, mulai 1.")
    kolom: str | None = column("Kolom.")


@strawberry.federation.type(
    shareable=True, description="Yang salah atau perlu dilihat dalam sebuah rekap, di mana, dan apa perbaikannya."
)
class Temuan:
    kode: str = column("Kode tetap pemeriksaan atau aturan.")
    tingkat: TingkatTemuan = column("Berat temuan.")
    pesan: str = column("Penjelasan.")
    wilayah: KodeWilayah | None = column("Wilayah yang dimaksud.")
    elemen: str | None = column("Elemen yang dimaksud.")
    nilai: str | None = column("Isi yang dipersoalkan, sebagaimana ditulis.")
    usulan: str | None = column("Isi yang diusulkan.")
    lokasi: list[LokasiTemuan] = relation("Tempatnya dalam kiriman.", rows.places, rows=5)


@strawberry.federation.type(description="Satu angka dalam rekap.")
class NilaiRekap:
    wilayah: Wilayah = relation("Wilayahnya.", rows.cell_region)
    elemen: Elemen = relation("Elemennya.", angka_reads.element)
    rincian: list[PilihanRincian] = relation("Rinciannya.", angka_reads.choices, rows=1)
    nilai: Desimal | None = column("Angkanya; null bila tidak ada.")
    status: StatusNilai = column("Keadaan angka.")


@strawberry.federation.type(description="Jumlah yang ditulis pengirim di samping jumlah yang dihitung hub.")
class TotalTertulis:
    elemen: Elemen = relation("Elemennya.", angka_reads.element)
    wilayah: Wilayah = relation("Wilayah yang dijumlahkan.", rows.cell_region)
    tertulis: Desimal = column("Yang ditulis pengirim.")
    dihitung: Desimal | None = column(
        "Yang dihitung hub dari angka-angkanya; null: tidak diketahui, misalnya karena rinciannya baru sebagian."
    )
    selisih: Desimal | None = expression(
        "dihitung dikurangi tertulis; null bila dihitung tidak diketahui.", rows.difference
    )


@strawberry.federation.type(
    description="Jumlah yang ditulis pengirim menurut rumusnya, juga jumlah sebagian rincian dan jumlah beberapa elemen."
)
class RumusTertulis:
    rumus: str = column('Seperti dalam `TotalMasukan.elemen`: "REH02", "REH02[JK=L]" atau "REH09 + REH10".', "elemen")
    wilayah: Wilayah = relation("Wilayah yang dijumlahkan.", rows.cell_region)
    tertulis: Desimal = column("Yang ditulis pengirim.")
    dihitung: Desimal | None = column("Yang dihitung hub dari angka-angkanya; null: tidak diketahui.")
    selisih: Desimal | None = expression(
        "dihitung dikurangi tertulis; null bila dihitung tidak diketahui.", rows.difference
    )


@strawberry.federation.type(description="Peristiwa dalam riwayat rekap; hanya bertambah.")
class PeristiwaRekap:
    rekap: "Rekap" = relation(
        "Rekap yang dimaksud: pelapor, formulir dan periodenya, dan keadaannya sekarang (dalam `riwayat`: sebagaimana rekap itu dibaca).",
        rows.rekap_of_event,
    )
    pada: datetime = column("Waktunya, menurut hub ini.")
    asal_pada: datetime | None = column(
        "Waktunya menurut jam hub tempat hal itu dilakukan (simpul kabupaten/kota, atau provinsinya); null: di hub ini sendiri."
    )
    oleh: str = column("Nama pada token yang dipakai.")
    aksi: AksiRekap = column("Yang dilakukan.")
    dari: StatusRekap | None = column("Keadaan sebelumnya; null: rekap baru.")
    ke: StatusRekap = column("Keadaan sesudahnya.")
    revisi: int = column("Revisi yang dimaksud.")
    alasan: str | None = column("Alasannya, bila ada.")


@strawberry.federation.type(
    keys=["id"],
    description="Rekap satu kabupaten/kota (atau pernyataan sebuah provinsi) untuk satu formulir dan periode.",
)
class Rekap:
    id: strawberry.ID = expression("pelapor:formulir:periode, misalnya 53.14:F05:2020.", rows.identity)
    pelapor: Wilayah = relation(
        "Kabupaten/kota pelapor; atau provinsi yang menyatakan angka seluruh provinsi. Pernyataan provinsi tidak pernah "
        "dijumlahkan; ia tampil sebagai `tertulis`.",
        rows.reporter,
    )
    formulir: Formulir = relation("Formulirnya.", katalog_reads.form_of)
    periode: Periode = column("Periode.")
    status: StatusRekap = expression("Keadaan rekap sejauh yang boleh Anda lihat.", rows.visible_status)
    revisi: int = expression("Revisi terbaru sejauh yang boleh Anda lihat.", rows.visible_revision)
    revisi_disetujui: int | None = column("Revisi yang angkanya ikut dihitung.")
    tenggat: date | None = column("Hari terakhir tepat waktu, menurut zona kantor.")
    diajukan_pada: datetime | None = column(
        "Waktu pengajuan pertama; yang ditarik sebelum provinsi menjawab tidak terhitung."
    )
    tepat_waktu: bool | None = column("Apakah pengajuan itu tepat waktu; null: belum ada.")
    nilai: list[NilaiRekap] = relation(
        f"Angka-angkanya, menurut elemen dan wilayah; selain {_OFFICES} melihat yang terbuka saja, dari revisi yang disetujui.",
        rows.cells,
        argument("revisi", int | None, "Revisi lain; null: yang terbaru sejauh yang boleh Anda lihat."),
        rows=1_000,  # a form of some ten elements for about a hundred desa
    )
    total_tertulis: list[TotalTertulis] = relation(
        f"Jumlah yang ditulis pengirim pada revisi terbaru; {_FOR_OFFICES}.", rows.stated_totals, rows=10
    )
    rumus_tertulis: list[RumusTertulis] = relation(
        f"Semua jumlah yang ditulis pengirim pada revisi terbaru, menurut rumusnya; {_FOR_OFFICES}.",
        rows.stated_formulas,
        rows=10,
    )
    beda: list[BedaSel] = relation(
        f"Sel yang berbeda antara dua revisi; {_FOR_OFFICES}. Yang tidak biasa lebih dahulu, lalu menurut elemen, wilayah dan rincian. Kosong "
        "bila salah satu revisi yang disebut tidak ada.",
        difference_reads.differences,
        argument("dari", int | None, "Revisi pembanding; null: yang disetujui (bila belum ada: semua sel baru)."),
        argument("ke", int | None, "Revisi yang dibandingkan; null: yang terbaru."),
        rows=1_000,  # as many as the rekap has, at most: of one with nothing in force all are new
    )
    riwayat: list[PeristiwaRekap] = relation(f"Riwayat, dari yang pertama; {_FOR_OFFICES}.", rows.history, rows=5)
    catatan: list[CatatanRekap] = relation(
        f"Angka yang diberi catatan dalam pengembalian terakhir, menurut urutan provinsi menulisnya; {_FOR_OFFICES}.",
        note_reads.notes,
        argument("revisi", int | None, "Pengembalian revisi ini; null: yang terakhir."),
        rows=10,
    )
    surat: SuratRekap | None = relation(
        f"Surat pengantarnya, bila ada; {_FOR_OFFICES}.",
        note_reads.letter,
        argument("revisi", int | None, "Surat revisi ini; null: yang terbaru."),
    )
    temuan: list[Temuan] = relation(f"Temuan pada revisi terbaru; {_FOR_OFFICES}.", rows.findings, rows=20)
    boleh: list[AksiRekap] = expression("Yang boleh Anda lakukan sekarang.", rows.may)


@strawberry.federation.type(
    description="Keadaan rekap satu kabupaten/kota untuk satu formulir dan periode, juga bila belum ada yang diterima.",
)
class BarisKelengkapan:
    kabupaten: Kabupaten = relation("Kabupaten atau kotanya.", wilayah_reads.region)
    formulir: Formulir = relation("Formulirnya.", katalog_reads.form_of)
    periode: Periode = column("Periode.")
    status: StatusRekap | None = column("Keadaan rekap; null: belum ada yang diterima (atau yang boleh Anda lihat).")
    tenggat: date | None = column("Hari terakhir tepat waktu.")
    tepat_waktu: bool | None = column(
        "Apakah diajukan tepat waktu; tanpa rekap periode ini sendiri: apakah rekap semua bagiannya, bila semuanya disetujui."
    )
    terlambat: bool = column(
        "Tenggatnya lewat dan belum diajukan, baik untuk periode ini sendiri maupun untuk semua bagiannya."
    )
    dipenuhi: list[Periode] = expression(
        "Periode yang rekap disetujuinya membentuk periode ini: periode ini sendiri, atau semua bagiannya. Kosong: belum terpenuhi.",
        rows.fulfilled_by,
    )
    diingatkan_pada: datetime | None = expression(
        f"Kapan kantornya terakhir diingatkan tentang rekap ini; null: belum pernah. {_FOR_OFFICES.capitalize()}.",
        reminder_reads.reminded_at,
    )
    diingatkan_lewat: str | None = expression(
        f'Bagaimana pengingat itu disampaikan; "hub": dicatat hub sendiri menurut harinya. {_FOR_OFFICES.capitalize()}.',
        reminder_reads.reminded_by_way_of,
    )
    rekap: Rekap | None = relation(
        "Rekap periode ini sendiri, sejauh yang boleh Anda lihat; null: belum ada.", rows.of_completeness
    )


@strawberry.federation.type(description="Satu baris pada halaman, dengan kursornya.")
class RekapEdge:
    node: Rekap
    cursor: str


@strawberry.federation.type(description="Halaman daftar rekap.")
class RekapConnection:
    edges: list[RekapEdge]
    page_info: PageInfo
    total_count: int = total_count()


# ---------- answers of mutations: made by resolvers, only `rekap` is read by the compiler ----------


@strawberry.federation.type(shareable=True, description="Perubahan satu angka.")
class BarisPerubahan:
    wilayah: KodeWilayah
    elemen: str
    rincian: list[PilihanRincian] = strawberry.field(description="Rinciannya.", metadata=expects(rows=1))
    lama: Desimal | None
    baru: Desimal | None


def _changed_cells(root: "RingkasanPerubahan") -> Any:
    """Put in order only where somebody asks for them."""
    return root.change.in_order()


@strawberry.federation.type(shareable=True, description="Perubahan terhadap revisi sebelumnya, dalam hitungan angka.")
class RingkasanPerubahan:
    change: strawberry.Private[Any]
    baru: int
    berubah: int
    tetap: int
    dihapus: int

    baris: list[BarisPerubahan] = strawberry.field(resolver=_changed_cells, metadata=expects(rows=1_000))

    @classmethod
    def of(cls, change: "Change") -> "RingkasanPerubahan":
        return cls(
            change=change, baru=change.baru, berubah=change.berubah, tetap=change.tetap, dihapus=change.dihapus
        )  # fmt: skip


@strawberry.federation.type(description="Kiriman diterima.")
class RekapDiterima:
    key: strawberry.Private[Any]
    rekap: Rekap | None = root("Rekapnya; null bila hanya dicoba dan rekapnya belum ada.", rows.of_receipt)
    revisi: int = strawberry.field(description="Revisi yang dibuat (atau akan dibuat, bila dicoba).")
    ulangan: bool = strawberry.field(
        description="Kiriman ini sudah pernah diterima; inilah tanda terimanya yang pertama."
    )
    perubahan: RingkasanPerubahan
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)
    effect: strawberry.Private[Any] = None

    dampak: list[BarisDampak] = strawberry.field(
        resolver=effect_on_totals,
        description="Jumlah kabupaten/kota dan provinsi yang berubah: oleh persetujuan ini; pada kiriman (juga `uji` dan draf) bila kelak "
        "disetujui. Dihitung dengan aturan penjumlahan persetujuan, untuk periode rekap dan periode lebih panjang yang dibentuknya. Hanya "
        "yang berubah, dan hanya yang terbuka bagi Anda: bagi kabupaten/kota, jumlah provinsi ialah yang terbuka pada `agregat` ditambah "
        "perubahannya sendiri; yang kelak dibuka dapat lain bila menunggu. Kosong untuk pernyataan provinsi, pengembalian dan pembukaan.",
        # elements of a form, two regions, some two periods; what `agregat` answers is worked out four times
        metadata=expects(rows=50, work=lambda _: 2_000),
    )

    @classmethod
    def of(cls, d: "Receipt") -> "RekapDiterima":
        changes = RingkasanPerubahan.of(d.perubahan)
        temuan: Any = told(d.temuan)
        return cls(key=d.kunci, revisi=d.revisi, ulangan=d.ulangan, perubahan=changes, temuan=temuan, effect=d.effect)


@strawberry.federation.type(shareable=True, description="Kiriman ditolak; tidak ada yang ditulis.")
class RekapDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


@strawberry.federation.type(shareable=True, description="Pemanggil tidak berhak.")
class TidakBerwenang:
    pesan: str


@strawberry.federation.type(shareable=True, description="Rekap sudah berubah sejak dibuka.")
class BentrokRevisi:
    pesan: str
    revisi_terbaru: int


HasilRekap = Annotated[
    RekapDiterima | RekapDitolak | TidakBerwenang | BentrokRevisi,
    strawberry.union("HasilRekap", description="Jawaban atas setiap tindakan pada rekap."),
]
