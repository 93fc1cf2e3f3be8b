"""Endpoints whose failures are JSON: {"kode": …, "pesan": …}, the sentence in Indonesian; or plain text, for whoever reads no JSON."""

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


def with_errors_as_asked(endpoint: Endpoint) -> Endpoint:
    """The same, told as plain text to whoever names text/plain or text/csv as what he takes, and no JSON."""
    in_json = with_json_errors(endpoint)

    async def answer(request: Request) -> Response:
        response = await in_json(request)
        accept = request.headers.get("accept", "").lower()
        if response.status_code < 400 or "json" in accept or not ("text/plain" in accept or "text/csv" in accept):
            return response
        told = orjson.loads(response.body)
        lines = [told["pesan"], *(f"- {p['nama']}: {p['pesan']}" for p in told.get("parameter", ()))]
        kept = {n: v for n, v in response.headers.items() if n in ("cache-control", "retry-after")}
        return Response("\n".join(lines) + "\n", response.status_code, kept, "text/plain; charset=utf-8")

    return answer


def _error_response(content: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(content), status, {"Cache-Control": "no-store"}, "application/json")
