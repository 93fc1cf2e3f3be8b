"""Strong ETags for queries by GET. The tag is a hash of everything an answer depends on (what was asked, for whom, as of
which data version), so it is known before anything is read, and an answer that has not changed costs no statement."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from hub.base.actor import Actor, Peran
from hub.base.etag import held


@dataclass(frozen=True, slots=True)
class Tanda:
    """The tag an answer will bear. `publik`: nobody's token was involved."""

    isi: str
    publik: bool

    def known_to(self, request: Request) -> bool:
        """Whether the caller has this very answer. (`*` proves nothing of the kind.)"""
        return held(request.headers.get("if-none-match"), self.isi)

    def unchanged(self) -> Response:
        return self.on(Response(status_code=304))

    def on(self, jawab: Response) -> Response:
        jawab.headers["ETag"] = f'"{self.isi}"'
        jawab.headers["Cache-Control"] = f"{'public' if self.publik else 'private'}, max-age=0, must-revalidate"
        jawab.headers["Vary"] = "Authorization, Accept-Encoding, Accept"
        return jawab


def tag_for(
    request: Request, actor: Actor, versi: str | None, query: str, variables: dict[str, Any], nama: str | None
) -> Tanda | None:
    """The tag of what this request by GET will be answered; None where none can be promised. Take it before reading.

    `versi` begins with a mark of this very process, so a newer program or another schema never meets an old tag. The
    encodings the caller takes are part of it: a strong tag stands for the very bytes that go out.
    """
    if versi is None:
        return None
    isi = [
        versi, actor.peran, actor.wilayah, query, variables, nama,
        request.headers.get("accept-encoding", ""), request.headers.get("accept", ""),
    ]  # fmt: skip
    sidik = hashlib.sha256(orjson.dumps(isi, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))
    return Tanda(sidik.hexdigest()[:40], actor.peran is Peran.PUBLIK)
