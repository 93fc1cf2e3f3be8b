"""GraphQL types of social resources: one interface, nine kinds. Read by the compiler."""

from datetime import date, datetime
from typing import Any, ClassVar

import strawberry

from hub.gudang import reads as gudang_reads
from hub.gudang import transfer_reads
from hub.sumber_daya import reads as rows
from schema.engine.declare import Discriminator, argument, column, connection, expression, relation
from schema.gudang.transfer_types import Pindahan
from schema.gudang.types import MutasiStokConnection, StokBarang
from schema.node_types import Node
from schema.scalars import Desimal, GeoJSON
from schema.sumber_daya.complaint_types import PengaduanLembaga, complaints
from schema.sumber_daya.enums import (
    CakupanLembaga,
    JenisSurat,
    KlasifikasiKarangTaruna,
    TingkatGudang,
)
from schema.sumber_daya.enums import JenisSumberDaya as JenisSumberDaya
from schema.sumber_daya.enums import Pemilik as Pemilik
from schema.wilayah.types import Desa

_AT_MOMENT = argument("pada", datetime | None, "Keadaan pada saat itu; tanpa ini: sekarang.")


@strawberry.federation.type(
    shareable=True, description="Surat bertanggal sebuah sumber daya: tanda daftar, sertifikat akreditasi, SK."
)
class Surat:
    jenis: JenisSurat = column("Jenis surat.")
    nomor: str | None = column("Nomornya.")
    sejak: date = column("Hari pertama berlaku.")
    sampai: date | None = column("Hari pertama tidak berlaku lagi; null: tanpa batas.")
    peringkat: str | None = column("Peringkat akreditasi: A, B atau C.")
    cakupan: CakupanLembaga | None = column("Cakupan yang diizinkan.")


@strawberry.federation.type(shareable=True, description="Satu isian yang berubah, sebagai teks; titik sebagai GeoJSON.")
class PerubahanIsian:
    isian: str = column("Nama isiannya.")
    lama: str | None = column("Isinya sebelum itu.")
    baru: str | None = column("Isinya sejak itu.")


@strawberry.federation.type(shareable=True, description="Satu versi sebuah sumber daya; hanya bertambah.")
class VersiSumberDaya:
    versi: int = column("Nomornya, mulai 1.")
    pada: datetime = column("Sejak kapan.", "diubah_pada")
    oleh: str = column("Nama pada token yang dipakai.", "diubah_oleh")
    perubahan: list[PerubahanIsian] = relation("Yang berubah dari versi sebelumnya.", rows.changes, rows=5)


@strawberry.federation.interface(
    keys=["id"], description="Sumber daya sosial: lembaga, tempat atau perlengkapan yang membantu orang di suatu desa."
)
class SumberDaya(Node):
    __discriminator__: ClassVar = Discriminator(
        "jenis",
        {
            "Panti": "PANTI",
            "Lks": "LKS",
            "Lk3": "LK3",
            "RumahSinggah": "RUMAH_SINGGAH",
            "Slrt": "SLRT",
            "Puskesos": "PUSKESOS",
            "GudangBencana": "GUDANG_BENCANA",
            "KampungSiagaBencana": "KAMPUNG_SIAGA_BENCANA",
            "KarangTaruna": "KARANG_TARUNA",
        },
    )

    id: strawberry.ID = expression("Kode kabupaten/kota dan UUID, dipisahkan titik dua.", rows.identity)
    jenis: JenisSumberDaya = column("Jenisnya.")
    nama: str = column("Namanya.")
    pemilik: Pemilik = column("Pemiliknya.")
    desa: Desa = relation("Desa atau kelurahan tempatnya.", rows.desa)
    titik: GeoJSON | None = expression(
        "Titik letaknya, EPSG:4326, bujur lebih dahulu; null bila tidak diketahui atau dirahasiakan.",
        rows.point,
        weight=3,
    )
    aktif: bool = expression("Apakah hari ini ada.", rows.active)
    alamat: str | None = column("Alamat.")
    rahasia: bool = column(
        "Tempat perlindungan korban: titiknya tidak disimpan, dan bagi yang tidak berwenang tempat ini tidak ada."
    )
    sejak: date = column("Hari pertama ada.")
    sampai: date | None = column("Hari pertama tidak ada lagi; null: masih ada.")
    surat: list[Surat] = relation("Surat-suratnya, dari yang terbaru.", rows.papers, rows=3)
    contoh: bool = column("Baris contoh, bukan lembaga yang sungguh ada.")
    sumber: str | None = column("Asal datanya.")
    versi: int = column("Nomor versi, bertambah pada setiap perubahan.")
    diubah_pada: datetime = column("Waktu perubahan terakhir.")
    riwayat: list[VersiSumberDaya] = relation(
        "Versi-versinya, dari yang terbaru; hanya bagi kantor yang mengurusnya dan provinsinya.", rows.versions, rows=5
    )


def _client_count(what: str, column_name: str) -> Any:
    return expression(f"{what}, orang; null: tidak diketahui, atau tertutup bagi Anda.", rows.client_count(column_name))


def _case_count(what: str, column_name: str) -> Any:
    return expression(
        f"{what}, kasus; null: tidak diketahui, atau terlalu sedikit untuk dibuka.", rows.cases(column_name)
    )


def _moves_to_apbd() -> Any:
    return expression(
        "Bila dibiayai APBN: tahun sejak ia harus dibiayai APBD (tiga tahun sesudah mulai); selain itu null.",
        rows.moves_to_apbd,
    )


@strawberry.federation.type(keys=["id"], description="Panti, milik pemerintah atau masyarakat.")
class Panti(SumberDaya):
    sasaran: str = column("Siapa yang dilayani.")
    daya_tampung: int = column("Daya tampung, orang.")
    klien: int | None = expression(
        "Klien yang tercatat, orang; null: belum dicatat, atau tertutup bagi Anda.", rows.clients
    )
    sisa_daya: int | None = expression(
        "Daya tampung dikurangi klien, orang; kurang dari nol bila penuh sesak; null bila kliennya null.",
        rows.free_places,
    )
    klien_l: int | None = _client_count("Klien laki-laki", "klien_l")
    klien_p: int | None = _client_count("Klien perempuan", "klien_p")
    jumlah_klien: int | None = _client_count("Semua klien", "klien")
    cakupan: CakupanLembaga | None = column("Cakupan pelayanan.")
    bidang: str | None = column("Bidang pelayanan.")
    ketua: str | None = expression("Nama ketua; hanya bila ia setuju namanya dibuka.", rows.head)
    terakreditasi: bool = expression(
        "Apakah sertifikat akreditasinya berlaku pada hari itu.",
        rows.accredited,
        argument("pada", date | None, "Hari yang ditanyakan; tanpa ini: hari ini."),
    )


@strawberry.federation.type(keys=["id"], description="Lembaga kesejahteraan sosial (LKS) di luar panti.")
class Lks(SumberDaya):
    nomor_tanda_daftar: str | None = expression("Nomor tanda daftar terbaru.", rows.newest("TANDA_DAFTAR", "nomor"))
    berlaku_sampai: date | None = expression(
        "Hari pertama tanda daftar terbaru tidak berlaku lagi.", rows.newest("TANDA_DAFTAR", "sampai")
    )
    akreditasi: str | None = expression(
        "Peringkat akreditasi terbaru: A, B atau C.", rows.newest("AKREDITASI", "peringkat")
    )
    akreditasi_sampai: date | None = expression(
        "Hari pertama akreditasi terbaru tidak berlaku lagi.", rows.newest("AKREDITASI", "sampai")
    )
    terakreditasi: bool = expression(
        "Apakah sertifikat akreditasinya berlaku pada hari itu.",
        rows.accredited,
        argument("pada", date | None, "Hari yang ditanyakan; tanpa ini: hari ini."),
    )
    cakupan: CakupanLembaga | None = column("Cakupan pelayanan.")
    bidang: str | None = column("Bidang pelayanan.")
    ketua: str | None = expression("Nama ketua; hanya bila ia setuju namanya dibuka.", rows.head)
    klien_l: int | None = _client_count("Klien laki-laki", "klien_l")
    klien_p: int | None = _client_count("Klien perempuan", "klien_p")
    jumlah_klien: int | None = _client_count("Semua klien", "klien")


@strawberry.federation.type(keys=["id"], description="Lembaga konsultasi kesejahteraan keluarga (LK3).")
class Lk3(SumberDaya):
    bidang: str | None = column("Bidang pelayanan.")
    klien_l: int | None = _client_count("Klien laki-laki", "klien_l")
    klien_p: int | None = _client_count("Klien perempuan", "klien_p")
    jumlah_klien: int | None = _client_count("Semua klien", "klien")


@strawberry.federation.type(keys=["id"], description="Rumah singgah.")
class RumahSinggah(SumberDaya):
    sasaran: str | None = column("Siapa yang dilayani.")
    daya_tampung: int | None = column("Daya tampung, orang; null: tidak diketahui.")
    klien_l: int | None = _client_count("Klien laki-laki", "klien_l")
    klien_p: int | None = _client_count("Klien perempuan", "klien_p")
    jumlah_klien: int | None = _client_count("Semua klien", "klien")


@strawberry.federation.type(
    keys=["id"], description="Sekretariat sistem layanan dan rujukan terpadu (SLRT) kabupaten/kota."
)
class Slrt(SumberDaya):
    sekretariat: str | None = column("Sekretariatnya.")
    sumber_dana: str | None = column("Sumber dana, misalnya APBN atau APBD.")
    tahun: int | None = column("Tahun mulai.")
    pindah_apbd: int | None = _moves_to_apbd()
    petugas_depan: int | None = column("Petugas front office, orang.")
    petugas_belakang: int | None = column("Petugas back office, orang.")
    pengaduan_masuk: int | None = _case_count("Pengaduan yang masuk", "pengaduan_masuk")
    pengaduan_selesai: int | None = _case_count("Pengaduan yang selesai atau dirujuk", "pengaduan_selesai")
    pengaduan: list[PengaduanLembaga] = complaints()


@strawberry.federation.type(keys=["id"], description="Pusat kesejahteraan sosial (puskesos) desa.")
class Puskesos(SumberDaya):
    pengelola: str | None = column("Lembaga pengelola.")
    sumber_dana: str | None = column("Sumber dana, misalnya APBN atau APBD.")
    tahun: int | None = column("Tahun berdiri.")
    pindah_apbd: int | None = _moves_to_apbd()
    petugas_depan: int | None = column("Petugas front office, orang.")
    petugas_belakang: int | None = column("Petugas back office, orang.")
    pengaduan_masuk: int | None = _case_count("Pengaduan yang masuk", "pengaduan_masuk")
    pengaduan_selesai: int | None = _case_count("Pengaduan yang selesai atau dirujuk", "pengaduan_selesai")
    pengaduan: list[PengaduanLembaga] = complaints()


@strawberry.federation.type(keys=["id"], description="Gudang perlengkapan bencana.")
class GudangBencana(SumberDaya):
    tingkat_gudang: TingkatGudang | None = column("Tingkat gudang.")
    luas_m2: Desimal | None = column("Luas, m².")
    kapasitas_m3: Desimal | None = column("Kapasitas, m³.")
    stok: list[StokBarang] = relation(
        "Persediaannya: tiap barang yang pernah tercatat di sini atau yang ada minimumnya.",
        gudang_reads.stock,
        _AT_MOMENT,
        rows=15,  # a warehouse holds a dozen kinds of goods
    )
    kesehatan: str = expression(
        "Keadaan terburuk di antara barang-barangnya: AMAN, MENIPIS atau KRITIS (barang yang kosong terhitung KRITIS); KOSONG "
        "bila tidak ada satu pun yang layak; TIDAK_ADA_DATA bila bukunya belum pernah ditulisi.",
        gudang_reads.health,
        _AT_MOMENT,
    )
    mutasi: MutasiStokConnection = connection(
        "Buku stoknya, dalam urutan dicatat; dengan `barang`: kartu stok barang itu.",
        gudang_reads.movements,
        argument("barang", str | None, "Hanya kode barang ini."),
    )
    pindahan_masuk: list[Pindahan] = relation(
        "Barang yang dikirim kantor lain ke gudang ini, yang terbaru lebih dahulu; kosong bila dokumennya tidak boleh Anda baca.",
        transfer_reads.incoming,
        rows=20,  # a warehouse gets goods from other offices some times a year
    )
    pindahan_keluar: list[Pindahan] = relation(
        "Barang yang dikirim gudang ini ke kantor lain, yang terbaru lebih dahulu; kosong bila dokumennya tidak boleh Anda baca.",
        transfer_reads.outgoing,
        rows=20,
    )


@strawberry.federation.type(keys=["id"], description="Kampung siaga bencana (KSB).")
class KampungSiagaBencana(SumberDaya):
    lumbung: bool | None = column("Apakah ada lumbung sosial; null: tidak diketahui.")
    gardu: bool | None = column("Apakah ada gardu sosial; null: tidak diketahui.")
    anggota_l: int | None = column("Anggota laki-laki, orang; null: tidak diketahui.")
    anggota_p: int | None = column("Anggota perempuan, orang; null: tidak diketahui.")
    jumlah_anggota: int | None = expression("Semua anggota, orang; null: tidak diketahui.", rows.people("anggota"))


@strawberry.federation.type(keys=["id"], description="Karang taruna.")
class KarangTaruna(SumberDaya):
    nomor_sk: str | None = expression("Nomor SK terbaru.", rows.newest("SK", "nomor"))
    tanggal_sk: date | None = expression("Hari pertama SK terbaru berlaku.", rows.newest("SK", "sejak"))
    klasifikasi: KlasifikasiKarangTaruna | None = column("Klasifikasi.")
    anggota_l: int | None = column("Anggota laki-laki, orang; null: tidak diketahui.")
    anggota_p: int | None = column("Anggota perempuan, orang; null: tidak diketahui.")
    jumlah_anggota: int | None = expression("Semua anggota, orang; null: tidak diketahui.", rows.people("anggota"))
    pengurus_l: int | None = column("Pengurus laki-laki, orang; null: tidak diketahui.")
    pengurus_p: int | None = column("Pengurus perempuan, orang; null: tidak diketahui.")
    jumlah_pengurus: int | None = expression("Semua pengurus, orang; null: tidak diketahui.", rows.people("pengurus"))
