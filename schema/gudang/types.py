"""GraphQL types of the stock of disaster warehouses: balances, lots, the ledger, receipts."""

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from hub.gudang import reads as rows
from hub.gudang import transfer_reads
from hub.gudang.health import CRITICAL_DAYS, LOW_DAYS
from schema.engine.declare import column, expression, relation, root
from schema.expected_rows import FINDINGS
from schema.page_types import PageInfo, total_count
from schema.rekap.types import Temuan, TidakBerwenang
from schema.scalars import Desimal

if TYPE_CHECKING:
    from hub.gudang.warehouse import Recorded
    from schema.gudang.transfer_types import Pindahan
    from schema.sumber_daya.types import GudangBencana

_Transfer = Annotated["Pindahan", strawberry.lazy("schema.gudang.transfer_types")]
_Gudang = Annotated["GudangBencana", strawberry.lazy("schema.sumber_daya.types")]


@strawberry.enum(description="Asal dana barang.")
class SumberDana(Enum):
    APBN = "APBN"
    APBD = "APBD"
    HIBAH = "HIBAH"


@strawberry.enum(description="Jenis mutasi dalam buku stok.")
class JenisMutasiStok(Enum):
    TERIMA = "TERIMA"
    KELUAR = "KELUAR"
    PINDAH_MASUK = strawberry.enum_value(
        "PINDAH_MASUK", description="Datang dari gudang lain, atau kembali karena ditolak di sana."
    )
    PINDAH_KELUAR = strawberry.enum_value("PINDAH_KELUAR", description="Dikirim ke gudang lain.")
    KOREKSI = strawberry.enum_value("KOREKSI", description="Pembetulan dengan alasan, misalnya sesudah opname.")


@strawberry.federation.type(keys=["kode"], description="Barang yang dapat disimpan di gudang bencana.")
class Barang:
    kode: str = column("Kode barang.")
    nama: str = column("Namanya.")
    satuan: str = column("Satuan hitungnya.")
    berkedaluwarsa: bool = column("Apakah lotnya lazim berkedaluwarsa.")


@strawberry.federation.type(shareable=True, description="Satu lot barang di sebuah gudang.")
class LotStok:
    lot: str | None = expression("Nama atau tahun lot; null: tidak dibedakan.", rows.lot_name)
    sumber_dana: SumberDana = column("Asal dananya.")
    kedaluwarsa: date | None = column("Hari pertama tidak boleh dibagikan lagi; null: tidak pernah.")
    jumlah: Desimal = column("Banyaknya, dalam satuan barangnya.")


@strawberry.federation.type(shareable=True, description="Persediaan satu barang di sebuah gudang.")
class StokBarang:
    kode: str = column("Kode barang.")
    barang: str = column("Nama barang.")
    satuan: str = column("Satuan hitungnya.")
    jumlah: Desimal = column("Yang ada di gudang, termasuk yang kedaluwarsa.")
    minimum: Desimal = column("Stok minimum yang berlaku pada hari itu; 0 bila tidak ditetapkan.")
    hari_tersisa: float | None = column(
        f"Berapa hari lagi cukup: yang layak dibagi rata-rata keluar per hari selama {rows.WINDOW_DAYS} hari terakhir (sejak mutasi "
        "pertama bila lebih muda, paling sedikit 30 hari); null bila tidak ada yang keluar."
    )
    layak: Desimal = column("Yang belum kedaluwarsa pada hari itu.")
    kedaluwarsa: Desimal = column("Yang sudah kedaluwarsa pada hari itu.")
    kesehatan: str = expression(
        "KOSONG: tidak ada yang layak, padahal ada minimum atau biasa keluar. KRITIS: kurang dari separuh minimum atau dari "
        f"{CRITICAL_DAYS} hari. MENIPIS: kurang dari minimum (juga bila yang kedaluwarsa dalam {LOW_DAYS} hari tidak "
        f"dihitung) atau dari {LOW_DAYS} hari. Selain itu AMAN.",
        rows.health_of_goods,
    )
    lot: list[LotStok] = relation("Lot-lotnya, yang paling dahulu kedaluwarsa lebih dahulu.", rows.lots, rows=4)


@strawberry.federation.type(
    shareable=True, description="Dokumen sebuah mutasi; terbaca oleh kantor yang bersangkutan dan provinsinya."
)
class BuktiStok:
    nomor_dokumen: str = column("Nomor berita acara, surat jalan atau opname.")
    tujuan: str | None = column("Kepada siapa atau untuk kejadian apa barang keluar.")
    alasan: str | None = column("Alasan koreksi.")
    oleh: str = column("Nama pada token yang dipakai.")


@strawberry.federation.type(description="Satu baris buku stok; hanya bertambah, tidak pernah diubah.")
class MutasiStok:
    urutan: int = column("Nomor urut dalam buku gudangnya, mulai 1.")
    jenis: JenisMutasiStok = column("Jenis mutasi.")
    kode_barang: str = column("Kode barang.", "barang")
    barang: str = expression("Nama barang.", rows.goods_name)
    satuan: str = expression("Satuan hitungnya.", rows.goods_unit)
    lot: str | None = expression("Nama atau tahun lot; null: tidak dibedakan.", rows.lot_name)
    sumber_dana: SumberDana = column("Asal dananya.")
    kedaluwarsa: date | None = column("Hari pertama tidak boleh dibagikan lagi; null: tidak pernah.")
    jumlah: Desimal = column("Banyaknya; kurang dari nol bila keluar.")
    pada: datetime = column("Waktu kejadiannya.")
    dicatat_pada: datetime = column("Waktu dicatat.")
    lawan: _Gudang | None = relation("Gudang di sisi lain perpindahan.", rows.counterpart)
    bukti: BuktiStok | None = relation("Dokumennya; null bila tidak boleh Anda baca.", rows.document)


@strawberry.federation.type(description="Satu mutasi pada halaman, dengan kursornya.")
class MutasiStokEdge:
    node: MutasiStok
    cursor: str


@strawberry.federation.type(description="Halaman buku stok.")
class MutasiStokConnection:
    edges: list[MutasiStokEdge]
    page_info: PageInfo
    total_count: int = total_count()


# ---------- answers of mutations ----------


@strawberry.federation.type(description="Mutasi tercatat.")
class StokTercatat:
    key: strawberry.Private[Any]
    bukti: strawberry.Private[str | None]
    transfer_id: strawberry.Private[Any]
    gudang: _Gudang = root(
        "Gudang yang bukunya ditulisi; pada penolakan: gudang yang menolak.", rows.warehouse_of_receipt
    )
    mutasi: list[MutasiStok] = root(
        "Baris-baris yang ditulis dalam buku gudang itu; pada perpindahan: yang keluar; pada penolakan: kosong.",
        rows.movements_of_receipt,
        rows=10,
    )
    pindahan: _Transfer | None = root(
        "Barang yang dikirim, diterima atau ditolak; null bila tidak antarkantor.", transfer_reads.of_receipt
    )
    stok: list[StokBarang] = root("Persediaan gudang itu sekarang.", rows.stock_of_receipt, rows=15)
    ulangan: bool = strawberry.field(
        description="Catatan ini sudah pernah diterima; inilah tanda terimanya yang pertama."
    )
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)

    @classmethod
    def of(cls, t: "Recorded") -> "StokTercatat":
        temuan: Any = list(t.temuan)
        return cls(key=t.gudang, bukti=t.bukti, transfer_id=t.pindahan, ulangan=t.ulangan, temuan=temuan)


@strawberry.federation.type(shareable=True, description="Ditolak; tidak ada yang ditulis.")
class StokDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


HasilStok = Annotated[
    StokTercatat | StokDitolak | TidakBerwenang,
    strawberry.union("HasilStok", description="Jawaban atas pencatatan stok."),
]
