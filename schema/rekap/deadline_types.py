"""GraphQL types of deadlines: the one that holds for an office, what sets it, and what that answers."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from hub.base.periode import Periode as BasePeriode
from hub.base.temuan import Refused
from hub.katalog import reads as katalog_reads
from hub.rekap import deadline_reads
from hub.rekap import reads as rekap_reads
from hub.rekap.deadline_checks import LONGEST_REASON, MOST_DAYS
from hub.rekap.draft import DeadlineDraft
from schema.context import HubInfo
from schema.engine.declare import column, expression, relation
from schema.engine.execute import read_rows
from schema.expected_rows import FINDINGS
from schema.katalog.types import Formulir
from schema.rekap.types import Temuan, TidakBerwenang
from schema.scalars import KodeWilayah, Periode
from schema.wilayah.types import Wilayah

if TYPE_CHECKING:
    from hub.rekap.deadline_statements import DeadlineKey


@strawberry.federation.type(
    description="Tenggat yang berlaku bagi satu kantor, formulir dan periode: ketetapan terbaru bagi kabupaten/kota itu sendiri, bila "
    "tidak ada ketetapan terbaru bagi seluruh provinsinya, bila tidak ada pula menurut katalog.",
)
class Tenggat:
    formulir: Formulir = relation("Formulirnya.", katalog_reads.form_of)
    periode: Periode = column("Periode.")
    wilayah: Wilayah = relation(
        "Kabupaten/kota; atau provinsi: bagi pernyataannya sendiri dan semua kabupaten/kotanya yang tidak mempunyai ketetapan sendiri.",
        rekap_reads.cell_region,
    )
    tanggal: date = column("Hari terakhir tepat waktu, menurut zona kantor.")
    alasan: str | None = column("Mengapa ditetapkan demikian; null: menurut katalog, tidak ada yang menetapkan.")
    oleh: str | None = expression(
        "Kantor yang menetapkannya, tidak pernah orangnya; null: menurut katalog.", deadline_reads.set_by
    )


@strawberry.input(description="Tenggat yang ditetapkan bagi sebuah provinsi atau satu kabupaten/kota.")
class TenggatMasukan:
    formulir: str = strawberry.field(description="Kode formulir.")
    periode: Periode = strawberry.field(
        description="Periode yang formulirnya diharapkan: sesering formulir itu atau lebih jarang."
    )
    wilayah: KodeWilayah = strawberry.field(
        description="Provinsi: semua kabupaten/kotanya yang tidak mempunyai ketetapan sendiri; atau satu kabupaten/kota."
    )
    tanggal: date = strawberry.field(
        description="Hari terakhir tepat waktu: sejak hari terakhir periode sampai "
        f"{MOST_DAYS} hari sesudahnya atau sesudah hari ini, yang mana lebih akhir."
    )
    alasan: str = strawberry.field(
        description=f"Mengapa demikian, terbaca oleh siapa saja; 1 sampai {LONGEST_REASON} huruf."
    )

    def draft(self) -> DeadlineDraft:
        return DeadlineDraft(
            self.formulir.strip().upper(), BasePeriode.read(self.periode), self.wilayah, self.tanggal, self.alasan
        )


@strawberry.federation.type(shareable=True, description="Ditolak; tidak ada yang ditulis.")
class TenggatDitolak:
    temuan: list[Temuan] = strawberry.field(metadata=FINDINGS)


HasilTenggat = Annotated[
    Tenggat | TidakBerwenang | TenggatDitolak,
    strawberry.union("HasilTenggat", description="Jawaban atas penetapan tenggat."),
]


async def answer(result: "DeadlineKey | Refused", info: HubInfo) -> HasilTenggat:
    """What was set, read as any question reads it; or what was wrong."""
    if isinstance(result, Refused):
        temuan: Any = list(result.temuan)
        return TenggatDitolak(temuan=temuan)
    rows: Any = await read_rows(None, info, deadline_reads.of_setting(result), Tenggat.__name__)
    return rows  # type: ignore[no-any-return]
