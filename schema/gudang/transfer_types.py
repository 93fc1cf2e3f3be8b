"""GraphQL types of goods under way between warehouses of different offices."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.gudang import transfer_reads as rows
from hub.sumber_daya.reads import identity
from schema.engine.declare import column, expression, relation
from schema.gudang.types import MutasiStok

if TYPE_CHECKING:
    from schema.sumber_daya.types import GudangBencana

_Gudang = Annotated["GudangBencana", strawberry.lazy("schema.sumber_daya.types")]


@strawberry.enum(description="Sampai di mana barang yang dikirim ke gudang kantor lain.")
class StatusPindahan(Enum):
    DALAM_PERJALANAN = strawberry.enum_value(
        "DALAM_PERJALANAN",
        description="Sudah keluar dari buku pengirim, belum dijawab penerima; tidak ada di gudang mana pun.",
    )
    DITERIMA = strawberry.enum_value("DITERIMA", description="Sudah masuk buku penerima.")
    DITOLAK = strawberry.enum_value("DITOLAK", description="Ditolak penerima; kembali ke buku pengirim.")


@strawberry.federation.type(
    description="Barang yang dikirim ke gudang kantor lain (PINDAH); terbaca oleh kedua kantor dan provinsinya.",
)
class Pindahan:
    id: strawberry.ID = expression("Kode kabupaten/kota gudang pengirim dan UUID, dipisahkan titik dua.", identity)
    dari: _Gudang = relation("Gudang pengirim.", rows.sender)
    ke: _Gudang = relation("Gudang penerima.", rows.receiver)
    mutasi: list[MutasiStok] = relation(
        "Yang dikirim: baris-baris yang keluar dari buku pengirim, jumlahnya kurang dari nol, dalam satuan barangnya.",
        rows.goods,
        rows=10,
    )
    dikirim_pada: datetime = column("Waktu barang berangkat.")
    status: StatusPindahan = expression("Sampai di mana.", rows.status)
    alasan: str | None = expression("Mengapa ditolak; null bila tidak ditolak.", rows.reason)
