"""The desk's screens of resources, warehouses and networks as their tests use them: with the keyboard, at each width."""

from playwright.sync_api import Locator, expect

from tests.client import Client
from tests.web.browser import Browser
from tests.web.meja_page import internals, violations

SOTIMORI = "53.14.10.2003"
WIDTHS = (360, 1280, 1920)

SAVE = """mutation ($m: SumberDayaMasukan!) { hasil: simpanSumberDaya(masukan: $m) {
  __typename ... on SumberDayaTersimpan { versi sumberDaya { id } } ... on SumberDayaDitolak { temuan { pesan } } } }"""


def go(browser: Browser, screen: str) -> None:
    """To a screen of the desk, by its address."""
    browser.page.goto(f"{browser.address}/meja#/{screen}")
    expect(browser.page.get_by_role("heading", level=1)).to_be_visible()


def tab_to(place: Locator) -> Locator:
    """With the Tab key alone, from wherever the focus is."""
    expect(place).to_be_enabled()
    for _ in range(150):
        if place.evaluate("(e) => e === document.activeElement"):
            return place
        place.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {place}")


def type_into(browser: Browser, label: str, text: str) -> None:
    field = tab_to(browser.page.get_by_label(label, exact=True))
    field.press("Control+a")
    browser.page.keyboard.type(text)


def pick(choice: Locator, name: str) -> None:
    """A choice, by typing its name into the list as browsers have it."""
    tab_to(choice)
    expect(choice.locator("option").filter(has_text=name).first).to_be_attached()
    choice.page.keyboard.type(name)
    assert name in choice.locator("option:checked").inner_text(), (name, choice.locator("option:checked").inner_text())


def look_at(browser: Browser, name: str) -> None:
    """At every width: nothing for axe to find, nothing beside the screen, no word that is none of an officer's."""
    for width in WIDTHS:
        browser.page.set_viewport_size({"width": width, "height": 900})
        browser.page.wait_for_timeout(100)
        browser.screenshot(f"{name}_{width}")
        if width != WIDTHS[1]:
            found = violations(browser)
            assert found == [], (name, width, found)
        assert browser.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
    words = internals(browser)
    assert words == [], (name, words)


def save(hub: Client, whom: str, **more: object) -> str:
    """A resource in Sotimori, saved through the API; its public id."""
    given = {
        "jenis": "LKS",
        "nama": "LKS Kasih",
        "pemilik": "MASYARAKAT",
        "desa": SOTIMORI,
        "sejak": "2019-01-01",
        **more,
    }
    answer = hub.ask(SAVE, {"m": given}, whom)["hasil"]
    assert answer["__typename"] == "SumberDayaTersimpan", answer
    return str(answer["sumberDaya"]["id"])
