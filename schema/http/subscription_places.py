"""How many WebSockets there may be, and how often each may speak."""

from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from hub.base.errors import PlaceLimitError
from hub.base.origin import Caller
from hub.base.places import Places, Shares

_PLACES = Shares(total=1_000, public=300, per_token=50, per_address=50)


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """`places`: greeted ones. `greetings`: those whose connection_init has not come, in all and from one address. `idle`:
    seconds without an operation. `burst`, `per_second`: messages; more are taken later."""

    places: Shares = _PLACES
    greetings: int = 200
    greetings_per_address: int = 50
    greeting: float = 10.0
    idle: float = 300.0
    burst: int = 200
    per_second: float = 50.0


class SocketPlaces:
    """One per app. A socket shows its token in connection_init, so before that it can be refused to nobody; there the one
    that waited longest gives way."""

    def __init__(self, limits: SocketLimits) -> None:
        self.limits = limits
        self._places = Places(limits.places)
        self._greeting: dict[Callable[[], None], str] = {}

    def arrive(self, address: str, give_way: Callable[[], None]) -> None:
        """A socket that has yet to greet. `give_way` ends it."""
        same = [each for each, whose in self._greeting.items() if whose == address]
        if len(same) >= self.limits.greetings_per_address:
            self._end(same[0])
        elif len(self._greeting) >= self.limits.greetings:
            self._end(next(iter(self._greeting)))
        self._greeting[give_way] = address

    def greeted(self, give_way: Callable[[], None], caller: Caller) -> None:
        """It has greeted and takes a place. Raises PlaceLimitError."""
        self._greeting.pop(give_way, None)
        if not self._places.take(caller):
            whose = "dengan token ini" if caller.token else "tanpa token, dari alamat ini atau pada hub ini"
            raise PlaceLimitError(f"Terlalu banyak WebSocket {whose}; tutup yang lain.")

    def leave(self, give_way: Callable[[], None], caller: Caller | None) -> None:
        """`caller`: of one that had taken a place."""
        self._greeting.pop(give_way, None)
        if caller is not None:
            self._places.give_back(caller)

    def _end(self, give_way: Callable[[], None]) -> None:
        del self._greeting[give_way]
        give_way()


class Pace:
    """So many messages at once, then so many a second. Who sends more is read from more slowly."""

    def __init__(self, limits: SocketLimits) -> None:
        self._limits = limits
        self._level = 0.0
        self._at = monotonic()

    async def keep(self) -> None:
        """Before each message."""
        now = monotonic()
        self._level = max(0.0, self._level - (now - self._at) * self._limits.per_second) + 1
        self._at = now
        if (over := self._level - self._limits.burst) > 0:
            await sleep(over / self._limits.per_second)
