"""Root queries: warehouses and goods."""

import strawberry

from hub.gudang import darurat_reads
from hub.gudang import reads as gudang_reads
from schema.engine.declare import argument, root, root_connection
from schema.gudang.darurat_inputs import RencanaDaruratMasukan
from schema.gudang.darurat_types import RencanaDarurat
from schema.gudang.list_types import GudangBencanaConnection, SaringGudang
from schema.gudang.types import Barang


@strawberry.type
class GudangQueries:
    daftar_gudang: GudangBencanaConnection | None = root_connection(
        "Gudang bencana yang hari ini ada, menurut desa: misalnya yang KRITIS di sebuah provinsi.",
        gudang_reads.listed,
        argument("saring", SaringGudang | None, "Saringan."),
    )
    rencana_darurat: RencanaDarurat | None = root(
        "Gudang mana dapat melayani desa-desa ini dengan apa: yang terdekat lebih dahulu, sampai terpenuhi. Hanya stok yang belum "
        "kedaluwarsa di gudang yang hari ini ada. Tidak mencatat apa pun; catatMutasiStok yang mencatat.",
        darurat_reads.plan,
        argument("masukan", RencanaDaruratMasukan, "Siapa membutuhkan apa.", required=True),
    )
    daftar_barang: list[Barang] | None = root(
        "Barang yang dapat disimpan di gudang bencana.", gudang_reads.all_goods, rows=15
    )
