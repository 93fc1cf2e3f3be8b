"""GraphQL inputs of the emergency plan. Read by the compiler as they come; looked at in hub.gudang.darurat_checks."""

import strawberry

from hub.gudang.darurat_checks import DISTANCE_KM, ELEMEN_KK, ELEMEN_PEOPLE, MOST_BARANG, MOST_DESA
from hub.sumber_daya.reads import FARTHEST_KM
from schema.scalars import Desimal, KodeWilayah, Periode


@strawberry.input(description="Desa yang terdampak, dan berapa yang perlu dibantu di sana bila sudah diketahui.")
class DesaTerdampakMasukan:
    kode: KodeWilayah = strawberry.field(description="Kode desa atau kelurahan.")
    kk: int | None = strawberry.field(default=None, description="KK yang perlu dibantu; null: ambil dari elemenKk.")
    orang: int | None = strawberry.field(
        default=None, description="Orang yang perlu dibantu; null: ambil dari elemenOrang."
    )


@strawberry.input(description="Barang yang dibutuhkan. Yang diisi dijumlahkan; sedikitnya satu harus diisi.")
class KebutuhanMasukan:
    barang: str = strawberry.field(description="Kode atau nama barang, lihat daftarBarang.")
    jumlah: Desimal | None = strawberry.field(default=None, description="Sekian seluruhnya.")
    per_kk: Desimal | None = strawberry.field(default=None, description="Sekian per KK.")
    per_orang: Desimal | None = strawberry.field(default=None, description="Sekian per orang.")


@strawberry.input(description="Siapa membutuhkan apa, dan dari sejauh mana boleh diambil.")
class RencanaDaruratMasukan:
    desa: list[DesaTerdampakMasukan] = strawberry.field(description=f"Desa yang terdampak, 1 sampai {MOST_DESA}.")
    kebutuhan: list[KebutuhanMasukan] = strawberry.field(
        description=f"Yang dibutuhkan, 1 sampai {MOST_BARANG}. Barang yang dihitung utuh dibulatkan ke atas."
    )
    elemen_kk: str | None = strawberry.field(
        default=ELEMEN_KK,
        description="Elemen per desa dalam KK yang angka disetujuinya dipakai di desa yang kk-nya tidak diisi: WIL02 semua KK di "
        "sana, BEN02 KK korban bencana.",
    )
    elemen_orang: str | None = strawberry.field(
        default=ELEMEN_PEOPLE,
        description="Demikian pula untuk orang: WIL01 penduduk, BEN06 jiwa terdampak.",
    )
    periode: Periode | None = strawberry.field(
        default=None, description="Periode angka itu; null: yang terbaru yang ada angkanya, per desa."
    )
    jarak_km: float | None = strawberry.field(
        default=DISTANCE_KM,
        description="Jarak geodesik terjauh gudang dari titik tengah desa-desa, km; lebih dari 0, paling jauh "
        f"{FARTHEST_KM}.",
    )
    tanpa_di_bawah_minimum: bool | None = strawberry.field(
        default=False, description="Jangan mengambil sampai stok sebuah gudang di bawah minimumnya."
    )
