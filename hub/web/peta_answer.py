"""What the map's addresses have in common: who asks, the tag before anything is read, bytes kept ready to be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from hub.akses.service import TokenService
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.etag import held
from hub.base.origin import origin_of
from hub.peta.layer_parameters import Parameter
from hub.peta.layers import Layer
from hub.peta.service import PetaService, Versions
from hub.peta.tile_cache import Kept
from hub.web.compression import choose, packed

_FOREVER = "public, max-age=31536000, immutable"

# the bytes, and whether they are what the tag stands for
Make = Callable[[], Awaitable[tuple[bytes, bool]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to one layer. `tag` None: no promise can be made. `forever`: its address names the version."""

    request: Request
    layer: Layer
    parameter: Parameter
    actor: Actor
    versions: Versions
    tag: str | None
    forever: bool

    @property
    def unchanged(self) -> Response | None:
        """304, where the caller has this very answer."""
        if self.tag is None or not held(self.request.headers.get("if-none-match"), self.tag):
            return None
        return Response(status_code=304, headers=self.headers(self.tag, None))

    def headers(self, tag: str | None, coding: str | None, *, plain: bool = False) -> dict[str, str]:
        """A strong tag stands for the very bytes: each encoding has its own ending, as CompressionMiddleware has them.
        `plain`: a body follows as it is; that middleware then says itself that it might have packed it."""
        vary = [*([] if self.layer.public else ["Authorization"]), *([] if plain else ["Accept-Encoding"])]
        fields = {"Vary": ", ".join(vary)} if vary else {}
        if tag is None:
            return fields | {"Cache-Control": "no-store"}
        visibility = "public" if self.layer.public or self.actor.role is Role.PUBLIC else "private"
        fields["ETag"] = f'"{tag}-{coding}"' if coding else f'"{tag}"'
        fields["Cache-Control"] = _FOREVER if self.forever else f"{visibility}, max-age=0, must-revalidate"
        if coding:
            fields["Content-Encoding"] = coding
        return fields


class PetaAnswers:
    """One per app."""

    def __init__(self, service: PetaService, token: TokenService) -> None:
        self.service = service
        self._token = token

    async def asked(self, request: Request, layer: Layer, *place: object) -> Asked:
        """Raises HubError where the token is wrong. `place`: what of the path the answer depends on."""
        parameter = Parameter(request.query_params.multi_items())
        actor = PUBLIC
        if not layer.public:  # else a token changes nothing, and asking for it would keep answers out of shared caches
            actor = await self._token.authenticate(request.headers.get("authorization"), origin_of(request.scope))
        versions = await self.service.versions()
        forever = not layer.live and parameter.text("v") == versions.batas and self.service.certain
        parameter = parameter.without("v")
        tag = self.service.tag(versions, actor, layer, parameter, *place)
        return Asked(request, layer, parameter, actor, versions, tag, forever)

    async def bytes_of(self, asked: Asked, media_type: str, make: Make) -> Response:
        """The kept answer, or the one that `make` gives, kept from then on; 204 where it is empty."""
        coding = choose(asked.request.headers.get("accept-encoding", ""))
        tag = asked.tag
        kept = self.service.cache.get((tag, coding)) if tag is not None else None
        if kept is None:
            content, same = await make()
            tag = tag if same else None
            kept = Kept(*await packed(content, coding))
            if tag is not None:
                self.service.cache.put((tag, coding), kept)
        if not kept.body:
            return Response(status_code=204, headers=asked.headers(tag, None))
        return Response(kept.body, 200, asked.headers(tag, kept.coding, plain=kept.coding is None), media_type)
