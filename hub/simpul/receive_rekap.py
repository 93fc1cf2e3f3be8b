"""Events of rekap: submissions and withdrawals of a node, taken by its province through the very checks of its own callers; verdicts of a
province, taken by its node."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.periode import Periode
from hub.base.public_id import RekapKey, rekap_key
from hub.base.temuan import ERROR, Location, Refused, Temuan
from hub.berita.chain_event import ChainEvent
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.came import Came
from hub.rekap.draft import Cell, Column, Place, RekapDraft, Surat, Total
from hub.rekap.moves import APPROVE, REOPEN, SEND_BACK, STATUSES
from hub.rekap.service import RekapWorkflow
from hub.rekap.verdicts import Verdict, take_refusal, take_verdict
from hub.simpul.receive_event import ContentError, Taking, number_of, text_of

CLOCKS_DIFFER = timedelta(minutes=10)  # by less than so much, for origin's time to be believed
_of_fields = tuple.__new__  # what a NamedTuple is made by, without the call that names the fields
_ATTEMPTS = 3  # where another revision comes in between


class RekapEvents:
    """What the events of rekap do. Each answers what refused it; () where it was taken. Raises ContentError, TakenAlreadyError.

    `received_within`: after so long origin's time no longer says whether a submission was in time."""

    def __init__(self, db: Database, katalog: KatalogCache, received_within: timedelta) -> None:
        self._db = db
        self._katalog = katalog
        self._workflow = RekapWorkflow(db, katalog)
        self._received_within = received_within

    async def submit(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """A submission. `clock`: the sender's less ours, None: not known."""
        event, data = taking.event, content_of(taking.event)
        draft = draft_of(event, data)
        came = Came(number_of(data, "revisi"), event.at, self.decides(event.at, clock), taking.begin, taking.keep)
        for attempt in range(_ATTEMPTS):
            try:
                result = await self._workflow.receive(office(event), draft, came)
                break
            except RevisionConflictError:
                if attempt == _ATTEMPTS - 1:
                    raise
        return result.temuan if isinstance(result, Refused) else ()

    async def withdraw(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """A submission that its office took back. It counts if it comes before the verdict."""
        event, data = taking.event, content_of(taking.event)
        key, revision = key_of_event(event, data), number_of(data, "revisi")
        came = Came(revision, event.at, self.decides(event.at, clock), taking.begin, taking.keep)
        try:
            result = await self._workflow.receive_withdrawal(office(event), key, text_of(data, "alasan"), came)
        except RevisionConflictError as error:
            message = f"Yang ditarik revisi {revision}, sedangkan yang terbaru di sini revisi {error.newest_revision}; tidak ada yang ditarik."
            return (Temuan("REVISI_LAIN", ERROR, message, wilayah=key.kode_kab, nilai=str(revision)),)
        return result.temuan if isinstance(result, Refused) else ()

    async def verdict(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """What the province decided."""
        event, data = taking.event, content_of(taking.event)
        key, verdict, known = key_of_event(event, data), _verdict_of(event, data), number_of(data, "sudah")
        katalog = await self._katalog.get()
        actor = Actor(Role.PROVINSI, event.kode_kab[:2], event.by)
        async with self._db.as_actor(actor) as conn:

            async def later() -> Sequence[tuple[str, int]]:
                asked = "SELECT aksi, revisi FROM hub_rantai_sesudah(%s, %s, %s)"
                cursor = await conn.execute(asked, (key.kode_kab, event.subject, known))
                return [(str(action), int(revision)) for action, revision in await cursor.fetchall()]

            await taking.begin(conn)
            refused = await take_verdict(conn, actor, key, verdict, later, katalog)
            await taking.keep(conn, refused is None, refused.temuan if refused else ())
        return refused.temuan if refused else ()

    async def refused_there(self, event: ChainEvent, temuan: Sequence[dict[str, Any]]) -> None:
        """A submission of this node that its province could not take."""
        data = content_of(event)
        actor = Actor(Role.PROVINSI, event.kode_kab[:2], event.by)
        async with self._db.as_actor(actor) as conn:
            await take_refusal(conn, key_of_event(event, data), number_of(data, "revisi"), temuan)

    def decides(self, at: datetime, clock: timedelta | None) -> bool:
        """Whether origin's time says if something was in time."""
        if clock is None or abs(clock) >= CLOCKS_DIFFER:
            return False
        age = datetime.now(at.tzinfo) - at
        return -CLOCKS_DIFFER < age <= self._received_within


def office(event: ChainEvent) -> Actor:
    """Whoever did it there."""
    return Actor(Role.KABUPATEN, event.kode_kab, event.by)


def content_of(event: ChainEvent) -> dict[str, Any]:
    """Raises ContentError where a text has what no text of the database has."""
    if "\\u0000" in event.content:
        raise ContentError("NUL")
    data: dict[str, Any] = orjson.loads(event.content)
    return data


def key_of_event(event: ChainEvent, data: dict[str, Any]) -> RekapKey:
    """The rekap an event is about, which its envelope says as well. Raises ContentError."""
    try:
        key = rekap_key(f"{event.kode_kab}:{text_of(data, 'formulir')}:{text_of(data, 'periode')}")
    except InvalidInputError as error:
        raise ContentError("formulir atau periode") from error
    if key.id != event.subject:
        raise ContentError("subject")
    return key


def draft_of(event: ChainEvent, data: dict[str, Any]) -> RekapDraft:
    """A stored revision as it is sent again. Raises ContentError."""
    key, revision = key_of_event(event, data), number_of(data, "revisi")
    try:
        cells = tuple(_cells(revision, data["nilai"]))
        total = tuple(Total(_string(e), _string(w), _figure(t)) for e, w, t in data["total"])
        letter = data["surat"]
        surat = None if letter is None else Surat(text_of(letter, "nomor"), date.fromisoformat(letter["tanggal"]))
        periode = Periode.read(key.periode)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError("nilai, total atau surat") from error
    return RekapDraft(key.kode_kab, key.formulir, periode, text_of(data, "kunci"), None, cells, total, surat)


def _cells(revision: int, rows: Iterable[tuple[str, str, dict[str, str], str | None, str]]) -> Iterator[Cell]:
    """Thousands of rows have few columns and regions: each is made once. Raises TypeError, ValueError."""
    columns: dict[tuple[object, ...], tuple[Column, Location]] = {}
    places: dict[str, Place] = {}
    figures: dict[str, Decimal] = {}
    for elemen, wilayah, rincian, nilai, status in rows:
        written = (elemen, *rincian.items())
        found = columns.get(written)
        if found is None:
            pairs = tuple(sorted((_string(name), _string(choice)) for name, choice in rincian.items()))
            column = Column(_string(elemen), pairs)
            found = columns[written] = (column, Location(lembar=f"revisi {revision}", kolom=column.elemen))
        place = places.get(wilayah)
        if place is None:
            place = places[wilayah] = Place(_string(wilayah))
        if nilai is None:
            yield Cell(place, found[0], None, _string(status), found[1])
            continue
        figure = figures.get(nilai)
        if figure is None:
            figure = figures[nilai] = _figure(nilai)
        yield _of_fields(Cell, (place, found[0], figure, None, found[1], False, False))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _figure(text: object) -> Decimal:
    """Raises ValueError."""
    try:
        figure = Decimal(_string(text))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not figure.is_finite():
        raise ValueError(text)
    return figure


_ACTIONS = {f"rekap.{action.lower()}": action for action in (APPROVE, SEND_BACK, REOPEN)}


def _verdict_of(event: ChainEvent, data: dict[str, Any]) -> Verdict:
    """Raises ContentError."""
    submitted, on_time, notes, reason = (data.get(k) for k in ("diajukan_pada", "tepat_waktu", "catatan", "alasan"))
    to_status = text_of(data, "ke")
    if to_status not in STATUSES or not isinstance(notes, list) or not (on_time is None or isinstance(on_time, bool)):
        raise ContentError("ke, catatan atau tepat_waktu")
    try:
        since = None if submitted is None else datetime.fromisoformat(submitted)
    except (ValueError, TypeError) as error:
        raise ContentError("diajukan_pada") from error
    return Verdict(
        _ACTIONS[event.kind], number_of(data, "revisi"), to_status, event.at,
        None if reason is None else text_of(data, "alasan"), notes, (since, on_time),
    )  # fmt: skip
