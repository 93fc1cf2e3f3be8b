"""What a request to /graphql asks, read within the limits of its sender: little from the public, more from who sends a
token. What is larger is refused before it is read."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from hub.base.actor import Actor
from hub.base.errors import (
    BatchRefusedError,
    ContentTypeError,
    LimitExceededError,
    MalformedRequestError,
    UnreadableRequestError,
)
from hub.base.headers import header
from hub.base.off_loop import BULK
from schema.http.limits import GuardRails, body_limit, contains_nul, too_deep, too_large
from schema.http.media_types import JSON
from schema.http.multipart import read_upload
from schema.http.persisted import PersistedQueries

READING = ("GET", "HEAD")  # the document stands in the address
LARGE = 64 * 2**10  # bytes of input that are read beside the event loop
_MOST = 3_000_000  # values in one JSON text; reading them is one step that nobody can share the interpreter with
_MOST_NESTING = 250  # levels of lists and objects in variables: as many as the JSON writer bears


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks for. `keep`: the hash under which the client asks the document to be kept; `files`: there are
    files among the variables; `large`: so much that others should not wait while it is looked through; `nul`: there is NUL
    among the variables, which only a representation may hold, to be told at its place."""

    query: str
    variables: dict[str, Any]
    name: str | None
    keep: str | None = None
    files: bool = False
    large: bool = False
    nul: bool = False


async def read_request(request: Request, actor: Actor, guard: GuardRails, persisted: PersistedQueries) -> Asked:
    """Raises BodyLimitError before the body is read where its length is told, else as soon as it is too much; other
    HubErrors for what is no request."""
    body, read_json = _Body(request, actor, guard), _JsonReader()
    files = False
    if request.method in READING:
        content: Any = dict(request.query_params)
        for what in ("variables", "extensions"):
            if isinstance(content.get(what), str):
                content[what] = await read_json(content[what].encode(), what) if content[what] else None
    elif (media_type := _media_type(request)) in (JSON, "application/graphql+json"):
        content = await read_json(await body.whole(), "badan permintaan")
    elif media_type == "multipart/form-data":
        content, files = await read_upload(request.headers, body.pieces(), body.limit, read_json)
    else:
        raise ContentTypeError(
            "Kirim permintaan sebagai JSON UTF-8 (Content-Type: application/json); bila membawa berkas, sebagai "
            "multipart/form-data."
        )
    if isinstance(content, list):
        raise BatchRefusedError("Kirim satu permintaan sekali jalan; kumpulan permintaan tidak dilayani.")
    if not isinstance(content, dict):
        raise MalformedRequestError('Permintaan GraphQL harus objek JSON yang berisi "query".')
    variables, name, extensions = _parts(content)
    query, keep = content.get("query"), None
    if query is None or isinstance(query, str):
        query, keep = persisted.find(extensions, query)
    if not isinstance(query, str) or not query.strip():
        raise MalformedRequestError('Permintaan GraphQL harus berisi "query".')
    large, nul = body.read > LARGE, read_json.found_nul
    if nul:
        nul = await BULK.run(contains_nul, variables) if large else contains_nul(variables)
    return Asked(query, variables, name, keep, files, large, nul)


def _parts(content: dict[str, Any]) -> tuple[dict[str, Any], str | None, dict[str, Any]]:
    """Variables, the operation's name and extensions; null and the empty text are as good as nothing."""
    variables, name, extensions = (content.get(n) for n in ("variables", "operationName", "extensions"))
    wrong = [
        said
        for said, is_wrong in (
            ('"variables" harus objek', not (variables is None or isinstance(variables, dict))),
            ('"operationName" harus teks', not (name is None or isinstance(name, str))),
            ('"extensions" harus objek', not (extensions is None or isinstance(extensions, dict))),
        )
        if is_wrong
    ]
    if wrong:
        raise MalformedRequestError(f"{', '.join(wrong)}.")
    return variables or {}, name or None, extensions or {}


class _Body:
    """The body of one request, or its address where that says it all."""

    def __init__(self, request: Request, actor: Actor, guard: GuardRails) -> None:
        self._request = request
        self._told = (guard, actor)
        self.limit = body_limit(guard, actor)
        self.read = 0  # bytes so far
        length = header(request.scope, b"content-length") or ""
        if length.isascii() and length.isdigit() and int(length[:20]) > self.limit:
            raise too_large(guard, actor)
        if len(request.scope["query_string"]) > self.limit:
            raise too_large(guard, actor)

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        async for piece in self._request.stream():
            self._count(piece)
            yield piece

    async def whole(self) -> bytes:
        pieces = []
        async for piece in self._request.stream():
            self._count(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def _count(self, piece: bytes) -> None:
        self.read += len(piece)
        if self.read > self.limit:
            raise too_large(*self._told)


def _media_type(request: Request) -> str:
    """The media type of the body; empty where its charset is none that JSON has."""
    said = header(request.scope, b"content-type") or ""
    return JSON if said == JSON else _media_type_of(said)


def _media_type_of(said: str) -> str:
    media_type, _, rest = said.partition(";")
    charset = rest.partition("charset=")[2].split(";")[0].strip().strip('"').lower()
    return media_type.strip().lower() if charset in ("", "utf-8", "utf8") else ""


class _JsonReader:
    """JSON; read beside the event loop where it is large. `found_nul`: there was NUL in some text of it."""

    def __init__(self) -> None:
        self.found_nul = False

    async def __call__(self, content: bytes, what: str) -> Any:
        """Raises InvalidInputError."""
        # in JSON it is always written as an escape
        self.found_nul = self.found_nul or b"\\u0000" in content
        return await BULK.run(_loads, content, what) if len(content) > LARGE else _loads(content, what)


def _loads(content: bytes, what: str) -> Any:
    if len(content) > _MOST and (found := content.count(b",")) > _MOST:
        raise LimitExceededError(
            f"JSON pada {what} berisi sekitar {found} isian, paling banyak {_MOST}; bagi kirimannya."
        )
    try:
        result = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UnreadableRequestError(f"JSON pada {what} {_reason(content, error)}.") from None
    if content.count(b"[") + content.count(b"{") > _MOST_NESTING and too_deep(result):
        raise UnreadableRequestError(
            f"JSON pada {what} bersarang terlalu dalam, lebih dari {_MOST_NESTING} lapis; ratakan isinya."
        )
    return result


def _reason(content: bytes, error: orjson.JSONDecodeError) -> str:
    """Why a JSON text cannot be read, and where."""
    if not content.strip():
        return "kosong"
    try:
        content.decode()
    except UnicodeDecodeError as wrong:
        return f"bukan UTF-8 (bita ke-{wrong.start + 1})"
    return f"tidak terbaca pada baris {error.lineno}, kolom {error.colno}; periksa tanda kutip, koma dan kurungnya di sekitar itu"
