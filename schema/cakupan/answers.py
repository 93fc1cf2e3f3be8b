"""Answers about coverage: one service call each, told from what is selected how much to work out."""

from typing import Annotated, Any

import strawberry

from hub.base.errors import MasukanTidakSahError
from hub.cakupan.question import JARAK_TERJAUH_KM, USULAN_TERBANYAK, Bobot, susun
from hub.cakupan.reads import rows_of_proposals
from hub.katalog.questions import elemen_dikenal
from schema.cakupan.types import Cakupan, UsulanLokasi
from schema.context import HubInfo
from schema.engine.execute import mentioned, read_rows
from schema.scalars import KodeWilayah, Periode
from schema.sumber_daya.enums import JenisSumberDaya

_Jenis = Annotated[
    list[JenisSumberDaya],
    strawberry.argument(description="Jenis sumber daya; tercakup oleh salah satunya sudah cukup."),
]
_Jarak = Annotated[
    float,
    strawberry.argument(description=f"Jarak geodesik terjauh, km; lebih dari 0, paling jauh {JARAK_TERJAUH_KM:g}."),
]
_Wilayah = Annotated[
    KodeWilayah, strawberry.argument(description="Wilayah yang ditanyakan, sebagaimana berlaku hari ini.")
]
_Bobot = Annotated[
    str | None,
    strawberry.argument(
        description="Kode elemen yang menjadi bobot tiap desa, misalnya penduduk (WIL01); null: tanpa bobot."
    ),
]
_Periode = Annotated[
    Periode | None,
    strawberry.argument(
        description="Periode bobot; tanpa ini: yang terbaru yang rekapnya sudah disetujui dari sedikitnya satu kabupaten/kota di "
        "wilayah itu."
    ),
]
_Berlaku = Annotated[
    bool | None,
    strawberry.argument(
        description="Tanpa yang tanda daftar atau SK-nya habis masa berlakunya, dan tanpa LKS yang tidak bertanda daftar."
    ),
]
_Tersisa = Annotated[
    bool | None,
    strawberry.argument(
        description="Tanpa yang penuh (daya tampung tidak lebih dari klien); keterjangkauan memakai sisanya. Hanya bagi kantor wilayah itu."
    ),
]


async def coverage(
    info: HubInfo,
    jenis: _Jenis,
    jarak_km: _Jarak,
    wilayah: _Wilayah,
    bobot: _Bobot = None,
    periode: _Periode = None,
    hanya_berlaku: _Berlaku = False,
    daya_tersisa: _Tersisa = False,
) -> Cakupan:
    tanya = susun(
        [j.value for j in jenis], jarak_km, wilayah, hanya_berlaku=bool(hanya_berlaku), daya_tersisa=bool(daya_tersisa)
    )
    dipilih = mentioned(info)
    hasil = await info.context.services.cakupan.cakupan(
        info.context.actor,
        tanya,
        await _bobot(info, bobot, periode),
        luas="persenLuas" in dipilih,
        akses=bool(dipilih & {"keterjangkauan", "keterjangkauanLengkap"}),
    )
    return Cakupan.dari(hasil)


async def proposed_places(
    info: HubInfo,
    jenis: _Jenis,
    jarak_km: _Jarak,
    wilayah: _Wilayah,
    banyak: Annotated[
        int | None, strawberry.argument(description=f"Paling banyak sekian tempat, 1 sampai {USULAN_TERBANYAK}.")
    ] = 3,
    bobot: _Bobot = None,
    periode: _Periode = None,
    hanya_berlaku: _Berlaku = False,
    daya_tersisa: _Tersisa = False,
) -> list[UsulanLokasi]:
    tanya = susun(
        [j.value for j in jenis], jarak_km, wilayah, hanya_berlaku=bool(hanya_berlaku), daya_tersisa=bool(daya_tersisa)
    )
    usulan = await info.context.services.cakupan.usulan(
        info.context.actor, tanya, 3 if banyak is None else banyak, await _bobot(info, bobot, periode)
    )
    baris: Any = await read_rows(usulan, info, rows_of_proposals)
    return baris  # type: ignore[no-any-return]


async def _bobot(info: HubInfo, elemen: str | None, periode: str | None) -> Bobot | None:
    if elemen is None:
        if periode is not None:
            raise MasukanTidakSahError("periode hanya berarti bersama bobot; sebutkan elemennya.")
        return None
    (dikenal,) = elemen_dikenal([elemen], await info.context.services.katalog.get())
    return Bobot(dikenal, periode)
