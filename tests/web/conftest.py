"""A real browser: Debian's Chromium, driven by Playwright. Every test gets one of its own, with nothing remembered.

While a page is open, Playwright's event loop runs in this thread: what needs asyncio.run (a new token) comes before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.chromium import chromium

expect.set_options(timeout=20_000)  # maps are drawn by the processor, which the other tests use too
_SILENT = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_WITHOUT_WEBGL = ["--disable-gpu", "--disable-3d-apis"]
_WITH_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # drawn by the processor


@pytest.fixture(scope="session")
def token_kabupaten(read_hub: Client) -> str:
    """A token of 53.14."""
    return read_hub.token("53.14")


@pytest.fixture
def browser(read_hub: Client, token_kabupaten: str, tmp_path: Path) -> Iterator[Browser]:
    """A browser over the shared demo hub; `token_kabupaten` comes first, for it cannot be made while a page is open."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profil",
            executable_path=chromium(), headless=True, args=[*_SILENT, *_WITHOUT_WEBGL],
            viewport={"width": 1360, "height": 820}, locale="id-ID",
        )  # fmt: skip
        yield Browser(context.pages[0], read_hub.address)
        context.close()


@pytest.fixture(scope="module")
def peta_browser(read_hub: Client, token_kabupaten: str, playwright: Playwright) -> Iterator[OpenBrowser]:
    """Opens windows of one browser that can draw maps; each remembers nothing of the others. Arguments: width, height, and the
    hub where it is not the shared one."""
    yield from _windows(playwright, read_hub, _WITH_WEBGL)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One for all that a file opens: two cannot run in a thread."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def desk_browser(read_hub: Client, token_kabupaten: str, playwright: Playwright) -> Iterator[OpenBrowser]:
    """As `peta_browser`, without maps."""
    yield from _windows(playwright, read_hub, _WITHOUT_WEBGL)


@pytest.fixture
def device(playwright: Playwright, token_kabupaten: str, tmp_path: Path) -> OpenBrowser:
    """Opens the browser of one device: closed and opened again, it has what it had. Arguments: width, height, the hub."""

    @contextmanager
    def open_browser(width: int = 1280, height: int = 800, *, hub: Client) -> Iterator[Browser]:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "gawai",
            executable_path=chromium(), headless=True, args=[*_SILENT, *_WITHOUT_WEBGL],
            viewport={"width": width, "height": height}, locale="id-ID",
        )  # fmt: skip
        try:
            yield Browser(context.pages[0], hub.address)
        finally:
            context.close()

    return open_browser


def _windows(playwright: Playwright, shared: Client, switches: list[str]) -> Iterator[OpenBrowser]:
    program = playwright.chromium.launch(executable_path=chromium(), headless=True, args=[*_SILENT, *switches])

    @contextmanager
    def open_browser(width: int = 1280, height: int = 800, hub: Client = shared) -> Iterator[Browser]:
        context = program.new_context(viewport={"width": width, "height": height}, locale="id-ID")
        try:
            yield Browser(context.new_page(), hub.address)
        finally:
            context.close()

    yield open_browser
    program.close()
