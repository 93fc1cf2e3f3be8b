"""A rekap that comes as a file over the network."""

from collections.abc import Callable

from hub.base.actor import Actor
from hub.base.errors import MasukanTidakSahError
from hub.base.off_loop import FILES, let_go, no_full_collection
from hub.base.temuan import Ditolak
from hub.lembar.sheet import temuan_berkas
from hub.rekap.draft import RekapDraft
from hub.rekap.service import Diterima, RekapWorkflow, hanya_pelapor

BacaRekap = Callable[[str, bytes, str, str, str, str], RekapDraft]
"""(name of the file, content, reporter, form, period, key) → draft. Raises MasukanTidakSahError saying what is wrong."""


class RekapUpload:
    """`baca`: reads files. Raises TidakBerwenangError and BentrokRevisiError; everything else that is wrong is in Ditolak."""

    def __init__(self, rekap: RekapWorkflow, baca: BacaRekap) -> None:
        self._rekap = rekap
        self._baca = baca

    async def submit(
        self, actor: Actor, nama: str, isi: bytes, pelapor: str, formulir: str, periode: str, kunci: str, *, uji: bool
    ) -> Diterima | Ditolak:
        """Submit what the file holds; nobody's file is opened who may not submit."""
        hanya_pelapor(actor, pelapor)
        with no_full_collection():
            try:
                dibaca = [await FILES.run(self._baca, nama, isi, pelapor, formulir, periode, kunci)]
            except MasukanTidakSahError as salah:
                return Ditolak((temuan_berkas(salah, nama, pelapor),))
            try:
                return await self._rekap.submit(actor, dibaca[0], uji=uji)
            finally:
                await let_go(len(dibaca[0].sel), dibaca)
