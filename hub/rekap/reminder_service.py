"""Reminders: that offices were reminded of rekap they owe, with the text to send; and, by the hub itself, on its days around a deadline.

What was noted stays. The hub sends nothing to offices: an officer sends the text, or another program does, which is told of each
reminder (docs/webhook.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.akses import izin
from hub.base.actor import Actor, Role
from hub.base.periode import Periode, PeriodeKind
from hub.base.public_id import RekapKey
from hub.base.temuan import Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap import reminder_statements as store
from hub.rekap.draft import ReminderDraft
from hub.rekap.reminder_checks import check, check_list
from hub.rekap.reminder_statements import NewReminder, RekapState
from hub.rekap.reminder_words import OpenRekap, message, office_name

LATEST = 31  # days after its deadline until which the hub itself still reminds of a rekap
CHANNEL = "hub"  # of the hub's own reminders


@dataclass(frozen=True, slots=True)
class OfficeMessage:
    """`as_of`: the day as of which the region of that code is looked at."""

    kode_kab: str
    as_of: date
    text: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was noted, one message an office; and what was wrong (then nothing was noted), or needs no reminder."""

    messages: tuple[OfficeMessage, ...]
    temuan: tuple[Temuan, ...]


class Reminders:
    """Raises NotAuthorisedError; everything else that is wrong is in what it answers."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def note(self, actor: Actor, draft: ReminderDraft) -> Reminded:
        """Note that the offices were reminded of these rekap, and make the text for each. What is sent already is left out and said."""
        for kode in dict.fromkeys(k.kode_kab for k in draft.asked) or [None]:
            izin.require(actor, izin.REMIND, kode)
        if temuan := check_list(draft):
            return Reminded((), tuple(temuan))
        katalog, today, asked = await self._katalog.get(), self._db.today(), list(dict.fromkeys(draft.asked))
        async with self._db.as_actor(actor) as conn:
            await store.hold(conn, actor.wilayah)
            states = await store.states(conn, asked)
            temuan = list(check(asked, states, katalog, today))
            if has_error(temuan):
                return Reminded((), tuple(temuan))
            open_ones = [s for s in states if s.is_open]
            await store.insert(
                conn, (_reminder(s, None) for s in open_ones), draft.channel.strip(), actor.name, actor.wilayah
            )
            name = await store.sender_name(conn, actor.wilayah) if actor.role is Role.PROVINSI else None
        sender = f"Dinas Sosial Provinsi {name}" if name else "Pengelola hub Dinas Sosial"
        return Reminded(tuple(_messages(open_ones, today, sender)), tuple(temuan))


async def remind_due(db: Database, days: Sequence[int]) -> int:
    """Note the hub's own reminders of today, and answer how many were new. Safe to repeat and to do twice at once.

    `days`: to the deadline, negative ones after it. Of each open rekap the one that was reached last, once for that deadline: a hub that
    was off for long tells what holds today, not what it slept through. What is due for longer than LATEST days is left to people.
    """
    if not days:
        return 0
    today = db.today()
    first, last = today - timedelta(days=LATEST), today + timedelta(days=max(days))
    async with db.as_owner() as conn:
        await store.hold(conn, "")
        pairs = dict.fromkeys(await store.set_deadlines(conn, first, last))
        for kode, kind, grace in await store.forms(conn):
            periods = _ending(PeriodeKind[kind], first - timedelta(days=grace), last - timedelta(days=grace))
            pairs |= dict.fromkeys((kode, str(p)) for p in periods)
        due = await store.due_between(conn, list(pairs), first, last) if pairs else []
        chosen = [(s, reached(s.due, today, days)) for s in due if s.due is not None]
        return await store.insert(conn, (_reminder(s, n) for s, n in chosen if n is not None), CHANNEL, "", "")


def reached(due: date, today: date, days: Sequence[int]) -> int | None:
    """Which of those days was reached last; None: none yet."""
    left = (due - today).days
    return min((n for n in days if left <= n), default=None)


def _ending(kind: PeriodeKind, first: date, last: date) -> Iterator[Periode]:
    """Periods of that length whose last day lies between those two, newest first."""
    periode = Periode(last.year, kind, (last.month - 1) // kind + 1)
    while periode.last_day >= first:
        if periode.last_day <= last:
            yield periode
        periode = periode.previous


def _reminder(s: RekapState, days: int | None) -> NewReminder:
    assert s.due is not None, "there is such a form"
    return NewReminder(uuid7(), RekapKey(s.kode_kab, s.formulir, s.periode), s.due, days, s.status)


def _messages(states: Sequence[RekapState], today: date, sender: str) -> Iterator[OfficeMessage]:
    """In the order in which the offices were named."""
    offices: dict[str, list[RekapState]] = {}
    for s in states:
        offices.setdefault(s.kode_kab, []).append(s)
    for kode, owed in offices.items():
        newest = max(owed, key=lambda s: s.day)
        name = office_name(newest.name or "", newest.kind or "")
        yield OfficeMessage(kode, newest.day, message(name, [_open(s) for s in owed], today, sender))


def _open(s: RekapState) -> OpenRekap:
    assert s.due is not None, "there is such a form"
    return OpenRekap(s.formulir, s.form or "", Periode.read(s.periode), s.due, s.status, s.action, s.notes)
