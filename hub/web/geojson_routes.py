"""GET /geojson/{lapisan}: features as RFC 7946 has them, streamed page by page. `limit` and `after` cut a long answer into
several; `links` at its end says where it goes on."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hub.peta.layers import layer_named
from hub.peta.service import check_key
from hub.web.json_errors import with_json_errors
from hub.web.peta_answer import Asked, PetaAnswers

DEFAULT_LIMIT = 10_000  # features, where no limit is given: every desa of the largest province
HIGHEST_LIMIT = 100_000
_PAGING = ("bbox", "limit", "after")
_MEDIA_TYPE = "application/geo+json"


def geojson_routes(answers: PetaAnswers) -> list[Route]:
    service = answers.service

    async def geojson(request: Request) -> Response:
        layer = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, layer, "geojson")
        unchanged = asked.unchanged
        if unchanged is not None:
            return unchanged
        p = asked.parameter
        box, limit, after = (
            p.box(),
            p.whole_number("limit", DEFAULT_LIMIT, HIGHEST_LIMIT),
            check_key(layer, p.text("after")),
        )
        layer_request = await service.ask(layer, p, _PAGING)
        pages = service.features(asked.actor, layer, layer_request, box, after, limit)
        first = await anext(pages)  # what goes wrong at once is still an answer with a status
        headers = asked.headers(asked.tag, None, plain=True)
        return StreamingResponse(_stream(asked, first, pages), 200, headers, _MEDIA_TYPE)

    return [Route("/geojson/{lapisan}", with_json_errors(geojson))]


Page = tuple[list[str], str | None]


async def _stream(asked: Asked, first: Page, rest: AsyncGenerator[Page]) -> AsyncGenerator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n'
    lead = ""
    next_key: str | None = None
    async with aclosing(_chained(first, rest)) as pages:
        async for features, next_key in pages:  # noqa: B007 - the last one says where to go on
            if features:
                yield (lead + ",\n".join(features)).encode()
                lead = ",\n"
    yield b'\n],"links":' + orjson.dumps(_links(asked, next_key)) + b"}\n"


async def _chained(first: Page, rest: AsyncGenerator[Page]) -> AsyncGenerator[Page]:
    yield first
    async for page in rest:
        yield page


def _links(asked: Asked, next_key: str | None) -> list[dict[str, str]]:
    links = [{"rel": "self", "type": _MEDIA_TYPE, "href": str(asked.request.url)}]
    if next_key is not None:
        query = urlencode([*asked.parameter.without("after").in_order(), ("after", next_key)])
        address = asked.request.url.replace(query=query)
        links.append({"rel": "next", "type": _MEDIA_TYPE, "href": str(address)})
    return links
