"""What is done to the hub, row by row of the table in docs/performance.md. Every attack is bounded in count and time, and tells
what the hub answered; the bars that all have in common (waits, memory, alive) are those of bench/serangan_bench.py."""

import base64
import json
import os
import random
import re
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from bench import attack_files as files
from bench.attack_client import Target
from bench.report import Work

_REKAP = (
    'mutation ($b: Upload!) { unggahRekap(berkas: $b, pelapor: "53.14", formulir: "F02", periode: "2021", '
    'kunciIdempoten: "serangan", uji: true) { __typename ... on RekapDitolak { temuan { kode pesan } } } }'
)
_LIST = (
    'mutation ($b: Upload!) { unggahSumberDaya(berkas: $b, jenis: LKS, kabupaten: "53.14", uji: true, sejak: "2020-01-01") '
    "{ __typename ... on ImporSumberDayaDitolak { temuan { kode pesan } } } }"
)
_SUBMIT = "mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m, uji: true) { __typename } }"
_MIB = 2**20
_LONGER_THAN_GRACE = 60  # seconds; the hub bears standing still for 30, and waits up to 10 for room, 10 to be read
_GUESS = re.compile(r"hub_[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attack. `bars`: what this attack alone is measured by."""

    told: str
    bars: list[Work] = field(default_factory=list)


def far_cells(hub: Target) -> Outcome:
    return _told(hub.upload(_REKAP, {}, name, files.far_cells(), hub.tokens["53.14"]) for name in ("a.xlsx", "b.xlsx"))


def repeated_cells(hub: Target) -> Outcome:
    return _told(hub.upload(_REKAP, {}, "a.ods", files.repeated_cells(), hub.tokens["53.14"]) for _ in range(2))


def wide_rows(hub: Target) -> Outcome:
    return _told(hub.upload(_REKAP, {}, "a.xlsx", files.wide_rows(), hub.tokens["53.14"]) for _ in range(2))


def long_csv(hub: Target) -> Outcome:
    return _told([hub.upload(_REKAP, {}, "a.csv", files.long_csv(), hub.tokens["53.14"])])


def unknown_desa(hub: Target) -> Outcome:
    return _told([hub.upload(_LIST, {}, "a.csv", files.unknown_desa(), hub.tokens["53.14"])])


def submit_by_nobody(hub: Target) -> Outcome:
    """30.000 figures, one input object each, from somebody without a token; then 600 of them, which is little enough to read."""
    return _told(hub.ask(_SUBMIT, {"m": _rekap(values)}) for values in (30_000, 30_000, 600))


def strings_by_nobody(hub: Target) -> Outcome:
    body = json.dumps({"query": _SUBMIT, "variables": {"m": {**_rekap(0), "nilai": ["x"] * 3_000_000}}}).encode()
    return _told(hub.post(body) for _ in range(2))


def strings_by_an_officer(hub: Target) -> Outcome:
    """The same with a token: an office may send a lot, and nobody may wait for it."""
    body = json.dumps({"query": _SUBMIT, "variables": {"m": {**_rekap(0), "nilai": ["x"] * 3_000_000}}}).encode()
    return _told([hub.post(body, token=hub.tokens["53.14"])])


def figures_by_an_officer(hub: Target) -> Outcome:
    return _told([hub.ask(_SUBMIT, {"m": _rekap(30_000)}, hub.tokens["53.14"])])


def _rekap(values: int) -> dict[str, object]:
    figure = {"wilayah": "53.14.01.2005", "elemen": "BAN01", "nilai": 5}
    rekap = {"pelapor": "53.14", "formulir": "F02", "periode": "2021", "kunciIdempoten": "serangan"}
    return {**rekap, "nilai": [figure] * values}


def documents(hub: Target) -> Outcome:
    """460 documents, no two alike in shape, each with 240 names of its own."""
    chance = random.Random(5)
    asked = (_document(chance) for _ in range(460))
    return _told(hub.ask(d) for d in asked)


def _document(chance: random.Random) -> str:
    """Twenty regions, each with eleven names of its own for what hangs on it."""
    inner = ("kode", "nama", "kecamatan { nama kabupaten { nama provinsi { nama } } }", "pendahulu { kode nama }",
             "pengganti { kode nama berlakuSejak }", "batas", "titik", "luasKm2", "wksbm { nama tahap }")  # fmt: skip
    regions = (
        f'r{chance.randrange(10**9)}: desa(kode: "53.14.01.2005") {{ '
        + " ".join(f"a{chance.randrange(10**9)}: {chance.choice(inner)}" for _ in range(11))
        + " }"
        for _ in range(20)
    )
    return "{ " + " ".join(regions) + " }"


def refused_documents(hub: Target) -> Outcome:
    """460 documents that name 900 fields which are not there."""
    chance = random.Random(6)
    return _told(
        hub.ask("{ " + " ".join(f"x{chance.randrange(10**9)} {{ y }}" for _ in range(900)) + " }") for _ in range(460)
    )


def literals(hub: Target) -> Outcome:
    """New documents of twenty aliased fields each, which differ in their values alone."""
    chance = random.Random(7)
    times: list[float] = []
    statuses: Counter[int] = Counter()
    for _ in range(60):
        asked = " ".join(
            f'd{chance.randrange(10**9)}: desa(kode: "53.14.0{i % 9 + 1}.20{chance.randrange(10, 30)}") {{ nama }}'
            for i in range(20)
        )
        query = json.dumps({"query": f"{{ {asked} }}"}).encode()
        begin = time.perf_counter()
        statuses[hub.post(query)[0]] += 1
        fresh = time.perf_counter() - begin
        begin = time.perf_counter()
        hub.post(query)
        times.append((fresh - (time.perf_counter() - begin)) * 1000 / 20)
    return Outcome(
        _counted(statuses),
        [Work("a new aliased field, beyond a known one", statistics.median(times[5:]), "ms", 2.0, True)],
    )


def sockets(hub: Target) -> Outcome:
    """Forty WebSockets of nobody, each following fifty times; then an office wants to follow."""
    with ExitStack() as held:
        for _ in range(40):
            with suppress(OSError):
                _follow(held.enter_context(hub.socket()), 50, None)
        time.sleep(1)
        with hub.socket() as office:
            answer = _follow(office, 1, hub.tokens["53"])
    served = answer.count(b'"pong"') and b'"error"' not in answer
    return Outcome(
        f"the office {'follows' if served else 'is refused'}",
        [Work("places for an office", float(bool(served)), "", 1)],
    )


def _follow(s: socket.socket, times: int, token: str | None) -> bytes:
    """Open a WebSocket there and follow so many times; what was answered until a pong, within some seconds."""
    key = base64.b64encode(os.urandom(16)).decode()
    s.sendall(
        f"GET /graphql HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
    )
    greeting = {"type": "connection_init", "payload": {"authorization": f"Bearer {token}"} if token else {}}
    query = 'subscription { rekapBerubah(wilayah: "53") { aksi } }'
    follow = [{"type": "subscribe", "id": str(i), "payload": {"query": query}} for i in range(times)]
    s.settimeout(5)
    answer = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in answer and (got := s.recv(65_536)):
            answer += got
        for message in (greeting, *follow, {"type": "ping"}):
            s.sendall(_frame(json.dumps(message).encode()))
        while b'"pong"' not in answer and (got := s.recv(65_536)):
            answer += got
    return answer


def _frame(text: bytes) -> bytes:
    """A WebSocket text frame as clients send it: masked, here with zeros."""
    size = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return b"\x81" + size + bytes(4) + text


def slow_bodies(hub: Target) -> Outcome:
    return _slow_bodies(hub, None)


def slow_bodies_of_an_office(hub: Target) -> Outcome:
    return _slow_bodies(hub, hub.tokens["53.14"])


def _slow_bodies(hub: Target, token: str | None) -> Outcome:
    """Forty bodies that say they are 30 MiB, of which 24 come quickly and then a byte now and then."""
    head = "".join(
        f"{line}\r\n"
        for line in (
            "POST /graphql HTTP/1.1", "Host: hub", "Content-Type: application/json", f"Content-Length: {30 * _MIB}",
            *([f"Authorization: Bearer {token}"] if token else []),
        )
    )  # fmt: skip
    sent: list[int] = []

    def one(s: socket.socket) -> None:
        done = 0
        with suppress(OSError):
            s.settimeout(3)
            s.sendall(f"{head}\r\n".encode())
            for _ in range(24):
                s.sendall(b" " * _MIB)
                done += 1
        sent.append(done)

    with ExitStack() as held, ThreadPoolExecutor(40) as threads:
        open_ = [held.enter_context(hub.socket()) for _ in range(40)]
        list(threads.map(one, open_))
        until = time.monotonic() + _LONGER_THAN_GRACE
        while open_ and time.monotonic() < until:
            open_ = [s for s in open_ if _still_takes(s)]
            time.sleep(0.5)
    return Outcome(
        f"{sum(sent)} of 960 MiB taken, {len(open_)} of 40 still open after {_LONGER_THAN_GRACE} s",
        [Work(f"slow bodies open after {_LONGER_THAN_GRACE} s", len(open_), "", 0, True)],
    )


def half_heads(hub: Target) -> Outcome:
    """900 connections that never end their first header."""
    with ExitStack() as held:
        open_: list[socket.socket] = []
        for _ in range(900):
            with suppress(OSError):
                s = held.enter_context(hub.socket())
                s.sendall(b"POST /graphql HTTP/1.1\r\nHost: hub\r\nX-Slow: ")
                open_.append(s)
        until = time.monotonic() + 40
        while open_ and time.monotonic() < until:
            open_ = [s for s in open_ if _still_takes(s)]
            time.sleep(1)
    return Outcome(
        f"{len(open_)} of 900 still open after 40 s",
        [Work("half-sent headers open after 40 s", len(open_), "", 0, True)],
    )


def _still_takes(s: socket.socket) -> bool:
    """Whether the other side still has that connection open; it is sent one more byte."""
    try:
        s.settimeout(0)
        with suppress(BlockingIOError):
            s.send(b" ")
        with suppress(BlockingIOError):
            return s.recv(65_536) != b"" and False
        return True
    except OSError:
        return False


def wrong_tokens(hub: Target) -> Outcome:
    """Eight at once guess tokens for five seconds; in their midst, from their address, an office comes with its own."""
    until = time.monotonic() + 5

    def guess(seed: int) -> Counter[int]:
        chance, seen = random.Random(seed), Counter[int]()
        while time.monotonic() < until:
            seen[hub.ask("{ __typename }", token=_guess(chance))[0]] += 1
        return seen

    with ThreadPoolExecutor(9) as threads:
        guesses = [threads.submit(guess, seed) for seed in range(8)]
        office = threads.submit(_come, hub)
        seen = sum((g.result() for g in guesses), Counter[int]())
    log = hub.log.read_text(errors="replace")
    return Outcome(
        f"{_counted(seen)}; the office: {_counted(Counter(office.result()))}; {'told' if '127.0.0.66' in log else 'nothing'} in the log",
        [
            Work("guesses a second that were looked at", seen[401] / 5, "/s", 20, True),
            Work("an office among the guesses: answered", office.result().count(200), "of 20", 20),
            Work("wrong tokens are in the log", float("127.0.0.66" in log), "", 1),
            Work("guessed tokens written to the log", len(_GUESS.findall(log)), "", 0, True),
        ],
    )


def _guess(chance: random.Random) -> str:
    return f"hub_{chance.getrandbits(128):032x}"


def _come(hub: Target) -> list[int]:
    """An office that asks something five times a second for four seconds."""
    answers = []
    for _ in range(20):
        answers.append(hub.ask("{ __typename }", token=hub.tokens["53"])[0])
        time.sleep(0.2)
    return answers


def hung_up(hub: Target) -> Outcome:
    """Forty clients that go away in the middle of their body, forty before their answer."""
    whole = b'{"query":"{ provinsi(kode: \\"53\\") { kabupaten { kecamatan { desa { kode nama batas } } } } }"}'
    for size in (10, len(whole)):
        for _ in range(40):
            with hub.socket() as s:
                s.sendall(
                    f"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: {len(whole)}\r\n\r\n".encode()
                    + whole[:size]
                )
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # a reset, as a lost line is
    time.sleep(2)
    log = hub.log.read_text(errors="replace")
    return Outcome(
        f"{log.count('Traceback')} tracebacks",
        [Work("tracebacks of clients that hung up", log.count("Traceback"), "", 0, True)],
    )


def _told(answers: Iterable[tuple[int, bytes]]) -> Outcome:
    """How often which status, and the first answer of each."""
    seen: Counter[int] = Counter()
    first: dict[int, str] = {}
    for status, body in answers:
        seen[status] += 1
        first.setdefault(status, body.decode(errors="replace")[:160])
    return Outcome("; ".join(f"{n} × {s or 'no answer'}: {first[s]}" for s, n in seen.items()))


def _counted(seen: Counter[int]) -> str:
    return ", ".join(f"{n} × {s or 'no answer'}" for s, n in seen.most_common())


ATTACKS: dict[str, Callable[[Target], Outcome]] = {
    "XLSX of 1,4 kB, cells A1 and XFD1048576": far_cells,
    "ODS of 740 bytes, repeated cells": repeated_cells,
    "XLSX of 1.000 rows to XFD": wide_rows,
    "ajukanRekap of 30.000 values from nobody": submit_by_nobody,
    "ajukanRekap of 3 million strings from nobody": strings_by_nobody,
    "ajukanRekap of 30.000 values from an office": figures_by_an_officer,
    "ajukanRekap of 3 million strings from an office": strings_by_an_officer,
    "460 different documents": documents,
    "460 refused documents": refused_documents,
    "40 public WebSockets that follow 50 times": sockets,
    "40 bodies sent slowly by nobody": slow_bodies,
    "40 bodies sent slowly with an office's token": slow_bodies_of_an_office,
    "900 half-sent headers": half_heads,
    "CSV of 1,5 million rows": long_csv,
    "list of 19.000 unknown desa": unknown_desa,
    "wrong tokens for five seconds": wrong_tokens,
    "80 clients that hang up": hung_up,
    "new documents with literals": literals,
}
