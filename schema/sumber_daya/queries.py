"""Root queries: social resources."""

from datetime import date

import strawberry

from hub.sumber_daya import accreditation_reads, nearest_reads
from hub.sumber_daya import reads as sumber_daya_reads
from hub.sumber_daya.reads import FARTHEST_KM
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import at_most
from schema.scalars import KodeWilayah
from schema.sumber_daya.list_types import (
    LksAkreditasiConnection,
    SaringSumberDaya,
    SumberDayaConnection,
    SumberDayaTerdekat,
)
from schema.sumber_daya.types import JenisSumberDaya, SumberDaya


@strawberry.type
class SumberDayaQueries:
    sumber_daya: SumberDaya | None = root(
        "Sumber daya sosial dengan id ini.",
        sumber_daya_reads.by_id(),
        argument("id", strawberry.ID, "Id sumber daya: kode kabupaten/kota, titik dua, UUID.", required=True),
    )
    daftar_sumber_daya: SumberDayaConnection | None = root_connection(
        "Sumber daya sosial menurut desa, disaring.",
        sumber_daya_reads.listed,
        argument("saring", SaringSumberDaya | None, "Saringan."),
        argument("pada", date | None, "Hanya yang ada pada hari itu; tanpa ini juga yang sudah atau belum ada."),
    )
    daftar_lks_akreditasi: LksAkreditasiConnection | None = root_connection(
        "LKS dan panti menurut desa, dengan yang masih kurang untuk diusulkan diakreditasi. Hanya bagi kantor yang mengurusnya dan "
        "provinsinya; bagi yang lain kosong, karena banyaknya klien tertutup.",
        accreditation_reads.listed,
        argument("wilayah", KodeWilayah, "Di wilayah ini dan di bawahnya.", required=True),
        argument("pada", date | None, "Keadaan pada hari itu; tanpa ini: hari ini."),
    )
    terdekat: list[SumberDayaTerdekat] | None = root(
        "Sumber daya yang hari ini ada di sekitar sebuah titik (derajat, WGS 84), yang terdekat lebih dahulu. Yang titiknya tidak "
        "diketahui atau dirahasiakan tidak ikut: jaraknya dari pintu ke pintu, dan titik tengah desa bukan pintu siapa pun. cakupan, "
        "yang menilai desa demi desa, menghitungnya di titik desanya.",
        nearest_reads.nearest,
        argument("lon", float, "Bujur, misalnya 123.05.", required=True),
        argument("lat", float, "Lintang, misalnya -10.73.", required=True),
        argument("jenis", list[JenisSumberDaya] | None, "Hanya jenis ini; null: semua."),
        argument(
            "jarakKm",
            float | None,
            f"Jarak geodesik terjauh, km; lebih dari 0, paling jauh {FARTHEST_KM}.",
            nearest_reads.DISTANCE_KM,
        ),
        argument(
            "batas",
            int | None,
            f"Paling banyak sekian hasil, 1 sampai {nearest_reads.MOST}.",
            nearest_reads.LIMIT,
        ),
        rows=at_most("batas", 10),
    )
