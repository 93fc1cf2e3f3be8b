"""What came from another hub: a revision or a withdrawal that was made there."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.base.temuan import Temuan
from hub.db.database import Conn
from hub.rekap.draft import RekapDraft


@dataclass(frozen=True, slots=True)
class Came:
    """`revision`: its number there, which it keeps; `at`: when it was made, by the clock there; `decides`: whether that says if it was in
    time. `begin` is called before the transaction holds anything, and ends it by an exception where the same was written already;
    `keep` when it has written, with whether it was taken and what was found."""

    revision: int
    at: datetime
    decides: bool
    begin: Callable[[Conn], Awaitable[None]]
    keep: Callable[[Conn, bool, Sequence[Temuan]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One of several submissions that a reporter made at another hub. `by`: who made it there; the rest as in Came."""

    draft: RekapDraft
    by: str
    revision: int
    at: datetime
    decides: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one: whether it was taken, and what was found."""

    taken: bool
    temuan: Sequence[Temuan]
