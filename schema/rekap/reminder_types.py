"""GraphQL types of reminders: which rekap are meant, and the text for each office."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from hub.base.periode import Periode as BasePeriode
from hub.base.public_id import RekapKey
from hub.rekap import preview_reads, reminder_reads
from schema.context import HubInfo
from schema.engine.declare import column, relation
from schema.engine.execute import read_rows
from schema.rekap.types import Temuan, TidakBerwenang
from schema.scalars import KodeWilayah, Periode
from schema.wilayah.types import Kabupaten

if TYPE_CHECKING:
    from hub.rekap.reminder_service import Reminded


@strawberry.input(description="Rekap yang ditunggu dari satu kabupaten/kota, juga bila belum ada yang diterima.")
class RekapDiminta:
    pelapor: KodeWilayah = strawberry.field(description="Kabupaten atau kotanya.")
    formulir: str = strawberry.field(description="Kode formulir.")
    periode: Periode = strawberry.field(description="Periodenya.")

    def key(self) -> RekapKey:
        return RekapKey(self.pelapor, self.formulir.strip().upper(), str(BasePeriode.read(self.periode)))


@strawberry.federation.type(description="Pesan bagi satu kantor.")
class PesanPengingat:
    kabupaten: Kabupaten = relation("Kabupaten atau kota yang diingatkan.", reminder_reads.office)
    teks: str = column("Teks yang siap dikirim, misalnya lewat WhatsApp: semua rekap yang belum diajukan kantor itu.")


@strawberry.federation.type(
    description="Pengingat yang dicatat: satu pesan tiap kantor yang masih mempunyai rekap terbuka."
)
class PengingatTercatat:
    pesan: list[PesanPengingat] = relation(
        "Pesan-pesannya, menurut urutan kantor dalam permintaan; kosong bila ada galat dalam temuan: tidak ada yang dicatat.",
        reminder_reads.messages,
        rows=15,
    )
    temuan: list[Temuan] = relation(
        "Yang keliru dalam permintaan (galat), dan rekap yang tidak perlu diingatkan karena sudah diajukan (info).",
        preview_reads.findings,
        rows=20,
    )


HasilPengingat = Annotated[
    PengingatTercatat | TidakBerwenang,
    strawberry.union("HasilPengingat", description="Jawaban atas pencatatan pengingat."),
]


async def answer(done: "Reminded", info: HubInfo) -> HasilPengingat:
    """What was noted, told as any question is."""
    rows: Any = await read_rows(None, info, reminder_reads.of_call(done), PengingatTercatat.__name__)
    return rows  # type: ignore[no-any-return]
