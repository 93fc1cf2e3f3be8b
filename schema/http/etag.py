"""Strong ETags for queries by GET. The tag is a hash of everything an answer depends on (what was asked, for whom, as of
which data version), so it is known before anything is read, and an answer that has not changed costs no statement."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from hub.base.actor import Actor, Role
from hub.base.etag import held


@dataclass(frozen=True, slots=True)
class AnswerTag:
    """The tag an answer will bear. `public`: nobody's token was involved."""

    value: str
    public: bool

    def known_to(self, request: Request) -> bool:
        """Whether the caller has this very answer. (`*` proves nothing of the kind.)"""
        return held(request.headers.get("if-none-match"), self.value)

    def unchanged(self) -> Response:
        return self.on(Response(status_code=304))

    def on(self, response: Response) -> Response:
        response.headers["ETag"] = f'"{self.value}"'
        response.headers["Cache-Control"] = f"{'public' if self.public else 'private'}, max-age=0, must-revalidate"
        response.headers["Vary"] = "Authorization, Accept-Encoding, Accept"
        return response


def tag_for(
    request: Request, actor: Actor, version: str | None, query: str, variables: dict[str, Any], name: str | None
) -> AnswerTag | None:
    """The tag of what this request by GET will be answered; None where none can be promised. Take it before reading.

    `version` begins with a mark of this very process, so a newer program or another schema never meets an old tag. The
    encodings the caller takes are part of it: a strong tag stands for the very bytes that go out.
    """
    if version is None:
        return None
    parts = [
        version, actor.role, actor.wilayah, query, variables, name,
        request.headers.get("accept-encoding", ""), request.headers.get("accept", ""),
    ]  # fmt: skip
    fingerprint = hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))
    return AnswerTag(fingerprint.hexdigest()[:40], actor.role is Role.PUBLIC)
