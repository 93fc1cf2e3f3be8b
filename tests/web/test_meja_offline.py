"""The desk without a line, and how it comes to its next build; what it weighs."""

import gzip
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Response, expect
from starlette.applications import Starlette

from hub.web.page_routes import page_routes
from tests.client import Client
from tests.project_files import ROOT
from tests.server_thread import ServerThread
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, open_desk, sign_in, violations, wait_worker

_STATIC = ROOT / "hub" / "web" / "static"
_LARGEST = 60 * 1024  # bytes of the first screen, packed


def test_reloaded_without_a_line_the_desk_shows_what_was_last_seen(
    read_hub: Client, desk_browser: OpenBrowser, token_kabupaten: str
) -> None:
    other = read_hub.token("53.01")
    with desk_browser() as browser:
        sign_in(browser, token_kabupaten)
        page = browser.page
        expect(page.get_by_role("heading", level=1)).to_contain_text("menunggu")
        waiting = page.get_by_role("heading", level=1).inner_text()
        expect(page.get_by_role("button", name="Templat kosong")).to_be_visible()
        wait_worker(browser)
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(waiting)
        expect(page.get_by_text("Terakhir dilihat")).to_be_visible()
        expect(page.locator(".kepala")).to_contain_text("Tanpa sambungan")
        assert violations(browser) == []
        browser.screenshot("meja_luring")
        page.context.set_offline(False)
        expect(page.get_by_text("Terakhir dilihat")).to_have_count(0)
        # whoever comes next on this device sees nothing of it, with or without a line
        page.evaluate("(token) => { sessionStorage.clear(); sessionStorage.setItem('hub.token', token); }", other)
        page.route("**/graphql*", lambda route: route.abort())
        page.reload()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Rote Ndao")
        assert page.evaluate("async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).flat().filter((p) => p !== '/meja' && !p.startsWith('/aset/'))") == []  # fmt: skip
        assert complaints(browser) == []


def test_the_second_visit_fetches_nothing_but_data(desk_browser: OpenBrowser, token_kabupaten: str) -> None:
    with desk_browser() as browser:
        sign_in(browser, token_kabupaten)
        wait_worker(browser)
        fetched: list[str] = []

        def note(response: Response) -> None:
            if not response.from_service_worker:
                fetched.append(urlsplit(response.url).path)

        browser.page.on("response", note)
        with browser.page.expect_response(
            lambda r: urlsplit(r.url).path == "/graphql"
        ):  # what was last seen shows before
            browser.page.reload()
        expect(browser.page.get_by_role("button", name="Templat kosong")).to_be_visible()
        assert {path for path in fetched if path != "/meja-sw.js"} == {"/graphql"}


def _next_build(folder: Path) -> None:
    """As if the desk had been built anew: another page, and a worker that knows it."""
    page, worker = folder / "meja.html", folder / "meja-sw.js"
    page.write_text(page.read_text().replace('lang="id"', 'lang="id" data-build="2"'))
    worker.write_text(re.sub(r'VERSION = "\w+"', 'VERSION = "2"', worker.read_text()))


def test_the_next_build_is_taken_up_when_it_is_asked_for(desk_browser: OpenBrowser, tmp_path: Path) -> None:
    build = tmp_path / "build"
    shutil.copytree(_STATIC, build)
    server = ServerThread(Starlette(routes=page_routes(graphiql=False, build=build)))
    server.start()
    try:
        with desk_browser() as window:
            browser = Browser(window.page, server.address)
            open_desk(browser)
            wait_worker(browser)
            _next_build(build)
            page = browser.page
            page.reload()
            assert page.locator("html").get_attribute("data-build") is None, "the page stays with the build it has"
            page.get_by_role("button", name="Pakai yang baru").click()
            expect(page.locator("html")).to_have_attribute("data-build", "2")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            stores = page.evaluate("async () => await caches.keys()")
            assert stores[-1:] == ["meja-2"]
            assert len(stores) == 2, "a page of the build before may still be open"
            page.context.set_offline(True)
            page.reload()
            expect(page.get_by_role("heading", level=1)).to_be_visible()
    finally:
        server.stop()


def _weight(page: str) -> dict[str, int]:
    """What the first screen needs, in packed bytes by file."""
    text = (_STATIC / page).read_text()
    assets = re.findall(r'(?:src|href)="(/aset/[^"]+)"', text)
    weights = {name: len(gzip.compress((_STATIC / name[1:]).read_bytes(), 9)) for name in assets}
    return {page: len(gzip.compress(text.encode(), 9)), **weights}


def test_the_first_screen_is_light() -> None:
    weights = _weight("meja.html")
    assert len(weights) >= 4
    assert sum(weights.values()) <= _LARGEST, weights
    assert not [name for name in weights if "maplibre" in name]
