"""What writing a network (WKSBM), its links and its partners answers."""

from typing import Annotated, Any

import strawberry

from hub.base.temuan import Refused
from hub.wksbm import jejaring_reads
from hub.wksbm import reads as rows
from hub.wksbm.link_service import SavedPartner as SavedPartner
from hub.wksbm.service import Saved
from schema.engine.declare import root
from schema.expected_rows import FINDINGS
from schema.rekap.types import BentrokRevisi, Temuan, TidakBerwenang
from schema.wksbm.types import MitraLuar, Wksbm


@strawberry.federation.type(description="Tersimpan.")
class WksbmTersimpan:
    key: strawberry.Private[Any]
    wksbm: Wksbm = root("Jejaringnya, sebagaimana kini tersimpan.", rows.of_saved)
    versi: int = strawberry.field(description="Versi jejaring yang kini berlaku.")
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


@strawberry.federation.type(shareable=True, description="Ditolak; tidak ada yang ditulis.")
class WksbmDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


@strawberry.federation.type(description="Tersimpan.")
class MitraTersimpan:
    id: strawberry.Private[str]
    mitra: MitraLuar = root("Mitranya, sebagaimana kini tersimpan.", jejaring_reads.of_saved_partner)
    versi: int = strawberry.field(description="Versi yang kini berlaku.")
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


HasilWksbm = Annotated[
    WksbmTersimpan | WksbmDitolak | TidakBerwenang | BentrokRevisi,
    strawberry.union("HasilWksbm", description="Jawaban atas penulisan WKSBM, tahapnya, kegiatannya dan hubungannya."),
]

HasilMitra = Annotated[
    MitraTersimpan | WksbmDitolak | TidakBerwenang | BentrokRevisi,
    strawberry.union("HasilMitra", description="Jawaban atas penyimpanan mitra luar."),
]


def answer(result: Saved | Refused) -> WksbmTersimpan | WksbmDitolak:
    temuan: Any = list(result.temuan)
    if isinstance(result, Saved):
        return WksbmTersimpan(key=result.key, versi=result.versi, temuan=temuan)
    return WksbmDitolak(temuan=temuan)


def answer_partner(result: SavedPartner | Refused) -> MitraTersimpan | WksbmDitolak:
    temuan: Any = list(result.temuan)
    if isinstance(result, SavedPartner):
        return MitraTersimpan(id=result.id, versi=result.versi, temuan=temuan)
    return WksbmDitolak(temuan=temuan)
