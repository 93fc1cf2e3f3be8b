"""The screen Isian of the desk, as its tests work it: with the keyboard, the clipboard and the mouse."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.client import Client
from tests.rekap.texts import APPROVE, SEND_BACK, SUBMIT, submission
from tests.web.browser import Browser

KAB, PROV = "53.14", "53"


def open_isian(browser: Browser, form: str, periode: str) -> Page:
    page = browser.page
    page.goto(f"{browser.address}/meja#/isian/{form}/{periode}")
    expect(page.get_by_role("heading", name="Pemeriksaan")).to_be_visible()
    return page


def open_grid(browser: Browser, form: str, periode: str) -> Page:
    page = open_isian(browser, form, periode)
    expect(page.locator(".tabulator-row").first).to_be_visible()
    return page


def cell(page: Page, region: str, column: int) -> Locator:
    """Of a row by the name of its region, by its column counted from 0; the row must be in sight."""
    row = page.locator(".tabulator-row").filter(has_text=region)
    return row.locator(f".tabulator-cell[tabulator-field='f{column}']")


def paste(page: Page, text: str) -> None:
    """From the clipboard, as from a spreadsheet."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def wait(page: Page, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim ke provinsi").click()
    page.get_by_role("dialog").get_by_role("button", name="Kirim", exact=True).click()


def rekap(hub: Client, form: str, periode: str) -> dict[str, Any] | None:
    """Status, revision and cells (region, element) → figure of the newest revision; None: there is none."""
    query = "query ($id: ID!) { rekap(id: $id) { status revisi nilai { wilayah { kode } elemen { kode } rincian { pilihan } nilai status } } }"
    found = hub.ask(query, {"id": f"{KAB}:{form}:{periode}"}, KAB)["rekap"]
    if found is None:
        return None
    cells = {
        (n["wilayah"]["kode"], n["elemen"]["kode"], *(p["pilihan"] for p in n["rincian"])): n["nilai"] if n["nilai"] is not None else n["status"]
        for n in found["nilai"]
    }  # fmt: skip
    return {"status": found["status"], "revisi": found["revisi"], "cells": cells}


def submit(hub: Client, form: str, periode: str, key: str, cells: list[dict[str, Any]]) -> None:
    answer = hub.ask(SUBMIT, {"m": submission(KAB, form, periode, key, nilai=cells), "uji": False}, KAB)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def send_back(hub: Client, form: str, periode: str, revision: int, notes: list[dict[str, Any]]) -> None:
    given = {
        "id": f"{KAB}:{form}:{periode}",
        "revisi": revision,
        "alasan": "Lihat <b>catatan</b>",
        "catatan": notes,
    }
    answer = hub.ask(SEND_BACK, given, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def approve(hub: Client, form: str, periode: str, revision: int) -> None:
    answer = hub.ask(APPROVE, {"id": f"{KAB}:{form}:{periode}", "revisi": revision}, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def desa(hub: Client) -> list[tuple[str, str]]:
    """Code and name of the office's desa, in the order of their codes."""
    query = '{ kabupaten(kode: "53.14") { kecamatan { desa { kode nama } } } }'
    return [(d["kode"], d["nama"]) for k in hub.ask(query)["kabupaten"]["kecamatan"] for d in k["desa"]]
