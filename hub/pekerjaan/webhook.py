"""Messages to another program: made when they are sent, told at least once, always under the id that was given when they were left."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import structlog

from hub.base.errors import ServiceNotReadyError
from hub.base.public_id import RekapKey
from hub.base.uuid7 import uuid7
from hub.db.database import Database
from hub.pekerjaan import webhook_statements as store
from hub.pekerjaan.stuck import reason
from hub.pekerjaan.webhook_sender import Webhook, post

_log = structlog.get_logger("hub.pekerjaan")
QUEUE = "webhook"
_LONGEST = 300  # characters of a reason

News = Callable[[Database, str, RekapKey, str], Awaitable[dict[str, Any] | None]]
"""What is told of a row: its kind (peristiwa, pengingat), its rekap, its number; None where there is no such row."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A message that the receiver has not taken. `since`, `why`: of the first and of the last failure; `again`: when it is tried next; None:
    under way, or not any more."""

    id: str
    kind: str
    key: RekapKey
    since: datetime | None
    why: str
    tries: int
    again: datetime | None
    given_up: bool


@dataclass(frozen=True, slots=True)
class Messages:
    """How messages stand. `active`: whether new ones are left; `untold`: the first of those that failed."""

    active: bool
    waiting: int
    given_up: int
    untold: tuple[Untold, ...]


async def deliver(db: Database, webhook: Webhook, news: News, args: dict[str, Any]) -> None:
    """Tell one message (`args`: of its job). Raises NotDeliveredError, ServiceNotReadyError."""
    key = RekapKey(args["kode_kab"], args["formulir"], args["periode"])
    content = await news(db, args["jenis"], key, args["nomor"])
    if content is None:  # rows are never deleted: a database that was put together by hand
        _log.error("kabar tanpa isi dilewati", id=args["id"], rekap=key.id)
        return
    await post(webhook, args["id"], orjson.dumps({"id": args["id"], **content}))


async def note_reason(db: Database, job: int, error: Exception) -> None:
    """Keep why a message was not told, for whoever looks."""
    await note_text(db, job, reason(error))


async def note_text(db: Database, job: int, why: str) -> None:
    with suppress(ServiceNotReadyError):
        async with db.as_owner() as conn:
            await store.put_reason(conn, job, why[:_LONGEST])


async def set_active(db: Database, active: bool) -> None:
    """Say whether events and reminders leave messages from now on. What was left before stays."""
    async with db.as_owner() as conn:
        changed = await store.set_active(conn, active)
    if changed:
        _log.info("webhook dinyalakan" if active else "webhook dimatikan")


async def messages(db: Database, most: int = 50) -> Messages:
    """Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        active, waiting, given_up = await store.counts(conn)
        rows = await store.untold(conn, most)
    told = tuple(
        Untold(id_, kind, RekapKey(kab, form, period), since, why or "tidak tercatat; lihat log hub", *rest)
        for id_, kind, kab, form, period, since, why, *rest in rows
    )
    return Messages(active, waiting, given_up, told)


async def try_again(db: Database) -> int:
    """Let everything that failed be tried at once; how many messages those are."""
    async with db.as_owner() as conn:
        return await store.again(conn)


async def drop_given_up(db: Database) -> int:
    """Forget what was given up; how many messages those were."""
    async with db.as_owner() as conn:
        return await store.forget(conn)


async def send_trial(webhook: Webhook, now: datetime) -> str:
    """Send a message that says nothing happened; its id. Raises NotDeliveredError."""
    id_ = str(uuid7())
    await post(webhook, id_, orjson.dumps({"id": id_, "jenis": "uji", "pada": now.isoformat()}))
    return id_
