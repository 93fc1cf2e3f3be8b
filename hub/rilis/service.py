"""An office's release: what everybody sees of its approved figures, decided with the approval and in its transaction.

Only elements of sensitivity ≥ 1, and what tells of them (money of counted families, results), are decided here; a trigger copies
all others. A revision beside which an earlier version would give a count away waits: what was shown stays.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from hub.angka.rollup import AngkaRow
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.katalog.formula import Rincian
from hub.rilis import statements as store
from hub.rilis.decision import Before, Decided, Spot, decide_element, hidden_places, tells
from hub.rilis.office import Released
from hub.rilis.primary import Thresholds
from hub.rilis.province import decide
from hub.rilis.reasons import PERIOD, REVISION, REVISION_TOLD
from hub.rilis.shown_rows import (
    COUNTED_BY,
    RESULTS,
    RawRow,
    countable,
    figures,
    money_seen,
    results_seen,
    seen,
    stated_seen,
)
from hub.rilis.stored import StoredRelease, released, to_store
from hub.rilis.totals_statements import Place, hold_totals, newest_releases, shown_totals
from hub.rilis.withdrawal_statements import hold_off_withdrawals, withdrawn


@dataclass(frozen=True, slots=True)
class Deciding:
    """A release that is being decided. `rules`: element → sensitivity; `adopted`: as `release_office`; `decided`: figures as approved by
    element, and what is decided of those that count people."""

    key: RekapKey
    rules: Mapping[str, int]
    adopted: Collection[str]
    thresholds: Thresholds
    decided: "asyncio.Task[_Outcome]"

    @property
    def counted(self) -> list[str]:
        return _counted(self.rules)

    @property
    def beside(self) -> list[str]:
        return sorted(e for e in self.rules if e in COUNTED_BY or e == RESULTS)


_Outcome = tuple[Mapping[str, Sequence[RawRow]], Mapping[str, Decided]]


async def release_office(conn: Conn, key: RekapKey, elemen: Sequence[str], adopted: Collection[str] = ()) -> None:
    """Show what may be shown of the figures of that reporter and period, which stand in `angka` by now, after `begin_release`. `adopted`: elements whose
    only version is an older hub's; what it gave away is known already, so they are decided anew and nothing waits for its sake. So are
    those whose sensitivity the catalogue has changed."""
    async with deciding(conn, key, elemen, adopted=adopted) as release:
        await show(conn, release)


@asynccontextmanager
async def deciding(
    conn: Conn,
    key: RekapKey,
    elemen: Sequence[str],
    angka: Sequence[AngkaRow] | None = None,
    adopted: Collection[str] = (),
) -> AsyncIterator[Deciding]:
    """As `release_office`, of figures that may not stand in `angka` yet: they are written within, while it is decided; `show` ends it.
    `angka`: all there will be of those elements, reporter and period; None: they stand there."""
    rules = await store.sensitivities(conn, elemen)
    counted = _counted(rules)
    adopted = {*adopted, *await store.changed_by_catalogue(conn, key.kode_kab, key.periode)}
    thresholds = await store.thresholds_of(conn, key.kode_kab[:2])
    before = await _before(conn, key, counted)
    mine = [e for e in rules if e in counted or e in COUNTED_BY or e == RESULTS]
    standing = await store.raw_rows(conn, key.kode_kab, key.periode, mine) if angka is None else []
    new = [a for a in angka or () if a.elemen.kode in mine]
    told_by = await store.sensitivities_of(conn, {(a.elemen.kode, a.rincian) for a in new})

    async def decided() -> _Outcome:
        raw = await off_loop(len(standing) + len(new), _by_element, mine, standing, new, told_by)
        result: dict[str, Decided] = {}
        for e in counted:
            work = partial(decide_element, key, raw[e], before[e], thresholds, once=e in adopted)
            result[e] = await off_loop(max(len(raw[e]), 1) * 10, work)
        return raw, result

    task = asyncio.create_task(decided())
    try:
        yield Deciding(key, rules, adopted, thresholds, task)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _counted(rules: Mapping[str, int]) -> list[str]:
    return sorted(e for e, r in rules.items() if r >= 1)


def _by_element(
    elemen: Iterable[str],
    standing: Iterable[RawRow],
    new: Iterable[AngkaRow],
    told_by: Mapping[tuple[str, Rincian], int],
) -> dict[str, list[RawRow]]:
    raw: dict[str, list[RawRow]] = {e: [] for e in elemen}
    for row in standing:
        raw[row.elemen].append(row)
    for a in new:
        e = a.elemen.kode
        raw[e].append(RawRow(e, a.wilayah, a.rincian, *a.angka, told_by[e, a.rincian]))
    return raw


async def show(conn: Conn, release: Deciding) -> None:
    """What is decided, once it is; the figures stand in `angka` by now."""
    key, counted, beside = release.key, release.counted, release.beside
    mine = [*counted, *beside]
    if not mine:
        return
    await store.drop_folded(conn, key.kode_kab, key.periode, mine)
    before = await store.seen_rows(conn, key.kode_kab, key.periode, mine)
    taken_back = await withdrawn(conn, key.kode_kab, key.periode)
    raw, decided = await release.decided
    revised = {
        e: d.fresh for e, d in decided.items() if d.fresh is not None and d.fresh.versi and e not in release.adopted
    }
    waiting = {e: REVISION for e, d in decided.items() if d.waits}
    for e in await _telling_totals(conn, key, revised, release.thresholds):
        waiting.setdefault(e, REVISION_TOLD)
    # what a revision says that waits is not told by its money either, nor by what it states
    held = {*waiting} | {e for e in beside if COUNTED_BY.get(e) in waiting}
    after = [r for c, r in before.items() if c[0] in held]
    for e in counted:
        if e not in held:
            rows = await off_loop(len(raw[e]), seen, raw[e], decided[e].hidden)
            after += [r.closed() for r in rows] if e in taken_back else rows
    after += await _beside(conn, key, {e: raw[e] for e in beside if e not in held}, after)
    await store.replace_seen(conn, (key.kode_kab, key.periode), before, after)
    for e, d in decided.items():
        if d.fresh is not None and e not in waiting:
            await store.add_version(conn, key.kode_kab, key.periode, e, d.fresh)
    alone = {e: PERIOD for e, d in decided.items() if d.alone}
    await store.put_waiting(conn, key.kode_kab, key.periode, mine, {**alone, **waiting})
    if RESULTS not in release.rules:
        await _results_anew(conn, key)
    told_now = [e for e in mine if e not in held]
    stated = await store.stated(conn, key.kode_kab, key.periode, told_now)
    told = stated_seen(stated, after)
    await store.replace_stated_seen(
        conn, (key.kode_kab, key.periode), told_now, {c: n for c, n in stated.items() if c in told}
    )


async def begin_release(conn: Conn, kode_kab: str) -> None:
    """Before figures of that office are written: from here on to the end of the transaction nothing is withdrawn in its province, and
    what was is seen. Later it would be waited for by whoever holds rows that the withdrawal needs."""
    await hold_off_withdrawals(conn, kode_kab[:2])


async def leave_totals(conn: Conn, key: RekapKey) -> None:
    """Totals that this reporter's release changes are made anew right after the transaction, by a job."""
    await conn.execute("SELECT hub_tunda_total(left(%s, 2), %s, %s)", (key.kode_kab, key.formulir, key.periode))


async def adopt(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> set[str]:
    """What everybody sees of that reporter and period becomes the first version of elements that have none: an older hub showed it, and
    somebody may have kept it. Returns those elements."""
    rules = await store.sensitivities(conn, elemen)
    counted = sorted(e for e, r in rules.items() if r >= 1)
    closed_since = await store.changed_by_catalogue(conn, key.kode_kab, key.periode)
    known = closed_since | (await store.versions(conn, key.kode_kab, key.periode, counted)).keys()
    seen_now = await store.seen_rows(conn, key.kode_kab, key.periode, counted)
    raw: dict[str, list[RawRow]] = {e: [] for e in counted if e not in known and any(c[0] == e for c in seen_now)}
    for row in await store.raw_rows(conn, key.kode_kab, key.periode, list(raw)):
        raw[row.elemen].append(row)
    for e, rows in raw.items():
        if not countable(rows):
            continue
        then = figures(rows, key.periode)
        hidden = frozenset(
            i for i, f in enumerate(then) if (r := seen_now.get((e, f.region, f.choices))) is None or r.nilai is None
        )
        own = frozenset(f.choices for f in then if f.region == key.kode_kab)
        version = Released(hidden, frozenset(), 0, (), {}, (), 0, own)
        await store.add_version(conn, key.kode_kab, key.periode, e, to_store(then, version))
    return set(raw)


async def fold_office(conn: Conn, key: RekapKey, elemen: Sequence[str], parts: Sequence[str]) -> None:
    """What everybody sees of a longer period (`key.periode`) that is made of its parts. Sensitivity 0 is copied by triggers."""
    rules = await store.sensitivities(conn, elemen)
    mine = [e for e, r in rules.items() if r >= 1 or e in COUNTED_BY or e == RESULTS]
    if mine:
        await store.fold_released(conn, key, mine, parts)
        if RESULTS not in rules:
            await _results_anew(conn, key)


async def _results_anew(conn: Conn, key: RekapKey) -> None:
    """Results that were approved before name elements whose totals are shown or hidden only now."""
    raw = await store.raw_rows(conn, key.kode_kab, key.periode, [RESULTS])
    if raw:
        before = await store.seen_rows(conn, key.kode_kab, key.periode, [RESULTS])
        totals = await store.totals_seen(conn, key.kode_kab, key.periode)
        await store.replace_seen(conn, (key.kode_kab, key.periode), before, results_seen(raw, totals))


async def _before(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> dict[str, Before]:
    versions = await store.versions(conn, key.kode_kab, key.periode, elemen)
    beside = await _hidden_beside(conn, key, elemen)
    result: dict[str, Before] = {}
    for e in elemen:
        own = versions.get(e, ())
        forced, stands = beside.get(e, (frozenset(), False))
        result[e] = Before(own, forced, alone=stands and not any(tells(v) for v in own))
    return result


async def _telling_totals(
    conn: Conn, key: RekapKey, revised: Mapping[str, StoredRelease], thresholds: Thresholds
) -> set[str]:
    """Elements whose revision would let a total of the province that was shown tell a count: this office's, or another's that it
    covered. Holds the totals, so that none is shown meanwhile."""
    if not revised:
        return set()
    at = Place(key.kode_kab[:2], key.formulir, key.periode)
    await hold_totals(conn, at.provinsi, at.formulir, at.periode)
    totals = await shown_totals(conn, at, list(revised))
    offices = await newest_releases(conn, at, list(totals), frozenset())
    telling = set()
    for e, shown_before in totals.items():
        now = dict(offices[e].offices) if e in offices else {}
        then = {**now, key.kode_kab: released(revised[e], key.kode_kab)}
        told = [decide(o, shown_before, [], thresholds).endangered for o in (now, then)]
        if told[1] - told[0]:
            telling.add(e)
    return telling


async def _hidden_beside(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> dict[str, tuple[frozenset[Spot], bool]]:
    """Element → places hidden in a longer or shorter period that has a rekap of its own: one would tell the other; and whether, of what
    adds up over time, such a period is shown: what is left of the longer one would be told, part by part."""
    own = Periode.read(key.periode)
    released = await store.periods_released(conn, key.kode_kab, elemen)
    beside = [p for p in released if (o := Periode.read(p)) in own.ancestors or own in o.ancestors]
    if not beside:
        return {}
    newest = await store.newest_of(conn, key.kode_kab, beside, elemen)
    adding_up = await store.flows(conn, elemen) | {*COUNTED_BY.values()}  # their money adds up, and tells them
    telling = {e: [v for v in by_period.values() if tells(v)] for e, by_period in newest.items()}
    return {
        e: (frozenset(place for v in versions for place in hidden_places(v)), e in adding_up and bool(versions))
        for e, versions in telling.items()
    }


async def _beside(
    conn: Conn, key: RekapKey, raw: Mapping[str, Sequence[RawRow]], shown_now: Sequence[RawRow]
) -> list[RawRow]:
    """Money and results, by what is shown of the counts they tell. `shown_now`: of the same form."""
    result: list[RawRow] = []
    totals: dict[str, dict[str, str]] = {}
    if raw.get(RESULTS):
        totals = await store.totals_seen(conn, key.kode_kab, key.periode)
    for e, rows in raw.items():
        if e == RESULTS:
            result += results_seen(rows, totals)
        else:
            counts = [r for r in shown_now if r.elemen == COUNTED_BY[e]]
            if not counts:
                counts = list((await store.seen_rows(conn, key.kode_kab, key.periode, [COUNTED_BY[e]])).values())
            result += money_seen(rows, counts)
    return result
