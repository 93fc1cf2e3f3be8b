"""News of the hub, from the database to whoever waits in this process: one listening connection, many readers.

Two things come out of it. Subscriptions get the keys of rekap events, each through a bounded queue of its own, so that
a reader who does not read holds up nobody and costs a bounded amount of memory. And the data version tells whether
anything that reads can show has changed, without asking the database.
"""

import asyncio
import secrets
from collections import Counter, deque
from collections.abc import Callable
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta

import structlog
from cachetools import FIFOCache

from hub.base.errors import HubError, PlaceLimitError, ServiceNotReadyError
from hub.base.kode import is_within
from hub.base.origin import Caller
from hub.base.places import Places, Shares
from hub.berita.statements import KATALOG, DataChanged, RekapEvent, events_since, listening, news
from hub.db.claims import HubConnection
from hub.db.database import Conn, Database

_log = structlog.get_logger("hub.berita")

LONGEST_QUEUE = 4_096  # events that may wait for one reader
PLACES = Shares(total=2_000, public=800, per_token=200, per_address=200)  # subscriptions of one process
_REMEMBERED = 16_384  # keys remembered, so that what is looked up again after an outage is not told twice
_PAUSES = (0.2, 15.0)  # seconds between attempts to connect again: first, longest
_LOOK_BACK = timedelta(minutes=2)  # a transaction may take so long between its event's time and its commit
_NEAR_MIDNIGHT = timedelta(minutes=2)  # clocks of hub and database may differ by so much


class LaggingSubscriptionError(HubError):
    """A reader read too slowly, and its queue ran over."""

    kode = "LANGGANAN_TERTINGGAL"
    status = 503


class Subscription:
    """What waits for one reader. Made by `Berita.langgan`; hears nothing before `listen`; ends with `close`."""

    def __init__(self, berita: "Berita", subscriber: Caller) -> None:
        self._berita = berita
        self.wilayah: str | None = None
        self.subscriber = subscriber
        self.since = datetime.now(UTC)
        self._queue: deque[RekapEvent] = deque()
        self._arrived = asyncio.Event()
        self._overrun = False

    def listen(self, wilayah: str) -> None:
        """Events of rekap in that region, from now on."""
        self.wilayah, self.since = wilayah, datetime.now(UTC)

    def put(self, event: RekapEvent) -> None:
        if self._overrun:
            return
        if len(self._queue) >= LONGEST_QUEUE:
            self._overrun = True
            self._queue.clear()
        else:
            self._queue.append(event)
        self._arrived.set()

    def wake(self) -> None:
        self._arrived.set()

    async def take(self, most: int, seconds: float) -> list[RekapEvent] | None:
        """The next events, at most so many; [] when nothing came in that time; None when the hub stops.

        Raises LaggingSubscriptionError when events were lost because nobody took them.
        """
        if not self._arrived.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), seconds)
        if self._overrun:
            raise LaggingSubscriptionError(
                f"Langganan dihentikan: lebih dari {LONGEST_QUEUE} peristiwa menunggu dan tidak diambil. Minta langganan lagi, "
                "lalu ambil keadaan terbaru dengan daftarRekap."
            )
        if self._berita.done.is_set():
            return None
        events = [self._queue.popleft() for _ in range(min(most, len(self._queue)))]
        if not self._queue:
            self._arrived.clear()
        return events

    def close(self) -> None:
        self._berita.release(self)


class Berita:
    """`on_katalog`: called when the catalogue has changed. `on_table`: called with the name of a table that was written
    to; with None when anything may have been."""

    def __init__(
        self,
        db: Database,
        on_katalog: Callable[[], None] = lambda: None,
        on_table: Callable[[str | None], None] = lambda table: None,
        places: Shares = PLACES,
    ) -> None:
        self._db = db
        self._zone = db.zone
        self._on_katalog = on_katalog
        self._on_table = on_table
        self._subscriptions: set[Subscription] = set()
        self._places = Places(places)
        self._empty = asyncio.Event()
        self._empty.set()
        self._connected = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._prefix = secrets.token_hex(8)  # versions of another process, or of an earlier life, never equal ours
        self._changes = 0
        self._per_table: Counter[str] = Counter()
        self._times_connected = 0  # times the connection was made; whatever was written in between nobody heard
        self._last_heard = datetime.now(UTC)  # when the connection was last known to be whole
        self._told: FIFOCache[RekapEvent, None] = FIFOCache(_REMEMBERED)
        self.done = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen. Waits a little for the connection; without one it goes on trying."""
        self._task = asyncio.create_task(self._listen())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), 5)

    async def stop(self) -> None:
        self.done.set()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def end(self, seconds: float = 1.0) -> None:
        """Tell every reader that the hub stops, and give them so long to take leave."""
        self.done.set()
        for subscription in self._subscriptions:
            subscription.wake()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)

    # ---------- the data version ----------

    @property
    def connected(self) -> bool:
        """Whether news reaches this process right now."""
        return self._connected.is_set()

    @property
    def version(self) -> str | None:
        """Equal versions: what reads show has not changed in between. None: nobody knows right now.

        The day is part of it, because which regions are in force depends on it.
        """
        day = self.day
        return None if day is None else f"{self._prefix}.{self._changes}.{day}"

    @property
    def day(self) -> str | None:
        """The day at the office, which is the database's too. None around its midnight, where the clocks of hub and database
        need not agree on it, and while the database is not heard."""
        if not self._connected.is_set():
            return None
        now = datetime.now(UTC)  # where clocks are put forward at midnight, only UTC tells how far off it is
        earlier, later = ((now + d).astimezone(self._zone).date() for d in (-_NEAR_MIDNIGHT, _NEAR_MIDNIGHT))
        return earlier.isoformat() if earlier == later else None

    def version_of_tables(self, *tables: str) -> str | None:
        """The same for these tables alone, whatever the day: equal versions, nobody wrote to any of them in between, as far
        as the database has told. None: nobody knows right now."""
        if not self._connected.is_set():
            return None
        return f"{self._prefix}.{self._times_connected}.{'.'.join(str(self._per_table[t]) for t in tables)}"

    def note_write(self) -> None:
        """Something was written here just now: whoever asks next must not wait for the database to say so."""
        self._changes += 1

    # ---------- subscriptions ----------

    def subscribe(self, subscriber: Caller) -> Subscription:
        """A place for one more subscription. Raises PlaceLimitError when that caller, or all, have too many."""
        if not self._places.take(subscriber):
            who = "dengan token ini" if subscriber.token else "tanpa token, dari alamat ini atau pada hub ini"
            raise PlaceLimitError(
                f"Terlalu banyak langganan terbuka {who}; akhiri yang tidak dipakai, pakai token, atau coba lagi nanti."
            )
        subscription = Subscription(self, subscriber)
        self._subscriptions.add(subscription)
        self._empty.clear()
        return subscription

    def release(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
            self._places.give_back(subscription.subscriber)
        if not self._subscriptions:
            self._empty.set()

    @property
    def count(self) -> int:
        """Subscriptions open now."""
        return len(self._subscriptions)

    def _tell(self, event: RekapEvent, at: datetime | None = None) -> None:
        if event in self._told:
            return
        self._told[event] = None
        for subscription in self._subscriptions:
            here = subscription.wilayah is not None and is_within(event.key.kode_kab, subscription.wilayah)
            if here and (at is None or at >= subscription.since - _LOOK_BACK):
                subscription.put(event)

    # ---------- listening ----------

    async def _listen(self) -> None:
        pause = _PAUSES[0]
        while True:
            try:
                async with listening(self._db) as conn:
                    await self._catch_up(conn)
                    self.note_write()  # whatever was written while nobody listened
                    self._times_connected += 1
                    self._on_katalog()
                    self._on_table(None)
                    self._connected.set()
                    pause = _PAUSES[0]
                    await self._receive(conn)
            except ServiceNotReadyError:
                pass
            except Exception as error:  # a defect here must not leave the hub deaf for good
                _log.error("pendengar berita gagal", exc_info=error)
            finally:
                self._connected.clear()
            _log.warning("sambungan berita terputus", coba_lagi_detik=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _PAUSES[1])

    async def _catch_up(self, conn: HubConnection) -> None:
        """Tell what happened while the connection was gone (the first time there is nobody to tell yet)."""
        async with self._db.own_work_on(conn) as work:
            missed = await events_since(work, self._last_heard - _LOOK_BACK)
        for event, at in missed:
            self._tell(event, at)
        self._last_heard = datetime.now(UTC)

    async def _receive(self, conn: Conn) -> None:
        told = 0
        async with aclosing(news(conn)) as all_news:  # closed before the connection, which it holds locked
            async for heard in all_news:
                self._last_heard = datetime.now(UTC)
                if isinstance(heard, DataChanged):
                    self.note_write()
                    self._per_table[heard.table] += 1
                    self._on_table(heard.table)
                    if heard.table in KATALOG:
                        self._on_katalog()
                elif isinstance(heard, RekapEvent):
                    self._tell(heard)
                    told += 1
                    if told % 64 == 0:  # a thousand at once: let readers take theirs in between
                        await asyncio.sleep(0)
