"""What the map's addresses have in common: who asks, the tag before anything is read, bytes kept ready to be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from hub.akses.service import TokenService
from hub.base.actor import PUBLIK, Actor, Peran
from hub.base.etag import held
from hub.base.origin import origin_of
from hub.peta.layer_parameters import Parameter
from hub.peta.layers import Lapisan
from hub.peta.service import PetaLayanan, Versi
from hub.peta.tile_cache import Kept
from hub.web.compression import choose, packed

_SELAMANYA = "public, max-age=31536000, immutable"

# the bytes, and whether they are what the tag stands for
Make = Callable[[], Awaitable[tuple[bytes, bool]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to one layer. `tag` None: no promise can be made. `selamanya`: its address names the version."""

    request: Request
    lapisan: Lapisan
    parameter: Parameter
    actor: Actor
    versi: Versi
    tag: str | None
    selamanya: bool

    @property
    def unchanged(self) -> Response | None:
        """304, where the caller has this very answer."""
        if self.tag is None or not held(self.request.headers.get("if-none-match"), self.tag):
            return None
        return Response(status_code=304, headers=self.headers(self.tag, None))

    def headers(self, tag: str | None, coding: str | None, *, plain: bool = False) -> dict[str, str]:
        """A strong tag stands for the very bytes: each encoding has its own ending, as CompressionMiddleware has them.
        `plain`: a body follows as it is; that middleware then says itself that it might have packed it."""
        vary = [*([] if self.lapisan.umum else ["Authorization"]), *([] if plain else ["Accept-Encoding"])]
        isi = {"Vary": ", ".join(vary)} if vary else {}
        if tag is None:
            return isi | {"Cache-Control": "no-store"}
        siapa = "public" if self.lapisan.umum or self.actor.peran is Peran.PUBLIK else "private"
        isi["ETag"] = f'"{tag}-{coding}"' if coding else f'"{tag}"'
        isi["Cache-Control"] = _SELAMANYA if self.selamanya else f"{siapa}, max-age=0, must-revalidate"
        if coding:
            isi["Content-Encoding"] = coding
        return isi


class PetaAnswers:
    """One per app."""

    def __init__(self, layanan: PetaLayanan, token: TokenService) -> None:
        self.layanan = layanan
        self._token = token

    async def asked(self, request: Request, lapisan: Lapisan, *tempat: object) -> Asked:
        """Raises HubError where the token is wrong. `tempat`: what of the path the answer depends on."""
        parameter = Parameter(request.query_params.multi_items())
        actor = PUBLIK
        if not lapisan.umum:  # else a token changes nothing, and asking for it would keep answers out of shared caches
            actor = await self._token.authenticate(request.headers.get("authorization"), origin_of(request.scope))
        versi = await self.layanan.versi()
        selamanya = not lapisan.hidup and parameter.teks("v") == versi.batas and self.layanan.certain
        parameter = parameter.tanpa("v")
        tag = self.layanan.tag(versi, actor, lapisan, parameter, *tempat)
        return Asked(request, lapisan, parameter, actor, versi, tag, selamanya)

    async def bytes_of(self, asked: Asked, jenis: str, make: Make) -> Response:
        """The kept answer, or the one that `make` gives, kept from then on; 204 where it is empty."""
        cara = choose(asked.request.headers.get("accept-encoding", ""))
        tag = asked.tag
        ada = self.layanan.cache.get((tag, cara)) if tag is not None else None
        if ada is None:
            isi, sama = await make()
            tag = tag if sama else None
            ada = Kept(*await packed(isi, cara))
            if tag is not None:
                self.layanan.cache.put((tag, cara), ada)
        if not ada.body:
            return Response(status_code=204, headers=asked.headers(tag, None))
        return Response(ada.body, 200, asked.headers(tag, ada.coding, plain=ada.coding is None), jenis)
