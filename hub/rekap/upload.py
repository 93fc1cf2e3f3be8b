"""A rekap that comes as a file over the network."""

from collections.abc import Callable

from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES, let_go, no_full_collection
from hub.base.temuan import Refused
from hub.lembar.sheet import file_temuan
from hub.rekap import moves
from hub.rekap.draft import Envelope, RekapDraft
from hub.rekap.service import Receipt, RekapWorkflow

RekapReader = Callable[[str, bytes, Envelope], RekapDraft]
"""(name of the file, content, envelope) → draft. Raises InvalidInputError saying what is wrong."""


class RekapUpload:
    """`read`: reads files. Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong is in Refused."""

    def __init__(self, rekap: RekapWorkflow, read: RekapReader) -> None:
        self._rekap = rekap
        self._read = read

    async def submit(
        self, actor: Actor, name: str, content: bytes, envelope: Envelope, *, dry_run: bool
    ) -> Receipt | Refused:
        """Submit what the file holds; nobody's file is opened who may not submit."""
        moves.require(actor, envelope.pelapor, moves.SUBMIT)
        with no_full_collection():
            try:
                drafts = [await FILES.run(self._read, name, content, envelope)]
            except InvalidInputError as error:
                return Refused((file_temuan(error, name, envelope.pelapor),))
            try:
                return await self._rekap.submit(actor, drafts[0], dry_run=dry_run)
            finally:
                await let_go(len(drafts[0].cells), drafts)
