"""Root mutations: what is decided about a rekap that was sent."""

from typing import Annotated

import strawberry

from hub.base.temuan import Refused
from hub.rekap.decisions import MOST_AT_ONCE
from hub.rekap.notes import CatatanSel as CellNote
from hub.rekap.receipt import key_of
from schema.context import HubInfo
from schema.engine.expectation import Arguments, expects
from schema.expected_rows import length
from schema.rekap.answers import answer, answer_one
from schema.rekap.inputs import CatatanSel, RekapRevisi, choices_of
from schema.rekap.types import HasilRekap

_named = length("rekap", 1)


def _approved(a: Arguments) -> int:
    """Answers of one call: more than it may name are refused in one."""
    named = _named(a)
    return named if named <= MOST_AT_ONCE else 1


_OF_A_REKAP = 1_000  # units of approving one: about its cells


@strawberry.type
class MoveMutations:
    @strawberry.mutation(description="Setujui revisi terbaru; angkanya langsung ikut dihitung.")
    async def setujui_rekap(self, info: HubInfo, id: strawberry.ID, revisi: int) -> HasilRekap:
        key = key_of(id)
        if isinstance(key, Refused):
            return answer(key)
        return answer(await info.context.services.rekap.approve(info.context.actor, key, revisi))

    @strawberry.mutation(
        description=f"Setujui beberapa rekap sekaligus, paling banyak {MOST_AT_ONCE}: satu per satu menurut urutan, masing-masing berdiri "
        "sendiri; yang ditolak tidak menghalangi yang lain. Satu jawaban untuk tiap rekap, dalam urutan yang sama; panggilan yang ditolak "
        "seluruhnya (terlalu banyak, tanpa token) dijawab dengan satu saja. Bila jawabannya tidak sampai, panggilan yang sama boleh "
        "diulang.",
        metadata=expects(rows=_approved, work=lambda a: _OF_A_REKAP * _approved(a)),
    )
    async def setujui_banyak(
        self,
        info: HubInfo,
        rekap: Annotated[
            list[RekapRevisi], strawberry.argument(description="Rekap yang disetujui, dengan revisi terbarunya.")
        ],
    ) -> list[HasilRekap]:
        wanted = [(r.id, r.revisi) for r in rekap]
        return [answer_one(a) for a in await info.context.services.rekap.approve_many(info.context.actor, wanted)]

    @strawberry.mutation(
        description="Kembalikan revisi terbaru kepada kabupaten/kota dengan alasan dan catatan. Yang diberi catatan harus angka yang ada "
        "dalam formulirnya, dari wilayah kabupaten/kota itu."
    )
    async def kembalikan_rekap(
        self, info: HubInfo, id: strawberry.ID, revisi: int, alasan: str, catatan: list[CatatanSel] | None = None
    ) -> HasilRekap:
        key = key_of(id)
        if isinstance(key, Refused):
            return answer(key)
        notes = [CellNote(c.wilayah, c.elemen, c.alasan, c.usulan, choices_of(c.rincian)) for c in catatan or ()]
        return answer(await info.context.services.rekap.send_back(info.context.actor, key, revisi, alasan, notes))

    @strawberry.mutation(
        description="Buka kembali rekap yang sudah disetujui supaya dapat diperbaiki; angkanya tetap dihitung sampai diganti."
    )
    async def buka_rekap(self, info: HubInfo, id: strawberry.ID, alasan: str) -> HasilRekap:
        key = key_of(id)
        if isinstance(key, Refused):
            return answer(key)
        return answer(await info.context.services.rekap.reopen(info.context.actor, key, alasan))

    @strawberry.mutation(
        description="Tarik kembali ajuan Anda sebelum disetujui: rekapnya menjadi draf lagi, isinya tetap, dan perbaikan berikutnya "
        "berpangkal pada revisi itu. Ajuan yang ditarik dianggap belum pernah diajukan, kecuali provinsi pernah menjawab (mengembalikan "
        "atau menyetujui) ajuan sebelumnya."
    )
    async def tarik_rekap(
        self,
        info: HubInfo,
        id: strawberry.ID,
        revisi: Annotated[int, strawberry.argument(description="Revisi terbarunya.")],
        alasan: Annotated[str, strawberry.argument(description="Mengapa ditarik; terbaca oleh provinsi.")],
    ) -> HasilRekap:
        key = key_of(id)
        if isinstance(key, Refused):
            return answer(key)
        return answer(await info.context.services.rekap.withdraw(info.context.actor, key, revisi, alasan))

    @strawberry.mutation(
        description="Terima semua usulan provinsi dari pengembalian terakhir sekaligus: revisi yang dikembalikan, dengan angka yang "
        "diusulkan, diajukan lagi. Total tertulis dan suratnya ikut; pemeriksaannya sama dengan ajukanRekap."
    )
    async def terima_usulan(
        self,
        info: HubInfo,
        id: strawberry.ID,
        revisi: Annotated[int, strawberry.argument(description="Revisi yang dikembalikan; harus yang terbaru.")],
        kunci_idempoten: Annotated[
            str, strawberry.argument(description="Kunci kiriman ini, seperti pada ajukanRekap.")
        ],
    ) -> HasilRekap:
        key = key_of(id)
        if isinstance(key, Refused):
            return answer(key)
        service = info.context.services.rekap
        return answer(await service.accept_proposals(info.context.actor, key, revisi, kunci_idempoten))
