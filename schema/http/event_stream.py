"""The stream of answers of one subscription, whichever way it travels."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from hub.akses.service import TokenService
from hub.base.actor import Actor
from hub.base.errors import LayananTidakSiapError
from hub.base.origin import Origin
from hub.berita.service import Langganan
from hub.berita.statements import Peristiwa
from schema.context import Services
from schema.http.event_plan import LanggananSiap

DENYUT = 15.0  # seconds of silence after which a sign of life goes out and the token is looked at again
BATAS_KIRIM = 60.0  # seconds that one message may take to leave; then the reader counts as gone
_SEKALIGUS = 100  # events read in one round trip


class Aliran:
    """What `langganan` hears, as answers; end it with `tutup`."""

    def __init__(
        self,
        services: Services,
        token: TokenService,
        siap: LanggananSiap,
        langganan: Langganan,
        authorization: str | None,
        origin: Origin,
    ) -> None:
        self._services = services
        self._token = token
        self._authorization = authorization
        self._origin = origin
        self._siap = siap
        self._langganan = langganan

    def tutup(self) -> None:
        self._langganan.tutup()

    async def jawaban(self) -> AsyncGenerator[bytes | None, None]:
        """Answers as JSON; None after some silence. Ends when the hub stops.

        Before anything is told the token is looked at again, so a revoked one hears nothing more. An outage of the
        database is waited for. Raises TokenDitolakError, LanggananTertinggalError and BatasTerlampauiError.
        """
        selesai = self._services.berita.selesai
        while (peristiwa := await self._langganan.ambil(_SEKALIGUS, DENYUT)) is not None:
            jeda = 0.25
            while True:
                try:
                    actor = await self._token.authenticate(self._authorization, self._origin)
                    jawab = await self._baca(actor, peristiwa)
                    break
                except LayananTidakSiapError:
                    yield None
                    with suppress(TimeoutError):
                        await asyncio.wait_for(selesai.wait(), jeda)
                        return
                    jeda = min(jeda * 2, 5)
            for isi in jawab:
                yield isi
            if not peristiwa:
                yield None

    async def _baca(self, actor: Actor, peristiwa: list[Peristiwa]) -> list[bytes]:
        """The events that this caller may see."""
        if not peristiwa:
            return []
        katalog = await self._services.katalog.get()
        perintah = [self._siap.statement(p, katalog) for p in peristiwa]
        hasil = await self._services.db.read_json(actor, perintah)
        return [self._siap.answer(isi) for isi in hasil if isi not in (None, b"null")]
