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

from hub.base.errors import BatasTempatError, HubError, LayananTidakSiapError
from hub.base.kode import di_dalam
from hub.base.origin import Caller
from hub.base.places import Places, Shares
from hub.berita.statements import KATALOG, DataBerubah, Peristiwa, events_since, listening, news
from hub.db.database import Conn, Database
from hub.db.klaim import Sambungan

_log = structlog.get_logger("hub.berita")

ANTREAN = 4_096  # events that may wait for one reader
TEMPAT = Shares(total=2_000, public=800, per_token=200, per_address=200)  # subscriptions of one process
_INGAT = 16_384  # keys remembered, so that what is looked up again after an outage is not told twice
_JEDA = (0.2, 15.0)  # seconds between attempts to connect again: first, longest
_MUNDUR = timedelta(minutes=2)  # a transaction may take so long between its event's time and its commit
_DEKAT_TENGAH_MALAM = timedelta(minutes=2)  # clocks of hub and database may differ by so much


class LanggananTertinggalError(HubError):
    """A reader read too slowly, and its queue ran over."""

    kode = "LANGGANAN_TERTINGGAL"
    status = 503


class Langganan:
    """What waits for one reader. Made by `Berita.langgan`; hears nothing before `dengar`; ends with `tutup`."""

    def __init__(self, berita: "Berita", pelanggan: Caller) -> None:
        self._berita = berita
        self.wilayah: str | None = None
        self.pelanggan = pelanggan
        self.sejak = datetime.now(UTC)
        self._antre: deque[Peristiwa] = deque()
        self._ada = asyncio.Event()
        self._luap = False

    def dengar(self, wilayah: str) -> None:
        """Events of rekap in that region, from now on."""
        self.wilayah, self.sejak = wilayah, datetime.now(UTC)

    def taruh(self, peristiwa: Peristiwa) -> None:
        if self._luap:
            return
        if len(self._antre) >= ANTREAN:
            self._luap = True
            self._antre.clear()
        else:
            self._antre.append(peristiwa)
        self._ada.set()

    def bangunkan(self) -> None:
        self._ada.set()

    async def ambil(self, banyak: int, detik: float) -> list[Peristiwa] | None:
        """The next events, at most so many; [] when nothing came in that time; None when the hub stops.

        Raises LanggananTertinggalError when events were lost because nobody took them.
        """
        if not self._ada.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ada.wait(), detik)
        if self._luap:
            raise LanggananTertinggalError(
                f"Langganan dihentikan: lebih dari {ANTREAN} peristiwa menunggu dan tidak diambil. Minta langganan lagi, "
                "lalu ambil keadaan terbaru dengan daftarRekap."
            )
        if self._berita.selesai.is_set():
            return None
        isi = [self._antre.popleft() for _ in range(min(banyak, len(self._antre)))]
        if not self._antre:
            self._ada.clear()
        return isi

    def tutup(self) -> None:
        self._berita.lepas(self)


class Berita:
    """`pada_katalog`: called when the catalogue has changed. `pada_tabel`: called with the name of a table that was written
    to; with None when anything may have been."""

    def __init__(
        self,
        db: Database,
        pada_katalog: Callable[[], None] = lambda: None,
        pada_tabel: Callable[[str | None], None] = lambda tabel: None,
        tempat: Shares = TEMPAT,
    ) -> None:
        self._db = db
        self._zona = db.zona
        self._pada_katalog = pada_katalog
        self._pada_tabel = pada_tabel
        self._langganan: set[Langganan] = set()
        self._tempat = Places(tempat)
        self._kosong = asyncio.Event()
        self._kosong.set()
        self._tersambung = asyncio.Event()
        self._tugas: asyncio.Task[None] | None = None
        self._awalan = secrets.token_hex(8)  # versions of another process, or of an earlier life, never equal ours
        self._hitung = 0
        self._per_tabel: Counter[str] = Counter()
        self._sambungan = 0  # times the connection was made; whatever was written in between nobody heard
        self._terakhir = datetime.now(UTC)  # when the connection was last known to be whole
        self._sudah: FIFOCache[Peristiwa, None] = FIFOCache(_INGAT)
        self.selesai = asyncio.Event()

    async def mulai(self) -> None:
        """Begin to listen. Waits a little for the connection; without one it goes on trying."""
        self._tugas = asyncio.create_task(self._dengarkan())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._tersambung.wait(), 5)

    async def berhenti(self) -> None:
        self.selesai.set()
        if self._tugas is not None:
            self._tugas.cancel()
            with suppress(asyncio.CancelledError):
                await self._tugas

    async def akhiri(self, detik: float = 1.0) -> None:
        """Tell every reader that the hub stops, and give them so long to take leave."""
        self.selesai.set()
        for satu in self._langganan:
            satu.bangunkan()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._kosong.wait(), detik)

    # ---------- the data version ----------

    @property
    def tersambung(self) -> bool:
        """Whether news reaches this process right now."""
        return self._tersambung.is_set()

    @property
    def versi(self) -> str | None:
        """Equal versions: what reads show has not changed in between. None: nobody knows right now.

        The day is part of it, because which regions are in force depends on it.
        """
        hari = self.hari
        return None if hari is None else f"{self._awalan}.{self._hitung}.{hari}"

    @property
    def hari(self) -> str | None:
        """The day at the office, which is the database's too. None around its midnight, where the clocks of hub and database
        need not agree on it, and while the database is not heard."""
        if not self._tersambung.is_set():
            return None
        kini = datetime.now(UTC)  # where clocks are put forward at midnight, only UTC tells how far off it is
        tadi, nanti = ((kini + d).astimezone(self._zona).date() for d in (-_DEKAT_TENGAH_MALAM, _DEKAT_TENGAH_MALAM))
        return tadi.isoformat() if tadi == nanti else None

    def versi_tabel(self, *tabel: str) -> str | None:
        """The same for these tables alone, whatever the day: equal versions, nobody wrote to any of them in between, as far
        as the database has told. None: nobody knows right now."""
        if not self._tersambung.is_set():
            return None
        return f"{self._awalan}.{self._sambungan}.{'.'.join(str(self._per_tabel[t]) for t in tabel)}"

    def naik(self) -> None:
        """Something was written here just now: whoever asks next must not wait for the database to say so."""
        self._hitung += 1

    # ---------- subscriptions ----------

    def langgan(self, pelanggan: Caller) -> Langganan:
        """A place for one more subscription. Raises BatasTempatError when that caller, or all, have too many."""
        if not self._tempat.take(pelanggan):
            siapa = "dengan token ini" if pelanggan.token else "tanpa token, dari alamat ini atau pada hub ini"
            raise BatasTempatError(
                f"Terlalu banyak langganan terbuka {siapa}; akhiri yang tidak dipakai, pakai token, atau coba lagi nanti."
            )
        satu = Langganan(self, pelanggan)
        self._langganan.add(satu)
        self._kosong.clear()
        return satu

    def lepas(self, satu: Langganan) -> None:
        if satu in self._langganan:
            self._langganan.remove(satu)
            self._tempat.give_back(satu.pelanggan)
        if not self._langganan:
            self._kosong.set()

    @property
    def banyak(self) -> int:
        """Subscriptions open now."""
        return len(self._langganan)

    def _bagikan(self, peristiwa: Peristiwa, pada: datetime | None = None) -> None:
        if peristiwa in self._sudah:
            return
        self._sudah[peristiwa] = None
        for satu in self._langganan:
            di_sini = satu.wilayah is not None and di_dalam(peristiwa.kunci.kode_kab, satu.wilayah)
            if di_sini and (pada is None or pada >= satu.sejak - _MUNDUR):
                satu.taruh(peristiwa)

    # ---------- listening ----------

    async def _dengarkan(self) -> None:
        jeda = _JEDA[0]
        while True:
            try:
                async with listening(self._db) as conn:
                    await self._susul(conn)
                    self.naik()  # whatever was written while nobody listened
                    self._sambungan += 1
                    self._pada_katalog()
                    self._pada_tabel(None)
                    self._tersambung.set()
                    jeda = _JEDA[0]
                    await self._terima(conn)
            except LayananTidakSiapError:
                pass
            except Exception as salah:  # a defect here must not leave the hub deaf for good
                _log.error("pendengar berita gagal", exc_info=salah)
            finally:
                self._tersambung.clear()
            _log.warning("sambungan berita terputus", coba_lagi_detik=jeda)
            await asyncio.sleep(jeda)
            jeda = min(jeda * 2, _JEDA[1])

    async def _susul(self, conn: Sambungan) -> None:
        """Tell what happened while the connection was gone (the first time there is nobody to tell yet)."""
        async with self._db.own_work_on(conn) as kerja:
            terlewat = await events_since(kerja, self._terakhir - _MUNDUR)
        for peristiwa, pada in terlewat:
            self._bagikan(peristiwa, pada)
        self._terakhir = datetime.now(UTC)

    async def _terima(self, conn: Conn) -> None:
        dibagikan = 0
        async with aclosing(news(conn)) as semua:  # closed before the connection, which it holds locked
            async for kabar in semua:
                self._terakhir = datetime.now(UTC)
                if isinstance(kabar, DataBerubah):
                    self.naik()
                    self._per_tabel[kabar.tabel] += 1
                    self._pada_tabel(kabar.tabel)
                    if kabar.tabel in KATALOG:
                        self._pada_katalog()
                elif isinstance(kabar, Peristiwa):
                    self._bagikan(kabar)
                    dibagikan += 1
                    if dibagikan % 64 == 0:  # a thousand at once: let readers take theirs in between
                        await asyncio.sleep(0)
