"""GraphQL types of the emergency plan. Read by the compiler."""

import strawberry

from hub.gudang import darurat_reads as rows
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import column, expression, relation
from schema.gudang.types import LotStok
from schema.rekap.types import Temuan
from schema.scalars import Desimal, GeoJSON, Periode
from schema.sumber_daya.types import GudangBencana
from schema.wilayah.types import Desa, TingkatWilayah


@strawberry.federation.type(description="Desa dalam rencana darurat.")
class DesaDarurat:
    desa: Desa = relation("Desanya.", rows.region)
    kk: Desimal | None = column("KK yang dihitung; null: tidak diketahui.")
    orang: Desimal | None = column("Orang yang dihitung; null: tidak diketahui.")
    periode_kk: Periode | None = column("Periode angka KK; null: dari masukan, atau tidak diketahui.")
    periode_orang: Periode | None = column("Periode angka orang; null: dari masukan, atau tidak diketahui.")
    titik: GeoJSON | None = column("Titik yang dipakai, EPSG:4326, bujur lebih dahulu.", weight=3)
    titik_dari: TingkatWilayah | None = expression(
        "Titik siapa: desa itu sendiri; kecamatan atau kabupaten/kotanya bila batasnya belum dimuat.",
        wilayah_reads.level_name,
    )
    jarak_km: float | None = expression("Jarak geodesik dari titik tengah, km.", rows.kilometres)


@strawberry.federation.type(shareable=True, description="Satu barang dalam rencana darurat.")
class BarangDarurat:
    kode: str = column("Kode barang.")
    barang: str = column("Nama barang.")
    satuan: str = column("Satuan hitungnya.")
    dibutuhkan: Desimal | None = column("Kebutuhan yang terhitung; null: tidak diketahui.")
    lengkap: bool = column("Apakah kebutuhan semua desa yang disebut sudah terhitung.")
    terjangkau: Desimal = column("Yang dapat diambil dari semua gudang dalam jarak itu.")
    terpenuhi: Desimal = column("Yang diambil menurut rencana ini; tidak lebih dari yang dibutuhkan.")
    kurang: Desimal | None = column("Yang dibutuhkan dikurangi yang terpenuhi; null: tidak diketahui.")


@strawberry.federation.type(shareable=True, description="Barang yang diambil dari sebuah gudang menurut rencana.")
class AmbilDarurat:
    kode: str = column("Kode barang.")
    barang: str = column("Nama barang.")
    satuan: str = column("Satuan hitungnya.")
    jumlah: Desimal = column("Yang diambil.")
    layak: Desimal = column("Yang sekarang ada di sana dan belum kedaluwarsa.")
    sisa: Desimal = column("Yang layak sesudah diambil.")
    minimum: Desimal = column("Stok minimumnya; 0 bila tidak ditetapkan.")
    di_bawah_minimum: bool = expression("Apakah sisanya di bawah minimum.", rows.below_minimum)
    lot: list[LotStok] = relation(
        "Lot-lotnya dengan banyak yang diambil, yang paling dahulu kedaluwarsa lebih dahulu.", rows.lots, rows=4
    )


@strawberry.federation.type(description="Gudang yang didatangi menurut rencana.")
class GudangDarurat:
    urutan: int = column("Urutan didatangi, mulai 1.", "urut")
    gudang: GudangBencana = relation("Gudangnya.", rows.the_warehouse)
    jarak_km: float | None = expression("Jarak geodesik dari titik tengah, km; null: tidak diketahui.", rows.kilometres)
    ambil: list[AmbilDarurat] = relation("Yang diambil di sana; kosong bila tidak ada yang cocok.", rows.taken, rows=5)


@strawberry.federation.type(
    description="Rencana melayani desa-desa terdampak dari gudang. Hanya rencana: tidak ada yang dicatat.",
)
class RencanaDarurat:
    pusat: GeoJSON | None = column(
        "Titik tengah: pusat titik-titik desa yang disebut, tiap desa sama berat; EPSG:4326, bujur lebih dahulu."
    )
    desa: list[DesaDarurat] = relation("Desa-desanya dalam urutan masukan, yang kodenya dikenal.", rows.desa, rows=20)
    barang: list[BarangDarurat] = relation(
        "Per barang: dibutuhkan, terjangkau, terpenuhi, kurang.", rows.goods, rows=10
    )
    gudang: list[GudangDarurat] = relation(
        "Gudang menurut jaraknya, sampai semua kebutuhan terpenuhi; yang tidak diketahui letaknya paling akhir.",
        rows.warehouses,
        rows=10,
    )
    temuan: list[Temuan] = relation("Yang perlu diketahui tentang rencana ini.", rows.findings, rows=20)
