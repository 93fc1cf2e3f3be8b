"""The connections of one process: how many there may be, and one clock that ends those that stand still."""

import asyncio
import fcntl
import resource
import sys
import termios
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from hub.base.defects import report_defect
from hub.base.origin import TrustedProxies, address_key
from hub.web.body_room import BodyRoom

_log = structlog.get_logger("hub.sambungan")
_AT_ONCE = 50  # connections ended in one tick, so that a crowd of them holds up nobody
_TELL = 10.0  # seconds between two log lines about connections that found no place
_OTHER_FILES = 300  # files and sockets that are no visitor's: the database's, the log, the pages


@dataclass(frozen=True, slots=True)
class TrafficLimits:
    """What a connection may do. Sizes in bytes, times in seconds, `rate` in bytes a second.

    `head_seconds`: from connecting, or from the first byte of a further request, to the end of its head. `grace`: how long a
    body or a reader may stand still; sending or reading at `rate` gives that time back. `linger`: how long the rest of a body
    that nobody wants is taken in, so that its sender gets to read why. `room_wait`: how long a body waits for room. `unsent`: answers that wait for slow readers, in all.
    """

    connections: int = 2_000
    per_address: int = 500
    head_seconds: float = 15.0
    head_bytes: int = 64 * 2**10
    head_lines: int = 100
    grace: float = 30.0
    rate: int = 2 * 2**10
    body_seconds: float = 1_800.0
    linger: float = 10.0
    room_wait: float = 10.0
    pipelined: int = 16
    unsent: int = 256 * 2**20
    tick: float = 0.5


class Owner(Protocol):
    """What a connection is used for: HTTP, later perhaps a WebSocket."""

    @property
    def waiting(self) -> bool:
        """Whether nobody would miss it: no request is under way."""

    def deadline_passed(self, now: float) -> None:
        """The line's deadline has come."""


@dataclass(slots=True, eq=False)
class Line:
    """One connection. `address`: None where a trusted proxy stands at its other end; `written`: bytes sent over it, as far as
    they were counted."""

    transport: asyncio.Transport
    owner: Owner
    address: str | None
    deadline: float | None = None
    written: int = 0
    _unsent: tuple[float, int, int] | None = field(default=None, init=False)  # when, bytes unsent, bytes written

    def sweep(self, now: float, limits: TrafficLimits) -> bool:
        """Whether there was something to do."""
        if not self.transport.get_write_buffer_size():
            self._unsent = None
        elif self._unsent is None:
            self._unsent = (now, self._on_its_way(), self.written)
        elif now - self._unsent[0] >= limits.grace:
            _, before, written = self._unsent
            after = self._on_its_way()
            if before + self.written - written - after < limits.rate * limits.grace:
                self.transport.abort()  # whoever does not read holds the answer, and would for ever
                return True
            self._unsent = (now, after, self.written)
        if self.deadline is None or now < self.deadline:
            return False
        self.owner.deadline_passed(now)
        return True

    def _on_its_way(self) -> int:
        """Bytes that the reader has not acknowledged. The system takes more from us only after a good part of its own queue is
        gone, which on a slow line is minutes, so that queue counts too."""
        queued = bytearray(4)
        with suppress(OSError, AttributeError):
            fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, queued)
        return self.transport.get_write_buffer_size() + int.from_bytes(queued, sys.byteorder)


class Traffic:
    """One per app. `proxies`: whom to believe about who is asking; `room`: for bodies on their way."""

    def __init__(self, limits: TrafficLimits, proxies: TrustedProxies, room: BodyRoom) -> None:
        self.limits = limits
        self.proxies = proxies
        self.room = room
        # both in the order in which they were last of use
        self._lines: OrderedDict[asyncio.Transport, Line] = OrderedDict()
        self._by_address: dict[str, OrderedDict[Line, None]] = {}
        self._clock: asyncio.TimerHandle | None = None
        self._refused = 0
        self._told = float("-inf")
        self._most = limits.connections

    def open_files(self) -> None:
        """Let the process have a file for each connection; where it may not, there are as many places as it has files."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        needed = self.limits.connections + _OTHER_FILES
        if hard != resource.RLIM_INFINITY:
            needed = min(needed, hard)
        if soft != resource.RLIM_INFINITY and soft < needed:
            resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
        self._most = min(self.limits.connections, max(needed - _OTHER_FILES, needed // 2))

    def enter(self, transport: asyncio.Transport, owner: Owner, peer: str) -> Line | None:
        """A place for a new connection; None where there is none. When all are taken, the one that waited longest for a
        request gives up its own: first among those of the same address, then among all."""
        now = asyncio.get_running_loop().time()
        address = None if peer in self.proxies else address_key(peer)
        same = self._by_address.get(address, ()) if address is not None else ()
        if len(same) >= self.limits.per_address and not self._evict(same):
            self._refuse(address, now)
            return None
        if len(self._lines) >= self._most and not self._evict(self._lines.values()):
            self._refuse(address, now)
            return None
        line = Line(transport, owner, address)
        self._lines[transport] = line
        if address is not None:
            self._by_address.setdefault(address, OrderedDict())[line] = None
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(self.limits.tick, self._sweep)
        return line

    @property
    def count(self) -> int:
        """Connections open now."""
        return len(self._lines)

    @property
    def unsent(self) -> int:
        """Bytes of answers that wait to be read."""
        return sum(line.transport.get_write_buffer_size() for line in list(self._lines.values()))

    def line(self, transport: asyncio.Transport) -> Line:
        return self._lines[transport]

    def served(self, line: Line) -> None:
        """It waits for its next request from now on."""
        if line.transport in self._lines:
            self._lines.move_to_end(line.transport)
            if line.address is not None:
                self._by_address[line.address].move_to_end(line)

    def leave(self, line: Line) -> None:
        self._lines.pop(line.transport, None)
        if line.address is not None and (same := self._by_address.get(line.address)) is not None:
            same.pop(line, None)
            if not same:
                del self._by_address[line.address]

    def relieve(self) -> None:
        """Where too much waits to be read, the address that lets most wait loses its largest answers."""
        unsent = {line: size for line in self._lines.values() if (size := line.transport.get_write_buffer_size())}
        while (total := sum(unsent.values())) > self.limits.unsent:
            by_address: dict[str | None, int] = {}
            for line, size in unsent.items():
                by_address[line.address] = by_address.get(line.address, 0) + size
            worst = max(by_address, key=lambda address: by_address[address])
            victim = max((line for line in unsent if line.address == worst), key=lambda line: unsent[line])
            _log.warning("pembaca lambat diputus", alamat=worst, menunggu_mb=total // 2**20)
            del unsent[victim]
            victim.transport.abort()

    def _evict(self, lines: Iterable[Line]) -> bool:
        oldest = next((line for line in lines if line.owner.waiting), None)
        if oldest is None:
            return False
        self.leave(oldest)
        oldest.transport.abort()
        return True

    def _refuse(self, address: str | None, now: float) -> None:
        self._refused += 1
        if now - self._told >= _TELL:
            _log.warning("sambungan ditolak: semua tempat terpakai", alamat=address, banyak=self._refused)
            self._refused, self._told = 0, now

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        done = 0
        for line in list(self._lines.values()):
            try:
                done += line.sweep(now, self.limits)
            except Exception as error:  # a defect with one must not stop the clock of all
                report_defect(error, "hub.sambungan")
                line.transport.abort()
            if done >= _AT_ONCE:
                break  # the others are due at the next tick
        self.relieve()
        self._clock = loop.call_later(self.limits.tick, self._sweep) if self._lines else None
