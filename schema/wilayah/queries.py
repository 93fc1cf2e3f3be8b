"""Root queries: regions: by code, by name, at a point."""

from datetime import date

import strawberry

from hub.base.kode import Level
from hub.wilayah import desa_reads, search_reads
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import PROVINCES, at_most
from schema.scalars import KodeWilayah
from schema.wilayah.desa_types import DesaConnection, SaringDesa, UrutDesa
from schema.wilayah.search_types import HasilCari
from schema.wilayah.types import Desa, Kabupaten, Kecamatan, Provinsi, TingkatWilayah

_KODE = argument("kode", KodeWilayah, "Kode wilayah.", required=True)
_VALID_ON = argument(
    "pada",
    date | None,
    "Sebagaimana berlaku pada hari itu; tanpa ini: yang berlaku hari ini, atau yang terakhir memakai kodenya.",
)


@strawberry.type
class WilayahQueries:
    provinsi: Provinsi | None = root(
        "Provinsi dengan kode ini.", wilayah_reads.by_code(Level.PROVINSI), _KODE, _VALID_ON
    )
    daftar_provinsi: list[Provinsi] | None = root(
        "Provinsi yang berlaku hari ini, menurut kode.", wilayah_reads.provinces, rows=PROVINCES
    )
    kabupaten: Kabupaten | None = root(
        "Kabupaten atau kota dengan kode ini.", wilayah_reads.by_code(Level.KABUPATEN), _KODE, _VALID_ON
    )
    kecamatan: Kecamatan | None = root(
        "Kecamatan dengan kode ini.", wilayah_reads.by_code(Level.KECAMATAN), _KODE, _VALID_ON
    )
    desa: Desa | None = root(
        "Desa atau kelurahan dengan kode ini.", wilayah_reads.by_code(Level.DESA), _KODE, _VALID_ON
    )
    daftar_desa: DesaConnection | None = root_connection(
        "Desa dan kelurahan yang berlaku hari ini, disaring dan diurutkan.",
        desa_reads.listed,
        argument("saring", SaringDesa | None, "Saringan."),
        argument("urut", list[UrutDesa] | None, "Urutan; tanpa ini menurut kode."),
    )
    cari_wilayah: list[HasilCari] | None = root(
        "Wilayah yang berlaku hari ini menurut nama atau kode, yang paling cocok lebih dahulu. Salah ketik, awalan (Desa, Kel., "
        "Kab.), nama lama dan nama wilayah di atasnya dimengerti; kode boleh tanpa titik atau hanya awalnya.",
        search_reads.found,
        argument("teks", str, 'Nama atau kode, misalnya "sukamulya cianjur" atau "5314".', required=True),
        argument("tingkat", TingkatWilayah | None, "Hanya tingkat ini."),
        argument("di", KodeWilayah | None, "Hanya wilayah ini beserta bagiannya."),
        argument("batas", int | None, f"Paling banyak sekian hasil, 1 sampai {search_reads.MOST_RESULTS}.", 10),
        rows=at_most("batas", 10),
    )
    wilayah_di_titik: Desa | None = root(
        "Desa atau kelurahan di titik ini (derajat, WGS 84). Di celah antarbatas: yang terdekat sampai 50 m; di batas yang "
        "bertumpang tindih: yang titiknya terdekat. Null di laut dan di tempat yang batasnya belum dimuat.",
        search_reads.desa_at,
        argument("lon", float, "Bujur, misalnya 123.05.", required=True),
        argument("lat", float, "Lintang, misalnya -10.73.", required=True),
    )
