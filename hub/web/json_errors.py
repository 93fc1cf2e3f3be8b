"""Endpoints whose failures are JSON: {"kode": …, "pesan": …}, the sentence in Indonesian."""

from collections.abc import Awaitable, Callable

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from hub.base.defects import DEFECT, report_defect
from hub.base.errors import HubError

Endpoint = Callable[[Request], Awaitable[Response]]


def with_json_errors(endpoint: Endpoint) -> Endpoint:
    async def jawab(request: Request) -> Response:
        try:
            return await endpoint(request)
        except HubError as salah:
            jawaban = _galat({"kode": salah.kode, "pesan": salah.pesan, **salah.rincian}, salah.status)
            if salah.coba_lagi is not None:
                jawaban.headers["Retry-After"] = str(salah.coba_lagi)
            return jawaban
        except ClientDisconnect:
            raise
        except Exception as salah:
            pesan, nomor = report_defect(salah, "hub.web")
            return _galat({"kode": DEFECT, "pesan": pesan, "nomor": nomor}, 500)

    return jawab


def _galat(isi: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(isi), status, {"Cache-Control": "no-store"}, "application/json")
