"""Answers about coverage: one service call each, told from what is selected how much to work out."""

from typing import Annotated, Any

import strawberry

from hub.base.errors import InvalidInputError
from hub.cakupan.question import FARTHEST_KM, MOST_PROPOSALS, Weight, build_question
from hub.cakupan.reads import rows_of_proposals
from hub.katalog.questions import known_elemen
from schema.cakupan.types import Cakupan, UsulanLokasi
from schema.context import HubInfo
from schema.engine.execute import mentioned, read_rows
from schema.scalars import KodeWilayah, Periode
from schema.sumber_daya.enums import JenisSumberDaya

_Kinds = Annotated[
    list[JenisSumberDaya],
    strawberry.argument(description="Jenis sumber daya; tercakup oleh salah satunya sudah cukup."),
]
_Distance = Annotated[
    float,
    strawberry.argument(description=f"Jarak geodesik terjauh, km; lebih dari 0, paling jauh {FARTHEST_KM:g}."),
]
_Wilayah = Annotated[
    KodeWilayah, strawberry.argument(description="Wilayah yang ditanyakan, sebagaimana berlaku hari ini.")
]
_Weight = Annotated[
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
_OnlyValid = Annotated[
    bool | None,
    strawberry.argument(
        description="Tanpa yang tanda daftar atau SK-nya habis masa berlakunya, dan tanpa LKS yang tidak bertanda daftar."
    ),
]
_OnlyFree = Annotated[
    bool | None,
    strawberry.argument(
        description="Tanpa yang penuh (daya tampung tidak lebih dari klien); keterjangkauan memakai sisanya. Hanya bagi kantor wilayah itu."
    ),
]


async def coverage(
    info: HubInfo,
    jenis: _Kinds,
    jarak_km: _Distance,
    wilayah: _Wilayah,
    bobot: _Weight = None,
    periode: _Periode = None,
    hanya_berlaku: _OnlyValid = False,
    daya_tersisa: _OnlyFree = False,
) -> Cakupan:
    question = build_question(
        [j.value for j in jenis],
        jarak_km,
        wilayah,
        only_valid=bool(hanya_berlaku),
        capacity_remaining=bool(daya_tersisa),
    )
    chosen = mentioned(info)
    result = await info.context.services.cakupan.cakupan(
        info.context.actor,
        question,
        await _weight(info, bobot, periode),
        with_area="persenLuas" in chosen,
        akses=bool(chosen & {"keterjangkauan", "keterjangkauanLengkap"}),
    )
    return Cakupan.of(result)


async def proposed_places(
    info: HubInfo,
    jenis: _Kinds,
    jarak_km: _Distance,
    wilayah: _Wilayah,
    banyak: Annotated[
        int | None, strawberry.argument(description=f"Paling banyak sekian tempat, 1 sampai {MOST_PROPOSALS}.")
    ] = 3,
    bobot: _Weight = None,
    periode: _Periode = None,
    hanya_berlaku: _OnlyValid = False,
    daya_tersisa: _OnlyFree = False,
) -> list[UsulanLokasi]:
    question = build_question(
        [j.value for j in jenis],
        jarak_km,
        wilayah,
        only_valid=bool(hanya_berlaku),
        capacity_remaining=bool(daya_tersisa),
    )
    proposals = await info.context.services.cakupan.propose(
        info.context.actor, question, 3 if banyak is None else banyak, await _weight(info, bobot, periode)
    )
    rows: Any = await read_rows(proposals, info, rows_of_proposals)
    return rows  # type: ignore[no-any-return]


async def _weight(info: HubInfo, elemen: str | None, periode: str | None) -> Weight | None:
    if elemen is None:
        if periode is not None:
            raise InvalidInputError("periode hanya berarti bersama bobot; sebutkan elemennya.")
        return None
    (known,) = known_elemen([elemen], await info.context.services.katalog.get())
    return Weight(known, periode)
