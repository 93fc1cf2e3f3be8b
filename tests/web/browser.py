"""A page in a real browser, and everything it asked for or complained about."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.hub_server import SETTINGS

ARTEFACTS = SETTINGS.home / "artefak"


class Browser:
    """One page, and everything it asked for or complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requested: list[str] = []
        self.complaints: list[str] = []
        page.context.on("request", self._record)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)[:300]))

    def _record(self, request: Request) -> None:
        self.requested.append(request.url)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text[:300])  # a blocked font would come along whole

    def wait_for_request(self, part: str) -> None:
        """Until something with this in its address was asked for, be it already; fails after ten seconds."""
        deadline = time.monotonic() + 10
        while not any(part in u for u in self.requested):
            assert time.monotonic() < deadline, f"nothing asked for {part}"
            self.page.wait_for_timeout(50)

    def outbound(self) -> list[str]:
        """Requests to anywhere but the hub."""
        return [u for u in self.requested if urlsplit(u).scheme != "data" and not u.startswith(f"{self.address}/")]

    def screenshot(self, name: str) -> Path:
        """A screenshot, kept for whoever looks at the run."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")
        return ARTEFACTS / f"{name}.png"


OpenBrowser = Callable[..., AbstractContextManager[Browser]]
