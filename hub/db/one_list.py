"""A list that is brought in: one transaction, which may be undone once everything was said of it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from hub.base.actor import Actor
from hub.db.database import Conn, Database

T = TypeVar("T")


class _UndoneError(Exception):
    """Ends the transaction without what it wrote."""


async def in_one_transaction(
    db: Database, actor: Actor, lock: str, work: Callable[[Conn], Awaitable[tuple[T, bool]]]
) -> T:
    """What `work` answers first; kept where it answers true beside it, else nothing was written. One list at a time under the name
    `lock`."""
    try:
        async with db.as_actor(actor) as conn:
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (lock,))
            answer, keep = await work(conn)
            if not keep:
                raise _UndoneError
    except _UndoneError:
        pass
    return answer
