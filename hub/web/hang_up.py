"""A client that hangs up in the middle is no defect: whoever was reading from it stops, and that is all."""

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from hub.base.off_loop import HungUpError

_log = structlog.get_logger("hub.sambungan")


class HangUpMiddleware:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except (ClientDisconnect, WebSocketDisconnect, HungUpError):
            _log.debug("klien memutus sambungan", jenis=scope["type"])
