"""The desk /meja as its tests see it: signed in, read for words that are no officer's, looked at by axe."""

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.project_files import ROOT
from tests.web.browser import Browser

_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
# names of the API and of programs, in capitals or with a hump; and what programs write where they have nothing to say
_INTERNALS = re.compile(
    r"\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b|\b[a-z]+[a-z0-9]*[A-Z]\w+|\b(?:DRAF|DIAJUKAN|DIKEMBALIKAN|DISETUJUI|KABUPATEN|PROVINSI|ADMIN|GALAT"
    r"|BULAN|TRIWULAN|SEMESTER|TAHUN)\b|\b(?:GraphQL|JSON|HTTP|undefined|null|NaN|Invalid Date|uji)\b|\[object|\bhub_\w+"
)
_FAMILIAR = {"WhatsApp"}
_FAILED_LOAD = "Failed to load resource"  # what Chromium says of every answer from 400 on


def open_desk(browser: Browser, link: str = "") -> None:
    browser.page.goto(f"{browser.address}/meja{link}")
    expect(browser.page.get_by_role("heading", level=1)).to_be_visible()


def sign_in(browser: Browser, token: str, *, on_device: bool = False) -> None:
    """From the login page, with the keyboard as with everything else here."""
    open_desk(browser)
    page = browser.page
    page.get_by_label("Token atau kode masuk").fill(token)
    if on_device:
        page.get_by_label("Ingat di gawai ini").check()
    page.get_by_label("Token atau kode masuk").press("Enter")
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def wait_worker(browser: Browser) -> None:
    """Until the service worker has what the desk needs without a line, and answers for it."""
    deadline = time.monotonic() + 20
    # asked from outside: under the page's policy nothing may wait for it inside
    while browser.page.evaluate("navigator.serviceWorker.controller === null"):
        assert time.monotonic() < deadline, "no service worker"
        browser.page.wait_for_timeout(50)


def card(browser: Browser, form: str, periode: str) -> Locator:
    """The card of a rekap, by the form's code and the period in words."""
    return browser.page.get_by_role("listitem").filter(has_text=form).filter(has_text=periode)


def internals(browser: Browser) -> list[str]:
    """Words on the page, shown or read out, that are none of an officer's. Who runs the hub wrote the name on the token."""
    text: str = browser.page.evaluate(
        """() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (n) => n.parentElement.closest("script, .nama-kantor span, .nama-token") ? 2 : 1);
      const all = [];
      while (texts.nextNode()) all.push(texts.currentNode.data);
      return [document.title, ...all, ...[...document.querySelectorAll("[aria-label], [title], [placeholder]")]
        .flatMap((e) => [e.ariaLabel, e.title, e.placeholder])].filter(Boolean).join("\\n"); }"""
    )
    return internals_in(text)


def internals_in(text: str) -> list[str]:
    # codes of forms and elements beside names are theirs: F02, BAN01
    return sorted({m[0] for m in _INTERNALS.finditer(text)} - _FAMILIAR)


def violations(browser: Browser) -> list[str]:
    """What axe finds: rule, and the first place."""
    browser.page.evaluate(_AXE.read_text())
    found: list[dict[str, Any]] = browser.page.evaluate("async () => (await axe.run(document)).violations")
    return [f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary']}" for v in found]


def complaints(browser: Browser) -> list[str]:
    """What the browser complained of, but for answers that are refusals: offline and wrong tokens are tested on purpose."""
    return [c for c in browser.complaints if _FAILED_LOAD not in c and "ERR_INTERNET_DISCONNECTED" not in c]


def kept(browser: Browser) -> dict[str, Any]:
    """Everything the page has stored: both storages, cookies, and how many rows there are in each store."""
    return dict(
        browser.page.evaluate(
            """async () => {
      const db = await new Promise((done) => { const r = indexedDB.open("hub-meja"); r.onsuccess = () => done(r.result); });
      const rows = {};
      for (const name of db.objectStoreNames) {
        rows[name] = await new Promise((done) => { const r = db.transaction(name).objectStore(name).count(); r.onsuccess = () => done(r.result); });
      }
      db.close();
      return { session: Object.keys(sessionStorage), device: Object.keys(localStorage), cookie: document.cookie, rows };
    }"""
        )
    )


def lose_first(page: Page, mutation: str) -> list[str]:
    """The hub gets the first of these mutations and its answer does not arrive. What was lost, when it was."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if mutation not in (route.request.post_data or "") or lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        route.fetch()
        route.abort("connectionreset")

    page.route("**/graphql", lose)
    return lost
