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

BAWAAN = 10_000  # features, where no limit is given: every desa of the largest province
TERBANYAK = 100_000
_LAIN = ("bbox", "limit", "after")
_JENIS = "application/geo+json"


def geojson_routes(answers: PetaAnswers) -> list[Route]:
    layanan = answers.layanan

    async def geojson(request: Request) -> Response:
        lapisan = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, lapisan, "geojson")
        sama = asked.unchanged
        if sama is not None:
            return sama
        p = asked.parameter
        kotak, batas, sesudah = p.kotak(), p.bilangan("limit", BAWAAN, TERBANYAK), check_key(lapisan, p.teks("after"))
        minta = await layanan.ask(lapisan, p, _LAIN)
        halaman = layanan.features(asked.actor, lapisan, minta, kotak, sesudah, batas)
        awal = await anext(halaman)  # what goes wrong at once is still an answer with a status
        kepala = asked.headers(asked.tag, None, plain=True)
        return StreamingResponse(_alir(asked, awal, halaman), 200, kepala, _JENIS)

    return [Route("/geojson/{lapisan}", with_json_errors(geojson))]


Halaman = tuple[list[str], str | None]


async def _alir(asked: Asked, awal: Halaman, sisa: AsyncGenerator[Halaman]) -> AsyncGenerator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n'
    pembuka = ""
    lanjut: str | None = None
    async with aclosing(_bersambung(awal, sisa)) as semua:
        async for fitur, lanjut in semua:  # noqa: B007 - the last one says where to go on
            if fitur:
                yield (pembuka + ",\n".join(fitur)).encode()
                pembuka = ",\n"
    yield b'\n],"links":' + orjson.dumps(_tautan(asked, lanjut)) + b"}\n"


async def _bersambung(awal: Halaman, sisa: AsyncGenerator[Halaman]) -> AsyncGenerator[Halaman]:
    yield awal
    async for halaman in sisa:
        yield halaman


def _tautan(asked: Asked, lanjut: str | None) -> list[dict[str, str]]:
    tautan = [{"rel": "self", "type": _JENIS, "href": str(asked.request.url)}]
    if lanjut is not None:
        tanya = urlencode([*asked.parameter.tanpa("after").urut(), ("after", lanjut)])
        alamat = asked.request.url.replace(query=tanya)
        tautan.append({"rel": "next", "type": _JENIS, "href": str(alamat)})
    return tautan
