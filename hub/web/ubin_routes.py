"""GET /ubin/{lapisan}/{z}/{x}/{y}.mvt: vector tiles. GET /versi.json: which shapes and data there are.

GET /angka.json: figures apart from shapes, to be joined by code. Switching the indicator moves kilobytes, no geometry.
"""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.tile_address import TileAddress
from hub.base.errors import MasukanTidakSahError
from hub.peta.layers import ANGKA, layer_named
from hub.web.json_errors import with_json_errors
from hub.web.peta_answer import PetaAnswers

_MVT = "application/vnd.mapbox-vector-tile"


def ubin_routes(answers: PetaAnswers) -> list[Route]:
    layanan = answers.layanan

    async def ubin(request: Request) -> Response:
        lapisan = layer_named(request.path_params["lapisan"])
        try:
            alamat = TileAddress.read(*(request.path_params[k] for k in ("z", "x", "y")))
        except ValueError as salah:
            raise MasukanTidakSahError(str(salah)) from None
        asked = await answers.asked(request, lapisan, alamat.z, alamat.x, alamat.y)
        sama = asked.unchanged
        if sama is not None:
            return sama

        async def make() -> tuple[bytes, bool]:
            minta = await layanan.ask(lapisan, asked.parameter)
            return await layanan.tile(asked.actor, lapisan, minta, alamat, asked.versi)

        return await answers.bytes_of(asked, _MVT, make)

    async def angka(request: Request) -> Response:
        asked = await answers.asked(request, ANGKA, "angka.json")
        sama = asked.unchanged
        if sama is not None:
            return sama

        async def make() -> tuple[bytes, bool]:
            minta = await layanan.figures_asked(asked.parameter)
            return await layanan.figures(asked.actor, minta, asked.versi), True

        return await answers.bytes_of(asked, "application/json", make)

    async def versi(_: Request) -> Response:
        ada = await layanan.versi()
        isi = orjson.dumps({"batas": ada.batas, "data": ada.data})
        return Response(isi, 200, {"Cache-Control": "no-store"}, "application/json")

    return [
        Route("/ubin/{lapisan}/{z}/{x}/{y}.mvt", with_json_errors(ubin)),
        Route("/angka.json", with_json_errors(angka)),
        Route("/versi.json", with_json_errors(versi)),
    ]
