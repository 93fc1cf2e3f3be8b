"""GET /ubin/{lapisan}/{z}/{x}/{y}.mvt: vector tiles. GET /versi.json: which shapes and data there are.

GET /angka.json: figures apart from shapes, to be joined by code. Switching the indicator moves kilobytes, no geometry.
"""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.tile_address import TileAddress
from hub.base.errors import InvalidInputError
from hub.peta.layers import ANGKA, layer_named
from hub.web.json_errors import with_json_errors
from hub.web.peta_answer import PetaAnswers

_MVT = "application/vnd.mapbox-vector-tile"


def tile_routes(answers: PetaAnswers) -> list[Route]:
    service = answers.service

    async def tile(request: Request) -> Response:
        layer = layer_named(request.path_params["lapisan"])
        try:
            address = TileAddress.read(*(request.path_params[k] for k in ("z", "x", "y")))
        except ValueError as error:
            raise InvalidInputError(str(error)) from None
        asked = await answers.asked(request, layer, address.z, address.x, address.y)
        unchanged = asked.unchanged
        if unchanged is not None:
            return unchanged

        async def make() -> tuple[bytes, bool]:
            layer_request = await service.ask(layer, asked.parameter)
            return await service.tile(asked.actor, layer, layer_request, address, asked.versions)

        return await answers.bytes_of(asked, _MVT, make)

    async def angka(request: Request) -> Response:
        asked = await answers.asked(request, ANGKA, "angka.json")
        unchanged = asked.unchanged
        if unchanged is not None:
            return unchanged

        async def make() -> tuple[bytes, bool]:
            layer_request = await service.figures_asked(asked.parameter)
            return await service.figures(asked.actor, layer_request, asked.versions), True

        return await answers.bytes_of(asked, "application/json", make)

    async def versions(_: Request) -> Response:
        current = await service.versions()
        content = orjson.dumps({"batas": current.batas, "data": current.data})
        return Response(content, 200, {"Cache-Control": "no-store"}, "application/json")

    return [
        Route("/ubin/{lapisan}/{z}/{x}/{y}.mvt", with_json_errors(tile)),
        Route("/angka.json", with_json_errors(angka)),
        Route("/versi.json", with_json_errors(versions)),
    ]
