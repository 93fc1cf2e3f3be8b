"""Importing boundaries: each feature finds its region by code, never by place; whatever cannot be used is listed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date

import shapely
from shapely import MultiPolygon

from geo.coverage import as_multi
from geo.inside import label_point
from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.batas import statements as store
from hub.batas.feature import BatasFeature as BatasFeature
from hub.batas.pyramid import LaporanPyramid, build
from hub.batas.row_stream import STANDSTILL, Watch, flowing, watched
from hub.batas.statements import BatasSource as BatasSource
from hub.batas.statements import NewBatas
from hub.db.database import Conn, Database
from hub.wilayah.name_beside_code import Fit, NamesBesideCodes

_INDONESIA = (94.0, -12.0, 142.0, 8.0)  # west, south, east, north; generous


@dataclass(slots=True)
class LaporanBatas:
    """What an import did. Every list holds one line per feature or region. `pyramid`: what was drawn of it."""

    features_read: int = 0
    stored: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    empty: list[str] = field(default_factory=list)
    without_kode: list[str] = field(default_factory=list)
    unknown_kode: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    contradicting: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    other_columns: list[str] = field(default_factory=list)
    without_batas: list[str] = field(default_factory=list)
    pyramid: LaporanPyramid = field(default_factory=LaporanPyramid)


@dataclass(frozen=True, slots=True)
class Progress:
    """Who is told how far an import is: `features` how many of them are done, from another thread; `stage` what is done before and
    after them (what, done, of how many)."""

    features: Callable[[int], None] = lambda count: None
    stage: Callable[[str, int, int], None] = lambda what, done, total: None


_NOBODY = Progress()


async def import_batas(
    db: Database,
    features: Iterable[BatasFeature | None],
    as_of: date,
    source: BatasSource,
    *,
    patience: float | None = None,
    progress: Progress = _NOBODY,
) -> LaporanBatas:
    """Store the boundaries for the regions in force on `as_of` and draw what they change, all in one transaction: whoever
    reads sees the boundaries as they were until everything is as it will be, and a killed import leaves nothing behind.

    A feature whose name is that of another region than its code's is listed and not stored, unless the source's codes are trusted.
    Features are taken as they come and not kept; None says that whoever reads them is at it. Raises InvalidInputError when the
    axes are evidently swapped (latitude first) or two layers contradict each other, before anything is stored; TimeLimitError
    when no feature is read or sent for `patience` seconds (None: STANDSTILL), or whoever reads is at one for AT_WORK.
    """
    laporan, tell_stage = LaporanBatas(), progress.stage
    async with db.as_owner() as conn:
        tell_stage("menunggu giliran", 0, 1)
        await store.lock(conn)
        wilayah = await store.regions_on(conn, as_of)
        if not wilayah:
            raise InvalidInputError(
                f"Belum ada daftar wilayah yang berlaku pada {as_of}; impor dahulu dengan: hub import wilayah"
            )
        watch = Watch(STANDSTILL if patience is None else patience)
        names = NamesBesideCodes({k: n for k, (_, _, n) in wilayah.items()}, await store.spellings_of(conn))
        sorter = _Sorter(
            wilayah, None if source.is_sample else names, source.trust_codes, laporan, progress.features, watch
        )
        async with aclosing(flowing(sorter.accept(features), watch)) as rows:
            await watched(conn, store.stage(conn, rows), watch)
        await _merge(conn, sorter, laporan, lambda n, total: tell_stage("menggabungkan bagian", n, total))
        laporan.other_columns = sorter.from_other_columns()
        progress.features(laporan.features_read)
        tell_stage("menyimpan batas", 0, 1)
        stored = await store.replace(conn, as_of, source)
        laporan.stored = len(stored)
        provinsi = sorted({k[:2] for k in sorter.first_layer})
        for level in sorted({wilayah[k][1] for k in sorter.first_layer}):
            for k in await store.missing(conn, level, provinsi, as_of):
                laporan.without_batas.append(f"{k} {wilayah[k][2]}")
        tell_stage("menggambar peta", 0, 1)
        laporan.pyramid = await build(conn, stored, advance=lambda n, total: tell_stage("menggambar peta", n, total))
    return laporan


@dataclass(slots=True)
class _Sorter:
    """Sorts features as they come. `first_layer`: code → layer of the first feature that bore it; `duplicates`: code → its further
    features, by their place among all that were read; `names`: None where those of the features mean nothing."""

    wilayah: dict[str, tuple[date, int, str]]
    names: NamesBesideCodes | None
    trust_codes: bool
    laporan: LaporanBatas
    advance: Callable[[int], None]
    watch: Watch
    first_layer: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)
    _first: set[str] = field(default_factory=set)  # layers in which a code stands in the column looked into first
    _other_columns: dict[str, list[str]] = field(default_factory=dict)  # layer → features whose code stands in another

    def accept(self, features: Iterable[BatasFeature | None]) -> Iterator[NewBatas]:
        for f in features:
            if f is None:
                self.watch.at_work()
                continue
            self.watch.moved()
            self.laporan.features_read += 1
            if (new_batas := self._accept_one(f)) is not None:
                yield new_batas
            if self.laporan.features_read % 200 == 0:
                self.advance(self.laporan.features_read)

    def _accept_one(self, f: BatasFeature) -> NewBatas | None:
        kode = kode_wilayah.dotted(f.kode)
        in_layer = f" lapisan {f.layer}" if f.layer else ""
        place = f"fitur {f.number}{in_layer}: {kode or '(tanpa kode)'} {f.name}".rstrip()
        if not kode:
            self.laporan.without_kode.append(place if f.geom is not None else f"{place}: {f.problem}")
            return None
        if kode not in self.wilayah:
            self.laporan.unknown_kode.append(place)
            return None
        if f.geom is None:
            self.laporan.empty.append(f"{place}: {f.problem}")
            return None
        if self._speaks_of_another(kode, f.name, place):
            return None
        _check_axes(f.geom, place)
        if f.problem is not None:
            self.laporan.repaired[f.problem] += 1
        if kode in self.first_layer:
            self.duplicates.setdefault(kode, {})[self.laporan.features_read] = place, f.layer
        else:
            self.first_layer[kode] = f.layer
        self._note_column(f, place)
        since, level, _ = self.wilayah[kode]
        return NewBatas(self.laporan.features_read, kode, since, level, f.geom, label_point(f.geom))

    def _speaks_of_another(self, kode: str, name: str, place: str) -> bool:
        """Whether the feature is to be left out for its name; what is to be said of it is noted."""
        if self.names is None or not name:
            return False
        fit, other = self.names.compare(kode, name)
        if fit is Fit.UNLIKE:
            self.laporan.other_names.append(f"{place}: di hub {self.wilayah[kode][2]}")
        if fit is Fit.OTHER:
            told = (
                f"{place}: kode {kode} adalah {self.wilayah[kode][2]}, nama itu milik {other} {self.wilayah[other][2]}"
            )
            self.laporan.contradicting.append(told)
        return fit is Fit.OTHER and not self.trust_codes

    def _note_column(self, f: BatasFeature, place: str) -> None:
        if not f.column:
            self._first.add(f.layer)
        else:
            self._other_columns.setdefault(f.layer, []).append(f"{place}: dari kolom {f.column}")

    def from_other_columns(self) -> list[str]:
        """Features whose code stands in another column than that of most in their layer. Where the first column is empty
        throughout, the layer is of a coarser level, and there is nothing to look at."""
        return [t for layer, places in self._other_columns.items() if layer in self._first for t in places]


async def _merge(conn: Conn, sorter: _Sorter, laporan: LaporanBatas, advance: Callable[[int, int], None]) -> None:
    """One area for each region that several features of a layer bear the code of; in two layers it must be the same."""
    notes: dict[int, str] = {}
    for done, (kode, others) in enumerate(sorter.duplicates.items()):
        advance(done, len(sorter.duplicates))
        (first, whole), *further = await store.staged(conn, kode)
        for number, geom in further:
            place, layer = others[number]
            if whole.equals(geom):
                notes[number] = f"{place}: salinan, diabaikan"
            elif layer != sorter.first_layer[kode]:
                raise InvalidInputError(
                    f"{place}: wilayah ini ada pula di lapisan {sorter.first_layer[kode]} dengan bentuk lain; pilih satu "
                    "lapisan dengan --lapisan."
                )
            else:
                notes[number] = f"{place}: digabungkan dengan fitur sebelumnya"
                whole = as_multi(shapely.union(whole, geom))
        await store.restage(conn, kode, first, whole, label_point(whole))
    laporan.duplicates += [notes[number] for number in sorted(notes)]


def _check_axes(geom: MultiPolygon, place: str) -> None:
    west, south, east, north = geom.bounds
    b, s, t, u = _INDONESIA
    if b <= west and east <= t and s <= south and north <= u:
        return
    if b <= south and north <= t and s <= west and east <= u:
        raise InvalidInputError(
            f"{place}: sumbu tertukar (lintang lebih dahulu); simpan ulang berkasnya dengan bujur lebih dahulu."
        )
    raise InvalidInputError(
        f"{place}: koordinat ({west:.4f}, {south:.4f}) di luar Indonesia; periksa sistem koordinat berkasnya."
    )
