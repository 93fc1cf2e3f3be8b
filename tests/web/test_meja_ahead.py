"""What comes before the desk's own code: whose token it is is asked, and the files of the screen are, while that code is on its way."""

import json
import time
from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints


def _asked_who(browser: Browser) -> int:
    return sum(u.endswith("/graphql#siapaSaya") for u in browser.requested)


def _watch(browser: Browser) -> list[Route]:
    """Holds the desk's own code back; who it is that is asked for is marked in what is recorded."""
    held: list[Route] = []
    browser.page.route("**/aset/meja-*.js", lambda route: held.append(route))

    def mark(request: Request) -> None:
        if request.method == "POST" and "siapaSaya" in json.loads(request.post_data or "{}").get("query", ""):
            browser.requested.append(f"{request.url}#siapaSaya")

    browser.page.on("request", mark)
    return held


def _until(browser: Browser, condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, what
        browser.page.wait_for_timeout(50)


def test_a_screen_and_who_it_is_are_asked_for_before_the_desks_code_is_there(
    module_hub: Client, desk_browser: OpenBrowser
) -> None:
    token = module_hub.token("53")
    with desk_browser(hub=module_hub) as browser:
        held = _watch(browser)
        browser.page.add_init_script(f"sessionStorage.setItem('hub.token', {token!r})")
        browser.page.goto(f"{browser.address}/meja#/banding", wait_until="commit")
        _until(browser, lambda: bool(held), "the desk's code is not asked for")
        for part in ("/aset/comparison_screen-", "/aset/comparison_asked-", ".css", "/graphql#siapaSaya"):
            browser.wait_for_request(part)
        assert not any("/aset/review_screen-" in u for u in browser.requested)
        held[0].continue_()
        expect(browser.page.get_by_role("heading", level=1)).to_have_text("Banding kabupaten/kota")
        expect(browser.page.get_by_role("region", name="Peringkat")).to_be_visible()
        screens = [u for u in browser.requested if "/aset/comparison_screen-" in u and u.endswith(".js")]
        assert len(screens) == 1, "what was asked for ahead is taken"
        assert _asked_who(browser) == 1
        assert complaints(browser) == []


def test_who_is_not_signed_in_asks_for_neither(module_hub: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=module_hub) as browser:
        _watch(browser)
        browser.page.unroute("**/aset/meja-*.js")
        browser.page.goto(f"{browser.address}/meja#/banding")
        expect(browser.page.get_by_label("Token atau kode masuk")).to_be_visible()
        assert not any("/aset/comparison_screen-" in u for u in browser.requested)
        assert _asked_who(browser) == 0


def test_a_token_that_is_refused_ahead_is_refused(module_hub: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=module_hub) as browser:
        _watch(browser)
        browser.page.unroute("**/aset/meja-*.js")
        browser.page.add_init_script("sessionStorage.setItem('hub.token', 'tidak-ada')")
        browser.page.goto(f"{browser.address}/meja")
        expect(browser.page.get_by_label("Token atau kode masuk")).to_be_visible()
        assert _asked_who(browser) == 1
