"""What saving a social resource answers."""

from typing import Annotated, Any

import strawberry

from hub.base.temuan import Refused
from hub.sumber_daya import reads as rows
from hub.sumber_daya.service import Saved
from schema.engine.declare import root
from schema.expected_rows import FINDINGS
from schema.rekap.types import BentrokRevisi, Temuan, TidakBerwenang
from schema.sumber_daya.types import SumberDaya


@strawberry.federation.type(description="Tersimpan.")
class SumberDayaTersimpan:
    key: strawberry.Private[Any]
    sumber_daya: SumberDaya = root("Sumber dayanya, sebagaimana kini tersimpan.", rows.of_saved)
    versi: int = strawberry.field(description="Versi yang kini berlaku.")
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


@strawberry.federation.type(shareable=True, description="Ditolak; tidak ada yang ditulis.")
class SumberDayaDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


HasilSumberDaya = Annotated[
    SumberDayaTersimpan | SumberDayaDitolak | TidakBerwenang | BentrokRevisi,
    strawberry.union("HasilSumberDaya", description="Jawaban atas penyimpanan sumber daya."),
]


def answer(result: Saved | Refused) -> SumberDayaTersimpan | SumberDayaDitolak:
    temuan: Any = list(result.temuan)
    if isinstance(result, Saved):
        return SumberDayaTersimpan(key=result.key, versi=result.versi, temuan=temuan)
    return SumberDayaDitolak(temuan=temuan)
