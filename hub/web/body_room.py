"""Room for the bodies that are on their way in, so that what many send at once has a bound."""

from hub.base.origin import Caller
from hub.base.places import Shares
from hub.base.turns import Turns

SMALLEST = 64 * 2**10  # bytes that the smallest body counts: what is taken in before anybody asks for it
_QUEUE = Shares(total=64, public=32, per_token=8, per_address=8)  # requests that wait for room


class BodyRoom(Turns):
    """`largest`: bytes of the largest body. Four of them fit in; one in all of those who bring no token. `wait`: seconds that
    a request waits for room. Places are bytes, as declared."""

    def __init__(self, largest: int, wait: float) -> None:
        largest = max(largest, SMALLEST)
        shares = Shares(4 * largest, largest, 2 * largest, max(largest // 2, SMALLEST))
        super().__init__(shares, _QUEUE, wait, _FULL)
        self.largest = largest


_FULL = (
    "Hub sedang menerima terlalu banyak kiriman besar sekaligus; kirim lagi beberapa detik kemudian, satu demi satu."
)


class Body:
    """The room that one request takes. Chunked bodies say no size; theirs grows as they come."""

    def __init__(self, room: BodyRoom, caller: Caller, declared: int | None) -> None:
        self._room = room
        self._caller = caller
        self._declared = declared
        self._held = 0
        self._came = 0
        self._released = False

    async def admit(self) -> None:
        """Before the first byte is read."""
        if not self._held and not self._released:
            size = min(max(self._declared or 0, SMALLEST), self._room.largest)  # more is refused by who reads it
            await self._room.enter(self._caller, size)
            self._held = size

    def came(self, size: int) -> None:
        self._came += size
        if self._held and self._held < min(self._came, self._room.largest):
            more = min(max(self._came - self._held, SMALLEST), self._room.largest - self._held)
            self._room.enter_now(self._caller, more)
            self._held += more

    def release(self) -> None:
        """Its bytes are used, or nobody will ask for them any more."""
        self._released = True
        if self._held:
            self._room.leave(self._caller, self._held)
        self._held = 0
