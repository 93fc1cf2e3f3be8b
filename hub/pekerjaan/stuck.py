"""Totals of provinces that could not be made: which, since when, why, and whether a hub tries them again by itself."""

from dataclasses import dataclass
from datetime import datetime

from hub.base.errors import HubError
from hub.db.database import Database
from hub.pekerjaan import statements as store

_UNKNOWN = "tidak tercatat; lihat log hub"
_LONGEST = 300  # characters of a reason; the whole of it is in the log


@dataclass(frozen=True, slots=True)
class Stuck:
    """`why`: what went wrong the last time, for people. `tries`: how often it was begun. `again`: when it is tried next; None: under
    way, or not any more. `given_up`: nobody tries it again by himself."""

    provinsi: str
    formulir: str
    periode: str
    since: datetime
    why: str
    tries: int
    again: datetime | None
    given_up: bool

    @property
    def remedy(self) -> str:
        """What frees it, for people."""
        if not self.given_up:
            return "Hub yang menyala mencobanya lagi sendiri."
        return f"Perbaiki sebabnya, lalu: hub rilis bersama {self.provinsi} (atau hub rebuild rilis)."


async def stuck(db: Database, provinsi: str | None = None) -> list[Stuck]:
    """Of that province, or of all; the oldest first. Raises ServiceNotReadyError when the database does not answer."""
    async with db.as_owner() as conn:
        rows = await store.stuck_jobs(conn, provinsi)
    return [Stuck(prov, form, period, since, why or _UNKNOWN, *rest) for prov, form, period, since, why, *rest in rows]


async def note_failure(db: Database, key: tuple[str, str, str], why: str) -> None:
    """Keep why it failed; since when stays that of the first failure. `key`: province, form, period."""
    async with db.as_owner() as conn:
        await store.put_failure(conn, key, why[:_LONGEST])


async def note_success(db: Database, key: tuple[str, str, str]) -> None:
    """The totals were made, by the job or by hand: nothing of it is stuck any more."""
    async with db.as_owner() as conn:
        await store.drop_failure(conn, key)


def reason(error: BaseException) -> str:
    """In one line."""
    if isinstance(error, HubError):
        return error.message
    first = str(error).strip().split("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
