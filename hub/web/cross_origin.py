"""Who may read answers from a page of another address: everybody. What is not public needs a token, never a cookie. But for the door
where tokens are fetched, which no other page is told it may use."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.base.headers import header

LOGIN_PATH = "/masuk"
_EXPOSED = ["Content-Disposition", "ETag", "X-Temuan", "X-Temuan-Galat"]


class CrossOriginMiddleware(CORSMiddleware):
    """Starlette's, set up for the hub. A POST that names no origin comes from a program and passes untouched: it needs no
    permission, and no cache keeps the answer that a Vary would tell apart."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            app, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"], expose_headers=_EXPOSED
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (
            scope["path"] == LOGIN_PATH or (scope["method"] == "POST" and header(scope, b"origin") is None)
        ):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
