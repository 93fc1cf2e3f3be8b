"""What bringing in a list of social resources answers."""

from typing import Annotated, Any

import strawberry

from hub.base.many_findings import told
from hub.base.temuan import Refused
from hub.lembar.list_result import ImportResult
from schema.expected_rows import FINDINGS
from schema.rekap.types import Temuan, TidakBerwenang


@strawberry.federation.type(shareable=True, description="Daftar sumber daya diterima; angka dalam hitungan baris.")
class ImporSumberDayaDiterima:
    baru: int = strawberry.field(description="Belum ada di register.")
    berubah: int = strawberry.field(description="Menjadi versi baru.")
    tetap: int = strawberry.field(description="Sudah ada, sama isinya.")
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


@strawberry.federation.type(shareable=True, description="Daftar sumber daya ditolak; tidak ada yang ditulis.")
class ImporSumberDayaDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


HasilImporSumberDaya = Annotated[
    ImporSumberDayaDiterima | ImporSumberDayaDitolak | TidakBerwenang,
    strawberry.union("HasilImporSumberDaya", description="Jawaban atas unggahan daftar sumber daya."),
]


def answer(result: ImportResult | Refused) -> ImporSumberDayaDiterima | ImporSumberDayaDitolak:
    temuan: Any = told(result.temuan)
    if isinstance(result, ImportResult):
        return ImporSumberDayaDiterima(baru=result.baru, berubah=result.berubah, tetap=result.tetap, temuan=temuan)
    return ImporSumberDayaDitolak(temuan=temuan)
