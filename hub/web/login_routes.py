"""POST /masuk: a one-time code for the token that waits behind it. Taken from the hub's own pages and from programs, never from a page of
another address; nothing of it goes into a log or a cache."""

from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.akses.invitation_service import Invitations, LetIn
from hub.base.errors import ContentTypeError, CrossOriginError, InvalidInputError
from hub.base.off_loop import let_in
from hub.base.origin import caller_of, origin_of
from hub.web.cross_origin import LOGIN_PATH
from hub.web.json_body import body_within, json_object
from hub.web.json_errors import with_json_errors

_LARGEST = 4 * 2**10  # bytes


def login_routes(invitations: Invitations) -> list[Route]:
    async def log_in(request: Request) -> Response:
        _check_sender(request)
        origin = origin_of(request.scope)
        let_in(caller_of(origin.address, None), request.scope)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise ContentTypeError(
                'Kirim kode masuk sebagai JSON, dengan Content-Type: application/json: {"kode": "…"}.'
            )
        content = json_object(await body_within(request, _LARGEST))
        code, proof = content.get("kode"), content.get("bukti")
        if not isinstance(code, str) or not isinstance(proof, str | None):
            raise InvalidInputError(
                'Kirim {"kode": "…"}, dan bila perlu "bukti": rahasia acak buatan gawai itu sendiri.'
            )
        answer = await invitations.exchange(code, proof, origin)
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(orjson.dumps(_told(answer)), 200, headers, "application/json")

    return [Route(LOGIN_PATH, with_json_errors(log_in), methods=["POST"])]


def _told(answer: LetIn) -> dict[str, object]:
    holder = answer.holder
    return {
        "token": answer.token, "peran": holder.role, "nama": holder.name, "wilayah": holder.wilayah or None,
        "berlakuSampai": answer.expires,
    }  # fmt: skip


def _check_sender(request: Request) -> None:
    """Raises CrossOriginError. What a browser says of a page by itself no page can change; a program says nothing."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:  # a browser that is served without TLS says the origin alone
        own = origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    if not own:
        raise CrossOriginError("Kode masuk hanya diterima dari halaman hub ini sendiri, bukan dari situs lain.")
