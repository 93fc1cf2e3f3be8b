"""scripts/bench meja: how soon the pages can be used on a slow phone, and what they weigh.

    scripts/bench meja [--rounds N] [--only WORDS] [--json FILE]

Debian's Chromium opens each page of the demo (with its story) as a first visit: 400 kbit/s both ways, 400 ms a round trip, the processor at a
quarter of its pace. Usable: what the page is for can be seen and pressed. Then the same page again, as one who comes back: nothing but
data may be fetched. Weights are those on the wire, packed; of the map's, MapLibre is told apart.
"""

import argparse
import json
import statistics
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench import database, servers
from bench.report import SCREEN, Work, conclude, show
from bench.slow_line import slow_line
from tests.web.chromium import chromium

_BITS, _ROUND_TRIP, _SLOWER = 400_000, 0.4, 4
_USABLE_S = 4.0
_FIRST_KB, _GRID_KB = 60.0, 150.0
_HEIGHT = 740
_OF_MAP = ("maplibre", "peta_hub")  # fetched when the page already stands, and counted apart
_SWITCHES = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
_PATIENCE_MS = 60_000
_WORKER_IS_AT_WORK = (
    "location.pathname === '/meja' && navigator.serviceWorker.controller === null"  # it comes once the page is quiet
)


@dataclass(frozen=True, slots=True)
class Screen:
    """`office`: whose token, by its region; empty: nobody's. `usable`: what one came for, once it can be pressed. `most_kb`: how much
    of it may come at first, apart from data and the map; `again_kb`: on the second visit: the page alone, where no worker keeps it; `width`:
    of the window, px."""

    name: str
    office: str
    path: str
    usable: str
    most_kb: float = _FIRST_KB
    again_kb: float = 0.0
    width: int = 360


SCREENS = (
    Screen("Beranda umum", "", "/", "h1", again_kb=2),
    Screen("Masuk", "", "/meja", "button:has-text('Masuk'):enabled"),
    Screen("Beranda kabupaten", "53.14", "/meja", "main li a, main li button"),
    Screen("Beranda provinsi", "53", "/meja", "main .keadaan-provinsi a"),
    Screen("Isian", "53.14", "/meja#/isian/F02/2026-10", ".isi-bidang input:enabled", _GRID_KB),
    Screen("Isian dalam tabel", "53.14", "/meja#/isian/F02/2026-10", ".tabulator-cell", _GRID_KB, width=1280),
    Screen("Unggah", "53.14", "/meja#/unggah/F02/2026-10", "input[type=file]", _GRID_KB),
    Screen("Matriks", "53", "/meja#/matriks/2025-TW4", "table.matriks button:enabled"),
    Screen("Periksa", "53", "/meja#/periksa", "table.daftar-periksa a"),
    Screen("Banding", "53", "/meja#/banding", "main table button:enabled"),
    Screen("Sumber daya", "53.14", "/meja#/sumber-daya", ".baris-baris a"),
    Screen("Gudang", "53.14", "/meja#/gudang", ".kartu-kartu a"),
    Screen("WKSBM", "53.14", "/meja#/wksbm", ".baris-baris a"),
    Screen("Peta", "", "/peta", "#panel select, #panel input", again_kb=2),
)


@dataclass(slots=True)
class _Fetched:
    """What came over the wire, by kind: bytes as they were sent."""

    page: int = 0
    map: int = 0
    data: int = 0
    paths: list[str] = field(default_factory=list)  # of pages and their parts


@dataclass(frozen=True, slots=True)
class _Visits:
    """`usable`: seconds until the first visit was; `first`, `second`: what they fetched."""

    usable: float
    first: _Fetched
    second: _Fetched


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench meja", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=3, help="first visits of every page (default 3)")
    options.add_argument("--only", default="", metavar="WORDS", help="only pages whose name holds these words")
    chosen = options.parse_args()
    home = database.home() / "meja"
    works: list[Work] = []
    rows: list[list[str]] = []
    with servers.demo(home, story=True) as server, sync_playwright() as playwright:
        tokens: dict[str, str] = json.loads((home / "token_contoh.json").read_text())
        program = playwright.chromium.launch(executable_path=chromium(), args=_SWITCHES)
        for screen in (s for s in SCREENS if chosen.only in s.name):
            token = tokens[screen.office] if screen.office else ""
            visits = [_visit(program, screen, token, server.url) for _ in range(chosen.rounds)]
            usable = statistics.median(v.usable for v in visits)
            first, second = visits[-1].first, visits[-1].second
            rows.append([
                screen.name, f"{usable:.2f}", *(f"{n / 1024:.1f}" for n in (first.page, first.map, first.data, second.page + second.map, second.data)),
                " ".join(second.paths),
            ])  # fmt: skip
            works += [
                Work(f"{screen.name}: usable on slow 3G", usable, "s", _USABLE_S, most=True),
                Work(f"{screen.name}: weight of the first visit", first.page / 1024, "kB", screen.most_kb, most=True),
                Work(
                    f"{screen.name}: second visit, but for data",
                    (second.page + second.map) / 1024,
                    "kB",
                    screen.again_kb,
                    most=True,
                ),
            ]
            SCREEN.print(" | ".join(rows[-1]), soft_wrap=True)
        program.close()
    show(
        "Pages on slow 3G", ["page", "usable s", "first kB", "map kB", "data kB", "again kB", "data kB", "again"], rows
    )
    return conclude([w.as_json() for w in works], chosen.json)


def _visit(program: Browser, screen: Screen, token: str, server: str) -> _Visits:
    context = program.new_context(viewport={"width": screen.width, "height": _HEIGHT}, locale="id-ID")
    with slow_line(server, bits=_BITS, round_trip=_ROUND_TRIP) as address, closing(context):
        page = context.new_page()
        if token:
            page.add_init_script(f"sessionStorage.setItem('hub.token', {json.dumps(token)})")
        line = context.new_cdp_session(page)
        _slow(line)
        first = _listen(line)
        began = time.monotonic()
        page.goto(address + screen.path, wait_until="commit", timeout=_PATIENCE_MS)
        page.locator(screen.usable).first.wait_for(timeout=_PATIENCE_MS)
        usable = time.monotonic() - began
        _settle(page)
        told = _Fetched(first.page, first.map, first.data, [*first.paths])
        first.page = first.map = first.data = 0
        first.paths.clear()
        page.reload(wait_until="commit", timeout=_PATIENCE_MS)
        page.locator(screen.usable).first.wait_for(timeout=_PATIENCE_MS)
        _settle(page)
        return _Visits(usable, told, first)


def _slow(line: CDPSession) -> None:
    line.send("Network.enable")
    line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})


def _listen(line: CDPSession) -> _Fetched:
    fetched = _Fetched()
    paths: dict[str, str] = {}

    def answered(event: Mapping[str, Any]) -> None:
        answer = event["response"]
        if not (answer.get("fromDiskCache") or answer.get("fromServiceWorker") or answer.get("fromPrefetchCache")):
            paths[event["requestId"]] = urlsplit(answer["url"]).path

    def finished(event: Mapping[str, Any]) -> None:
        path, size = paths.pop(event["requestId"], None), int(event["encodedDataLength"])
        if path is None:
            return
        if path.startswith("/aset/") or path in ("/", "/meja", "/peta", "/meja-sw.js"):
            fetched.paths.append(path)
            if any(word in path for word in _OF_MAP):
                fetched.map += size
            else:
                fetched.page += size
        else:
            fetched.data += size

    line.on("Network.responseReceived", answered)
    line.on("Network.loadingFinished", finished)
    return fetched


def _settle(page: Page) -> None:
    """Until nothing more comes, and what keeps a page without a line has all of it; what keeps a line open (news) is none of it."""
    page.wait_for_load_state("load", timeout=_PATIENCE_MS)
    page.wait_for_timeout(6_000)
    deadline = time.monotonic() + _PATIENCE_MS / 1000
    while page.evaluate(_WORKER_IS_AT_WORK) and time.monotonic() < deadline:
        page.wait_for_timeout(500)


if __name__ == "__main__":
    raise SystemExit(main())
