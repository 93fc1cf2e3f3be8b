"""Endpoints whose failures are JSON: {"kode": …, "pesan": …}, the sentence in Indonesian."""

from collections.abc import Awaitable, Callable

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from hub.base.defects import DEFECT, report_defect
from hub.base.errors import HubError
from hub.base.off_loop import HungUpError

Endpoint = Callable[[Request], Awaitable[Response]]


def with_json_errors(endpoint: Endpoint) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except HubError as error:
            response = _error_response({"kode": error.kode, "pesan": error.message, **error.rincian}, error.status)
            if error.retry_after is not None:
                response.headers["Retry-After"] = str(error.retry_after)
            return response
        except (ClientDisconnect, HungUpError):
            raise
        except Exception as error:
            message, number = report_defect(error, "hub.web")
            return _error_response({"kode": DEFECT, "pesan": message, "nomor": number}, 500)

    return answer


def _error_response(content: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(content), status, {"Cache-Control": "no-store"}, "application/json")
