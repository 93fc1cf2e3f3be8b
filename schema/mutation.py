"""Root mutations: the input becomes a frozen draft, the draft makes one service call, its answer becomes a union member.
Expected failures are raised by the services and turned into members by the handlers in schema.failures."""

from typing import Any

import strawberry

from hub.base.errors import MasukanTidakSahError
from hub.services.rekap_workflow import CatatanSel as CatatanDraft
from hub.services.rekap_workflow import Diterima, Ditolak
from hub.services.temuan import GALAT, Temuan
from hub.store.rekap_statements import Kunci
from schema.context import HubInfo
from schema.read.inputs import kunci_rekap
from schema.rekap_inputs import CatatanSel, RekapMasukan
from schema.rekap_types import HasilRekap, RekapDiterima, RekapDitolak


def _jawab(hasil: Diterima | Ditolak) -> RekapDiterima | RekapDitolak:
    if isinstance(hasil, Diterima):
        return RekapDiterima.dari(hasil)
    temuan: Any = list(hasil.temuan)
    return RekapDitolak(temuan=temuan)


def _kunci(id_: str) -> Kunci | Ditolak:
    try:
        return kunci_rekap(id_)
    except MasukanTidakSahError as salah:
        return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=id_),))


@strawberry.type(description="Semua yang dapat diubah. Setiap tindakan adalah satu transaksi.")
class Mutation:
    @strawberry.mutation(description="Ajukan rekap. `uji`: jawaban lengkap, tanpa menulis apa pun.")
    async def ajukan_rekap(self, info: HubInfo, masukan: RekapMasukan, uji: bool | None = False) -> HasilRekap:
        layanan = info.context.services.rekap
        return _jawab(await layanan.submit(info.context.actor, masukan.draft(), uji=bool(uji)))

    @strawberry.mutation(
        description="Simpan rekap sebagai draf; temuan tidak menghalangi, kecuali angka yang tidak dapat ditempatkan."
    )
    async def simpan_draf_rekap(self, info: HubInfo, masukan: RekapMasukan) -> HasilRekap:
        return _jawab(await info.context.services.rekap.save_draft(info.context.actor, masukan.draft()))

    @strawberry.mutation(description="Setujui revisi terbaru; angkanya langsung ikut dihitung.")
    async def setujui_rekap(self, info: HubInfo, id: strawberry.ID, revisi: int) -> HasilRekap:
        kunci = _kunci(id)
        if isinstance(kunci, Ditolak):
            return _jawab(kunci)
        return _jawab(await info.context.services.rekap.approve(info.context.actor, kunci, revisi))

    @strawberry.mutation(description="Kembalikan revisi terbaru kepada kabupaten/kota dengan alasan dan catatan.")
    async def kembalikan_rekap(
        self, info: HubInfo, id: strawberry.ID, revisi: int, alasan: str, catatan: list[CatatanSel] | None = None
    ) -> HasilRekap:
        kunci = _kunci(id)
        if isinstance(kunci, Ditolak):
            return _jawab(kunci)
        isi = [CatatanDraft(c.wilayah, c.elemen, c.alasan, c.usulan) for c in catatan or ()]
        return _jawab(await info.context.services.rekap.send_back(info.context.actor, kunci, revisi, alasan, isi))

    @strawberry.mutation(
        description="Buka kembali rekap yang sudah disetujui supaya dapat diperbaiki; angkanya tetap dihitung sampai diganti."
    )
    async def buka_rekap(self, info: HubInfo, id: strawberry.ID, alasan: str) -> HasilRekap:
        kunci = _kunci(id)
        if isinstance(kunci, Ditolak):
            return _jawab(kunci)
        return _jawab(await info.context.services.rekap.reopen(info.context.actor, kunci, alasan))
