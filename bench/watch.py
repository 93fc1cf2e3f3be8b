"""What a served hub is like for everybody else while something is done to it: how long they wait, how much memory it holds.

    python -m bench.watch URL      (prints one JSON object when its standard input is closed)

A process of its own, so that whoever attacks does not delay those who watch. It asks /siap and a small question, each on a
connection of its own, every 20 ms; a wait is counted from when the question was due, so one that could not be asked counts
in full.
"""

import asyncio
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench import servers

_EVERY = 0.02
_PATIENCE = 60.0  # seconds; whoever waits longer is told that nobody answers
_SMALL = b'{"query":"{ provinsi(kode: \\"53\\") { nama } }"}'


class Watch:
    """Watches while its block runs; afterwards `waits` (longest, milliseconds, by name) and `peak_mib`, `before_mib`."""

    def __init__(self, server: servers.Server) -> None:
        self._server = server
        self.waits: dict[str, float] = {}
        self.before_mib = self.peak_mib = memory_mib(server.pid)

    def __enter__(self) -> "Watch":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.watch", self._server.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # it has had its first answers
        self._over = threading.Event()
        self._memory = threading.Thread(target=self._look, daemon=True)
        self._memory.start()
        return self

    def __exit__(self, *_: object) -> None:
        out, _nothing = self._process.communicate()
        self._over.set()
        self._memory.join()
        self.waits = json.loads(out)

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.peak_mib = max(self.peak_mib, memory_mib(self._server.pid))


def memory_mib(pid: int) -> float:
    """Resident memory of a hub and the processes it started, MiB; its database's own are bounded by that one's settings and
    do not count. 0 where it is gone."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        if name.startswith("postgres"):
            return 0.0
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own / 1024 + sum(memory_mib(int(child)) for child in children)


async def _ask(host: str, port: int, request: bytes) -> None:
    """One request on a connection of its own. Raises OSError where nobody answers it whole."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(size.partition(b":")[2]))
    finally:
        writer.close()


async def _longest(host: str, port: int, request: bytes, over: asyncio.Event, first: asyncio.Event) -> float:
    longest, due = 0.0, time.perf_counter()
    while not over.is_set():
        try:
            async with asyncio.timeout(_PATIENCE):
                await _ask(host, port, request)
            longest = max(longest, time.perf_counter() - due)
        except (OSError, TimeoutError, EOFError, StopIteration):
            longest = max(longest, _PATIENCE)
            if first.is_set():
                await asyncio.sleep(0.5)
        first.set()
        due += _EVERY
        if due < time.perf_counter():
            due = time.perf_counter()
        await asyncio.sleep(due - time.perf_counter())
    return longest * 1000


async def _watch(url: str) -> None:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    at = f"Host: {address.netloc}\r\nConnection: close\r\nAccept-Encoding: identity\r\n"
    ready = f"GET /siap HTTP/1.1\r\n{at}\r\n".encode()
    small = f"POST /graphql HTTP/1.1\r\n{at}Content-Type: application/json\r\nContent-Length: {len(_SMALL)}\r\n\r\n".encode()
    over, firsts = asyncio.Event(), (asyncio.Event(), asyncio.Event())
    tasks = [
        asyncio.create_task(_longest(address.hostname, address.port, request, over, first))
        for request, first in zip((ready, small + _SMALL), firsts, strict=True)
    ]
    for first in firsts:
        await first.wait()
    print("watching", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    over.set()
    waits = await asyncio.gather(*tasks)
    print(json.dumps(dict(zip(("siap", "kecil"), waits, strict=True))))


if __name__ == "__main__":
    asyncio.run(_watch(sys.argv[1]))
