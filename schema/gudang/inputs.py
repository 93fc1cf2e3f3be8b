"""GraphQL inputs of the stock of disaster warehouses, and their way into a frozen draft."""

from datetime import date, datetime
from enum import Enum

import strawberry

from hub.gudang.draft import DraftRow, MovementDraft
from schema.gudang.types import SumberDana
from schema.scalars import Desimal


@strawberry.enum(description="Yang dicatat dalam buku stok.")
class AksiStok(Enum):
    TERIMA = strawberry.enum_value("TERIMA", description="Barang diterima dari luar.")
    KELUAR = strawberry.enum_value("KELUAR", description="Barang dibagikan; perlu `tujuan`.")
    PINDAH = strawberry.enum_value(
        "PINDAH",
        description="Barang dikirim ke gudang lain; perlu `gudangTujuan`. Gudang kantor lain: dalam perjalanan sampai kantor itu "
        "menerimanya (terimaPindahan).",
    )
    KOREKSI = strawberry.enum_value(
        "KOREKSI", description="Pembetulan; perlu `alasan`. Jumlahnya boleh kurang dari nol."
    )


@strawberry.input(description="Satu barang dalam dokumen.")
class BarisMutasiMasukan:
    barang: str = strawberry.field(description="Kode atau nama barang, lihat daftarBarang.")
    jumlah: Desimal = strawberry.field(description="Banyaknya dalam satuan barang; pada koreksi dengan tanda.")
    lot: str | None = strawberry.field(
        default=None,
        description="Nama atau tahun lot. Barang keluar tanpa lot: yang paling dahulu kedaluwarsa lebih dahulu.",
    )
    kedaluwarsa: date | None = strawberry.field(
        default=None, description="Saat diterima: hari pertama tidak boleh dibagikan lagi."
    )
    sumber_dana: SumberDana | None = strawberry.field(default=None, description="Wajib saat diterima.")


@strawberry.input(
    description="Satu dokumen: penerimaan, penyerahan, perpindahan atau koreksi. Tercatat seluruhnya atau tidak."
)
class MutasiStokMasukan:
    gudang: strawberry.ID = strawberry.field(description="Id gudang yang bukunya ditulisi; pada perpindahan: asalnya.")
    jenis: AksiStok
    baris: list[BarisMutasiMasukan]
    nomor_dokumen: str = strawberry.field(description="Nomor berita acara, surat jalan atau opname.")
    kunci_idempoten: str = strawberry.field(
        description="Kunci catatan ini. Diulang dengan isi yang sama: tanda terima pertama. Dengan isi lain: ditolak."
    )
    pada: datetime | None = strawberry.field(default=None, description="Waktu kejadiannya; null: sekarang.")
    gudang_tujuan: strawberry.ID | None = strawberry.field(default=None, description="Pada perpindahan.")
    tujuan: str | None = strawberry.field(default=None, description="Kepada siapa atau untuk kejadian apa.")
    alasan: str | None = strawberry.field(default=None, description="Alasan koreksi.")

    def draft(self) -> MovementDraft:
        rows = tuple(
            DraftRow(b.barang, b.jumlah, b.lot, b.kedaluwarsa, b.sumber_dana.name if b.sumber_dana else None)
            for b in self.baris
        )
        return MovementDraft(
            self.gudang, self.jenis.name, rows, self.nomor_dokumen, self.kunci_idempoten, self.pada,
            self.gudang_tujuan, self.tujuan, self.alasan,
        )  # fmt: skip


@strawberry.input(description="Stok minimum satu barang.")
class MinimumMasukan:
    barang: str = strawberry.field(description="Kode barang.")
    jumlah: Desimal = strawberry.field(description="0 mencabutnya.")
