"""GraphQL types of the list of social resources."""

from datetime import date

import strawberry

from hub.sumber_daya import accreditation_reads, nearest_reads
from schema.engine.declare import expression, relation
from schema.page_types import PageInfo, total_count
from schema.scalars import KodeWilayah
from schema.sumber_daya.enums import JenisSumberDaya, Pemilik
from schema.sumber_daya.types import SumberDaya


@strawberry.input(description="Sekitar sebuah titik (derajat, WGS 84).")
class DekatMasukan:
    lon: float = strawberry.field(description="Bujur, misalnya 123.05.")
    lat: float = strawberry.field(description="Lintang, misalnya -10.73.")
    jarak_km: float = strawberry.field(description="Jarak geodesik terjauh, km; lebih dari 0, paling jauh 500.")


@strawberry.input(
    description="Saringan daftarSumberDaya; yang tidak diisi tidak menyaring, yang diisi harus semua terpenuhi."
)
class SaringSumberDaya:
    jenis: list[JenisSumberDaya] | None = None
    di: KodeWilayah | None = strawberry.field(
        default=None, description="Di dalam provinsi, kabupaten/kota, kecamatan atau desa ini."
    )
    pemilik: list[Pemilik] | None = None
    bbox: list[float] | None = strawberry.field(
        default=None, description="Titiknya di dalam kotak ini: barat, selatan, timur, utara (derajat)."
    )
    dekat: DekatMasukan | None = strawberry.field(default=None, description="Titiknya sedekat itu.")
    pindah_apbd_sampai: int | None = strawberry.field(
        default=None,
        description="SLRT dan puskesos yang dibiayai APBN dan harus pindah ke APBD paling lambat tahun ini; dengan tahun depan: juga "
        "yang tahun ini tahun terakhirnya.",
    )
    aktif: bool | None = strawberry.field(default=None, description="Apakah hari ini ada.")
    nama: str | None = strawberry.field(
        default=None,
        description="Namanya memuat huruf dan angka ini; besar kecilnya, spasi dan tanda baca tidak dihiraukan. Paling sedikit 2.",
    )
    terakreditasi: bool | None = strawberry.field(
        default=None, description="Apakah hari ini sertifikat akreditasinya berlaku."
    )
    surat_berakhir_sampai: date | None = strawberry.field(
        default=None,
        description="Yang surat terbarunya, dari salah satu jenis, pada hari itu tidak berlaku lagi: yang akan dan yang sudah berakhir, "
        "selama belum ada penggantinya.",
    )


@strawberry.federation.type(description="Satu sumber daya pada halaman, dengan kursornya.")
class SumberDayaEdge:
    node: SumberDaya
    cursor: str


@strawberry.federation.type(description="Halaman daftar sumber daya.")
class SumberDayaConnection:
    edges: list[SumberDayaEdge]
    page_info: PageInfo
    total_count: int = total_count()


@strawberry.federation.type(description="Satu sumber daya dan jaraknya.")
class SumberDayaTerdekat:
    sumber_daya: SumberDaya = relation("Sumber dayanya.", nearest_reads.resource)
    jarak_km: float = expression("Jarak geodesik (WGS 84) dari titik yang ditanyakan, km.", nearest_reads.kilometres)


@strawberry.federation.type(description="LKS atau panti, dan apa yang masih kurang untuk diusulkan diakreditasi.")
class LksAkreditasi:
    lembaga: SumberDaya = relation("Lembaganya.", accreditation_reads.institution)
    layak: bool = expression("Apakah tidak ada yang kurang.", accreditation_reads.qualifies)
    kurang: list[str] = expression(
        "Yang kurang, satu kalimat tiap syarat; syarat dan sumbernya: daftarKode syarat_akreditasi_lks.",
        accreditation_reads.lacking,
    )


@strawberry.federation.type(description="Satu lembaga pada halaman, dengan kursornya.")
class LksAkreditasiEdge:
    node: LksAkreditasi
    cursor: str


@strawberry.federation.type(description="Halaman daftar lembaga yang dinilai siap diakreditasi.")
class LksAkreditasiConnection:
    edges: list[LksAkreditasiEdge]
    page_info: PageInfo
    total_count: int = total_count()
