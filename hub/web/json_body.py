"""Small bodies of JSON, of whoever sends them."""

from typing import Any

import orjson
from starlette.requests import Request

from hub.base.errors import BodyLimitError, InvalidInputError


def json_object(body: bytes) -> dict[str, Any]:
    """Raises InvalidInputError."""
    try:
        content = orjson.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise InvalidInputError("Isi permintaan bukan objek JSON.")
    return content


async def body_within(request: Request, limit: int) -> bytes:
    """Raises BodyLimitError before more than that is read."""
    pieces, came = [], 0
    async for piece in request.stream():
        came += len(piece)
        if came > limit:
            raise BodyLimitError(f"Kiriman terlalu besar; paling banyak {limit // 2**10} KiB.")
        pieces.append(piece)
    return b"".join(pieces)
