"""Root queries: WKSBM and their network."""

from datetime import date

import strawberry

from hub.base.questions import valid_kode
from hub.katalog.questions import of_this_hub
from hub.wksbm import jejaring_reads
from hub.wksbm import reads as wksbm_reads
from schema.context import HubInfo
from schema.engine.declare import argument, root, root_connection
from schema.expected_rows import named
from schema.sumber_daya.list_types import SumberDayaConnection
from schema.sumber_daya.types import JenisSumberDaya
from schema.wilayah.question_arguments import PERIODE, WILAYAH, AnyWilayah, AsOf
from schema.wksbm.jejaring_types import (
    BarisTahapWksbm,
    CalonHubunganConnection,
    HubunganWksbmConnection,
    MitraLuarConnection,
    RingkasanJejaring,
)
from schema.wksbm.types import SaringWksbm, Wksbm, WksbmConnection


@strawberry.type
class WksbmQueries:
    wksbm: Wksbm | None = root(
        "WKSBM dengan id ini: seluruh profilnya.",
        wksbm_reads.by_id,
        argument("id", strawberry.ID, "Id WKSBM: kode kabupaten/kota, titik dua, UUID.", required=True),
    )
    daftar_wksbm: WksbmConnection | None = root_connection(
        "WKSBM menurut desa, disaring.",
        wksbm_reads.listed,
        argument("saring", SaringWksbm | None, "Saringan."),
        argument("pada", date | None, "Hanya yang ada pada hari itu; tanpa ini juga yang sudah atau belum ada."),
    )
    calon_hubungan: CalonHubunganConnection | None = root_connection(
        "WKSBM yang belum terhubung dan layak dihubungkan: di desa yang sama atau di desa yang berbatasan (bersentuhan, atau "
        "terpisah paling jauh 50 m); bila batas salah satu desanya belum dimuat, di kecamatan yang sama.",
        jejaring_reads.candidates,
        WILAYAH,
    )
    hubungan_jejaring: HubunganWksbmConnection | None = root_connection(
        "Hubungan yang berlaku dan salah satu jejaringnya di wilayah ini, beserta garisnya untuk peta.",
        jejaring_reads.links,
        WILAYAH,
        argument("pada", date | None, "Yang berlaku pada hari itu; tanpa ini: hari ini."),
        most=5_000,
    )
    daftar_mitra_luar: MitraLuarConnection | None = root_connection(
        "Mitra luar jejaring, menurut nama.",
        jejaring_reads.partners,
        argument("takTerhubung", bool | None, "Hanya yang hari ini tidak terhubung dengan jejaring mana pun.", False),
    )
    sumber_daya_tak_terhubung: SumberDayaConnection | None = root_connection(
        "Sumber daya sosial yang ada hari ini dan tidak terhubung dengan WKSBM mana pun, menurut desa.",
        jejaring_reads.unlinked_resources,
        WILAYAH,
        argument("jenis", list[JenisSumberDaya] | None, "Hanya jenis ini; null: semua."),
    )
    wksbm_per_tahap: list[BarisTahapWksbm] | None = root(
        "Banyaknya WKSBM menurut tahap pada hari terakhir tiap periode, misalnya tiap triwulan atau tahun.",
        jejaring_reads.per_phase,
        WILAYAH,
        PERIODE,
        rows=named("periode"),
    )

    @strawberry.field(
        description="Bentuk jejaring WKSBM sebuah wilayah: kelompoknya, yang terpencil, kepadatannya, titik rapuhnya."
    )
    async def jejaring(
        self,
        info: HubInfo,
        wilayah: AnyWilayah,
        pada: AsOf = None,
    ) -> RingkasanJejaring | None:
        services = info.context.services
        of_this_hub(valid_kode(wilayah), await services.katalog.get())
        graph = await services.jejaring.get(pada)
        return RingkasanJejaring.of(graph, graph.summary(wilayah))
