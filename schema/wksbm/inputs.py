"""GraphQL inputs of networks (WKSBM), links and partners, and their way into frozen drafts."""

from datetime import date
from typing import Any

import strawberry

from hub.wksbm.draft import ActivityDraft, LinkDraft, MemberDraft, PartnerDraft, WksbmDraft
from schema.scalars import GeoJSON, KodeWilayah
from schema.wksbm.enums import SkalaJejaring, TahapWksbm


@strawberry.input(
    description="Anggota jejaring: kelompok atau lembaga. Nama orang tidak disimpan di sini; tulis nama kelompoknya."
)
class AnggotaWksbmMasukan:
    nama: str = strawberry.field(description="Nama kelompok atau lembaganya.")
    jenis: str = strawberry.field(
        description='Jenis PSKS: kode, nama atau sebutannya, misalnya "5", "Karang taruna", "PSM".'
    )
    sejak: date | None = strawberry.field(
        default=None, description="Hari pertama menjadi anggota; null: sejak jejaringnya ada."
    )
    sampai: date | None = strawberry.field(default=None, description="Hari pertama bukan anggota lagi; null: masih.")

    def draft(self) -> MemberDraft:
        return MemberDraft(self.nama, self.jenis, self.sejak, self.sampai)


@strawberry.input(description="Kegiatan yang sudah dilaksanakan.")
class KegiatanWksbmMasukan:
    tanggal: date
    kegiatan: str = strawberry.field(
        description='Kode atau nama kegiatannya, satu dari 32, misalnya "5a.3" atau "Pelatihan pembina, petugas dan pengelola".'
    )
    uraian: str | None = strawberry.field(
        default=None, description="Apa yang dilaksanakan; membedakan kegiatan sejenis pada hari yang sama."
    )

    def draft(self) -> ActivityDraft:
        return ActivityDraft(self.tanggal, self.kegiatan, self.uraian)


@strawberry.input(
    description="WKSBM seutuhnya: isian yang tidak diberikan menjadi tidak diketahui, kecuali anggota, kegiatan dan tahap."
)
class WksbmMasukan:
    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id yang diubah; null: baru. Id baru buatan sendiri (kode kabupaten/kota, titik dua, UUID) membuat "
        "kiriman dapat diulang.",
    )
    versi: int | None = strawberry.field(default=None, description="Versi yang menjadi dasar perubahan; null: baru.")
    nama: str
    desa: KodeWilayah = strawberry.field(description="Kode desa atau kelurahannya.")
    sejak: date = strawberry.field(description="Hari pertama ada.")
    sampai: date | None = strawberry.field(default=None, description="Hari pertama tidak ada lagi; null: masih ada.")
    titik: GeoJSON | None = strawberry.field(default=None, description="GeoJSON Point, EPSG:4326, bujur lebih dahulu.")
    balai: str | None = strawberry.field(default=None, description="Balai tempatnya berkumpul.")
    dokumen: str | None = strawberry.field(default=None, description="Dokumen pembentukannya, misalnya nomor SK.")
    keterangan: str | None = strawberry.field(default=None, description="Keterangan lain; tanpa nama orang.")
    sumber: str | None = strawberry.field(default=None, description="Asal datanya.")
    tahap: TahapWksbm | None = strawberry.field(
        default=None,
        description="Tahap jejaring yang baru didaftarkan; null: PENUMBUHAN. Sesudah itu tahap diubah dengan pindahTahapWksbm.",
    )
    tahap_sejak: date | None = strawberry.field(
        default=None, description="Hari pertama tahap itu, bagi yang baru didaftarkan; null: sejak jejaringnya ada."
    )
    anggota: list[AnggotaWksbmMasukan] | None = strawberry.field(
        default=None,
        description="Semua anggotanya, juga yang sudah keluar (dengan sampai); null: biarkan seperti adanya.",
    )
    kegiatan: list[KegiatanWksbmMasukan] | None = strawberry.field(
        default=None,
        description="Semua kegiatannya; null: biarkan seperti adanya. Menambah saja: catatKegiatanWksbm.",
    )

    def draft(self) -> WksbmDraft:
        """The input as the services take it."""
        point: Any = self.titik
        return WksbmDraft(
            self.nama, self.desa, self.sejak, self.id, self.versi, self.sampai, point, self.balai, self.dokumen,
            self.keterangan, self.sumber, self.tahap.name if self.tahap else None, self.tahap_sejak,
            None if self.anggota is None else tuple(a.draft() for a in self.anggota),
            None if self.kegiatan is None else tuple(k.draft() for k in self.kegiatan),
        )  # fmt: skip


@strawberry.input(description="Mitra luar menurut namanya: lembaga, bukan orang. Yang belum dikenal dicatat.")
class MitraMasukan:
    nama: str
    jenis: str = strawberry.field(description="Misalnya dunia usaha, yayasan, perguruan tinggi.")


@strawberry.input(description="Mitra luar: yang baru, atau nama dan jenis yang dibetulkan.")
class MitraLuarMasukan:
    id: strawberry.ID | None = strawberry.field(default=None, description="Id yang dibetulkan; null: menurut namanya.")
    versi: int | None = strawberry.field(default=None, description="Versi yang menjadi dasar perubahan; null: baru.")
    nama: str
    jenis: str = strawberry.field(description="Misalnya dunia usaha, yayasan, perguruan tinggi.")

    def draft(self) -> PartnerDraft:
        return PartnerDraft(self.nama, self.jenis, self.id, self.versi)


@strawberry.input(
    description="Hubungan sebuah jejaring. Asal, tujuan, jenis dan sejak menyebut hubungan yang mana: yang belum ada dicatat, yang "
    "sudah ada diakhiri (sampai) atau diubah (dengan versinya)."
)
class HubunganMasukan:
    asal: strawberry.ID = strawberry.field(description="Id WKSBM yang mencatat.")
    tujuan: strawberry.ID | None = strawberry.field(
        default=None, description="Id ujung lainnya: WKSBM, sumber daya sosial, atau mitra yang sudah dikenal."
    )
    mitra: MitraMasukan | None = strawberry.field(
        default=None, description="Mitra luar menurut namanya, sebagai ganti tujuan."
    )
    jenis: str = strawberry.field(description="Jenis hubungan, misalnya kerja sama, rujukan, bantuan.")
    skala: SkalaJejaring
    sejak: date = strawberry.field(description="Hari pertama berlaku.")
    sampai: date | None = strawberry.field(
        default=None, description="Hari pertama tidak berlaku lagi; null: masih berlaku."
    )
    versi: int | None = strawberry.field(
        default=None,
        description="Versi hubungan yang diubah; mengakhiri hubungan yang masih berlaku tidak memerlukannya.",
    )

    def draft(self) -> LinkDraft:
        partner = None if self.mitra is None else PartnerDraft(self.mitra.nama, self.mitra.jenis)
        return LinkDraft(
            self.asal, self.jenis, self.skala.name, self.sejak, self.tujuan, partner, self.sampai, self.versi
        )
