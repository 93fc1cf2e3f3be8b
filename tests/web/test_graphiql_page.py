"""GraphiQL in a real browser, over the demo: what a user sees and does, and that nothing leaves the hub."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.client import Client
from tests.project_files import ROOT
from tests.web.browser import Browser

_EXAMPLES = sorted((ROOT / "web" / "src" / "graphiql" / "examples").glob("*.graphql"))
_RUN = re.compile(r"Execute query")


def _open(browser: Browser, path: str = "/graphql") -> None:
    """Open the page and wait until schema and editor are there."""
    browser.page.goto(browser.address + path)
    expect(browser.page.get_by_role("button", name=_RUN)).to_be_visible()
    expect(browser.page.locator(".graphiql-query-editor .view-lines")).to_contain_text(re.compile(r"\S"))


def _assert_sound(browser: Browser) -> None:
    assert browser.outbound() == []
    assert browser.complaints == []


def test_it_runs_its_first_question(browser: Browser) -> None:
    page = browser.page
    _open(browser)
    expect(page).to_have_title("GraphiQL · Hub Dinsos")
    expect(page.locator(".graphiql-query-editor")).to_contain_text("Selamat datang di Hub Dinsos")
    page.get_by_role("button", name=_RUN).click()
    answer = page.locator(".result-window")
    expect(answer).to_contain_text("11731")
    expect(answer).to_contain_text("Nusa Tenggara Timur")
    browser.wait_for_request("/aset/graphql.worker-")  # without its worker the editor checks nothing
    assert browser.screenshot("graphiql").stat().st_size > 10_000
    _assert_sound(browser)


def test_the_documentation_explains_in_indonesian(browser: Browser) -> None:
    page = browser.page
    _open(browser)
    page.get_by_role("button", name="Show Documentation Explorer").click()
    documentation = page.locator(".graphiql-doc-explorer")
    documentation.get_by_role("link", name="Query", exact=True).click()
    expect(documentation).to_contain_text("Semua yang dapat ditanyakan.")
    expect(documentation).to_contain_text("Nilai indikator dengan pembilang, penyebut dan kelengkapannya.")
    browser.screenshot("graphiql_dokumen")
    _assert_sound(browser)


def test_the_token_field_makes_an_officer_of_the_public(browser: Browser, token_kabupaten: str) -> None:
    page = browser.page
    _open(browser)
    page.get_by_role("tab", name="UjiRekap").click()
    expect(page.locator(".graphiql-query-editor")).to_contain_text("UjiRekap")
    page.get_by_role("button", name=_RUN).click()
    expect(page.locator(".result-window")).to_contain_text("TidakBerwenang")
    page.get_by_label("Token petugas").fill(token_kabupaten)
    page.get_by_role("button", name=_RUN).click()
    expect(page.locator(".result-window")).to_contain_text("Tungganamo")
    browser.screenshot("graphiql_token")
    _open(browser)
    expect(page.get_by_label("Token petugas")).to_have_value(token_kabupaten)
    other = page.context.new_page()
    other.goto(browser.address + "/graphql")
    expect(other.get_by_label("Token petugas")).to_have_value("")
    _assert_sound(browser)


def test_a_link_carries_a_question(browser: Browser) -> None:
    _open(browser, "/graphql?query=query%20Tautan%20%7B%20daftarFormulir%20%7B%20kode%20%7D%20%7D")
    expect(browser.page.locator(".graphiql-query-editor")).to_contain_text("daftarFormulir")
    browser.page.get_by_role("button", name=_RUN).click()
    expect(browser.page.locator(".result-window")).to_contain_text("F07")
    _assert_sound(browser)


def test_on_a_phone_question_and_answer_stand_one_above_the_other(browser: Browser) -> None:
    page = browser.page
    page.set_viewport_size({"width": 390, "height": 780})
    _open(browser)
    expect(page.get_by_label("Token petugas")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=_RUN).click()
    answer = page.locator(".result-window")
    expect(answer).to_contain_text("Nusa Tenggara Timur")
    answer_box, editor_box = answer.bounding_box(), page.locator(".graphiql-query-editor").bounding_box()
    assert answer_box is not None
    assert editor_box is not None
    assert answer_box["width"] > 250
    assert answer_box["height"] > 150
    assert answer_box["y"] >= editor_box["y"] + editor_box["height"]
    browser.screenshot("graphiql_sempit")
    _assert_sound(browser)


@pytest.mark.parametrize("file", _EXAMPLES, ids=lambda b: b.stem)
def test_every_example_is_answered(read_hub: Client, file: Path) -> None:
    answer = read_hub.ask(file.read_text(), as_whom="53.14")
    assert all(answer.values())


def test_there_are_examples() -> None:
    assert {b.stem for b in _EXAMPLES} == {"angka", "wilayah", "kelengkapan", "check_rekap"}
