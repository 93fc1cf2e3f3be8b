"""GET /ubin/{lapisan}.json: TileJSON 3.0. GET /gaya/{lapisan}.json: a MapLibre style. Both carry the question's parameters on
into the addresses they name, and those name the version of the boundaries, so that what never changes is asked for once."""

import hashlib
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.tile_address import Box
from hub.base.etag import held
from hub.peta.layer_requests import AngkaRequest, WilayahRequest
from hub.peta.layer_zoom import lowest_zoom, vector_layers
from hub.peta.layers import DEEPEST_ZOOM, WILAYAH, Layer, layer_named
from hub.peta.versions import Peta
from hub.web.json_errors import with_json_errors
from hub.web.peta_answer import Asked, PetaAnswers
from hub.web.style import breaks, style_of

_INDONESIA = (94.0, -12.0, 142.0, 8.0)  # degrees; where no boundary is loaded


def style_routes(answers: PetaAnswers) -> list[Route]:
    service = answers.service

    async def tilejson(request: Request) -> Response:
        layer = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, layer, "tilejson")
        layer_request = await service.ask(layer, asked.parameter)
        peta = await service.peta()
        content: dict[str, Any] = {
            "tilejson": "3.0.0",
            "name": layer.title,
            "description": layer.description,
            "scheme": "xyz",
            "tiles": [_tiles(request, layer, asked.parameter.in_order(), peta)],
            "minzoom": lowest_zoom(layer, layer_request),
            "maxzoom": DEEPEST_ZOOM,
            "vector_layers": vector_layers(layer, layer_request),
        }
        bounds: Box | None = peta.box or _INDONESIA
        if isinstance(layer_request, WilayahRequest) and layer_request.wilayah is not None:
            bounds = await service.box_of(layer_request)
        if bounds is not None:  # else nothing of that region is drawn
            content["bounds"] = list(bounds)
        return _json(asked, content)

    async def style(request: Request) -> Response:
        layer = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, layer, "gaya")
        layer_request = await service.ask(layer, asked.parameter)
        peta = await service.peta()
        sources = {layer.name: _source(request, layer, asked.parameter.in_order(), peta)}
        classes: list[float] = []
        if isinstance(layer_request, AngkaRequest):
            classes = breaks(await service.values(asked.actor, layer_request))
            sources["wilayah"] = _source(request, WILAYAH, [("tingkat", layer_request.angka.level.name)], peta)
        return _json(asked, style_of(layer.name, layer_request, sources, classes))

    return [
        Route("/ubin/{lapisan}.json", with_json_errors(tilejson)),
        Route("/gaya/{lapisan}.json", with_json_errors(style)),
    ]


def _tiles(request: Request, layer: Layer, parameter: list[tuple[str, str]], peta: Peta) -> str:
    query = urlencode(parameter if layer.live else [*parameter, ("v", peta.version)])
    # {z}, {x}, {y} are for the client
    return f"{_address(request)}/ubin/{layer.name}/{{z}}/{{x}}/{{y}}.mvt" + (f"?{query}" if query else "")


def _source(request: Request, layer: Layer, parameter: list[tuple[str, str]], peta: Peta) -> dict[str, Any]:
    content = {
        "type": "vector", "tiles": [_tiles(request, layer, parameter, peta)], "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
        "bounds": list(peta.box or _INDONESIA),
    }  # fmt: skip
    key = "id" if layer.name in ("sumber-daya", "wksbm") else "kode"
    return content | {"promoteId": key}


def _address(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _json(asked: Asked, content: dict[str, Any]) -> Response:
    """Small, and made of more than one version: its own bytes are the tag."""
    body = orjson.dumps(content)
    tag = hashlib.sha256(body).hexdigest()[:32]
    if held(asked.request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=asked.headers(tag, None))
    return Response(body, 200, asked.headers(tag, None, plain=True), "application/json")
