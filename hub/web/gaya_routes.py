"""GET /ubin/{lapisan}.json: TileJSON 3.0. GET /gaya/{lapisan}.json: a MapLibre style. Both carry the question's parameters on
into the addresses they name, and those name the version of the boundaries, so that what never changes is asked for once."""

import hashlib
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.base.etag import held
from hub.peta.layer_requests import MintaAngka
from hub.peta.layer_zoom import lowest_zoom, vector_layers
from hub.peta.layers import WILAYAH, ZOOM_TERDALAM, Lapisan, layer_named
from hub.peta.versions import Peta
from hub.web.gaya import breaks, style_of
from hub.web.json_errors import with_json_errors
from hub.web.peta_answer import Asked, PetaAnswers

_INDONESIA = (94.0, -12.0, 142.0, 8.0)  # degrees; where no boundary is loaded


def gaya_routes(answers: PetaAnswers) -> list[Route]:
    layanan = answers.layanan

    async def tilejson(request: Request) -> Response:
        lapisan = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, lapisan, "tilejson")
        minta = await layanan.ask(lapisan, asked.parameter)
        peta = await layanan.peta()
        isi = {
            "tilejson": "3.0.0",
            "name": lapisan.judul,
            "description": lapisan.uraian,
            "scheme": "xyz",
            "tiles": [_tiles(request, lapisan, asked.parameter.urut(), peta)],
            "minzoom": lowest_zoom(lapisan, minta),
            "maxzoom": ZOOM_TERDALAM,
            "bounds": list(peta.kotak or _INDONESIA),
            "vector_layers": vector_layers(lapisan, minta),
        }
        return _json(asked, isi)

    async def gaya(request: Request) -> Response:
        lapisan = layer_named(request.path_params["lapisan"])
        asked = await answers.asked(request, lapisan, "gaya")
        minta = await layanan.ask(lapisan, asked.parameter)
        peta = await layanan.peta()
        sumber = {lapisan.nama: _source(request, lapisan, asked.parameter.urut(), peta)}
        kelas: list[float] = []
        if isinstance(minta, MintaAngka):
            kelas = breaks(await layanan.values(asked.actor, minta))
            sumber["wilayah"] = _source(request, WILAYAH, [("tingkat", minta.angka.tingkat.name)], peta)
        return _json(asked, style_of(lapisan.nama, minta, sumber, kelas))

    return [
        Route("/ubin/{lapisan}.json", with_json_errors(tilejson)),
        Route("/gaya/{lapisan}.json", with_json_errors(gaya)),
    ]


def _tiles(request: Request, lapisan: Lapisan, parameter: list[tuple[str, str]], peta: Peta) -> str:
    tanya = urlencode(parameter if lapisan.hidup else [*parameter, ("v", peta.versi)])
    # {z}, {x}, {y} are for the client
    return f"{_alamat(request)}/ubin/{lapisan.nama}/{{z}}/{{x}}/{{y}}.mvt" + (f"?{tanya}" if tanya else "")


def _source(request: Request, lapisan: Lapisan, parameter: list[tuple[str, str]], peta: Peta) -> dict[str, Any]:
    isi = {
        "type": "vector", "tiles": [_tiles(request, lapisan, parameter, peta)], "minzoom": 0, "maxzoom": ZOOM_TERDALAM,
        "bounds": list(peta.kotak or _INDONESIA),
    }  # fmt: skip
    kunci = "id" if lapisan.nama in ("sumber-daya", "wksbm") else "kode"
    return isi | {"promoteId": kunci}


def _alamat(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _json(asked: Asked, isi: dict[str, Any]) -> Response:
    """Small, and made of more than one version: its own bytes are the tag."""
    teks = orjson.dumps(isi)
    tag = hashlib.sha256(teks).hexdigest()[:32]
    if held(asked.request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=asked.headers(tag, None))
    return Response(teks, 200, asked.headers(tag, None, plain=True), "application/json")
