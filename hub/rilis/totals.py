"""Totals of a province: written in one transaction of the hub's own, some moments after the approval they follow."""

from collections.abc import Mapping

from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.db.database import Conn, Database
from hub.katalog.formula import Rincian
from hub.rilis import totals_statements as store
from hub.rilis.primary import Thresholds
from hub.rilis.settled import Own, Row, Settled, decided, folded, is_told, withdrawn
from hub.rilis.statements import thresholds_of
from hub.rilis.totals_statements import Key, Place
from hub.rilis.withdrawal_statements import withdrawn_totals


async def release_totals(db: Database, provinsi: str, formulir: str, periode: str) -> None:
    """Make the province's totals of that form and period, and of every coarser one, what they may be after what its kabupaten
    released. Does nothing the second time. Raises ServiceNotReadyError when the database does not answer."""
    async with db.as_owner() as conn:
        await hold_with_coarser(conn, provinsi, formulir, periode)
        await settle_totals(conn, provinsi, formulir, periode)


async def hold_with_coarser(conn: Conn, provinsi: str, formulir: str, periode: str) -> None:
    """Hold the totals of that period and of every coarser one, the finest first."""
    for p in _with_coarser(periode):
        await store.hold_totals(conn, provinsi, formulir, p)


async def settle_totals(conn: Conn, provinsi: str, formulir: str, periode: str) -> None:
    """`release_totals` within a transaction of the hub itself that holds them already."""
    elements = await store.elements_of(conn, formulir)
    stated = [*elements, *await store.money_of(conn, formulir)]
    thresholds = await thresholds_of(conn, provinsi)
    for p in _with_coarser(periode) if elements else ():
        at = Place(provinsi, formulir, p)
        rows = await _settle(conn, at, elements, thresholds)
        statements = await store.stated_of(conn, at, stated)
        told = {k: s.value for k, s in statements.items() if is_told(s, rows.get(k), thresholds)}
        await store.replace_told(conn, at, stated, told)


def _with_coarser(periode: str) -> list[str]:
    finest = Periode.read(periode)
    return [str(p) for p in (finest, *finest.ancestors)]


async def _settle(conn: Conn, at: Place, elements: Mapping[str, str], thresholds: Thresholds) -> dict[Key, Row]:
    """What everybody sees then. `elements`: → how they behave over time."""
    codes = list(elements)
    counted = await store.in_force(conn, at)
    complete = await store.completeness(conn, at, counted)
    own = await store.newest_releases(conn, at, codes, counted)
    stands = {
        kode: {c: row for (_, c), row in rows.items()}
        for kode, rows in (await store.rows_of(conn, at.provinsi, codes, [at.periode])).items()
    }
    reported = await store.reported(conn, at, codes)
    closed = await withdrawn_totals(conn, at.provinsi, at.periode)
    undecided = await store.undecided(conn, at)
    alone = {e for e in own if reported.get(e, set()) & counted <= own[e].offices.keys()}
    shown = await store.shown_totals(conn, at, sorted(alone))
    finer = await store.finer_of(conn, at, [e for e in codes if e not in own and elements[e] != "TIDAK"])

    def settled(kode: str) -> Settled:
        now = stands.get(kode, {})
        if kode in closed:
            return withdrawn(own.get(kode, Own({}, {})), now, complete)
        if kode in undecided:
            return Settled(now)  # until its offices are: the job that decides them comes here again
        if kode in alone:
            return decided((at.provinsi, at.periode), own[kode], shown.get(kode, []), now, thresholds, complete)
        if kode in finer:
            adds_up = elements[kode] == "JUMLAH"
            return Settled(folded(finer[kode], adds_up=adds_up, in_force=counted, completeness=complete))
        return Settled()  # some kabupaten by themselves, others from finer periods: read as the sum of what they show

    found = await off_loop(len(codes) * 1_000, lambda: {kode: settled(kode) for kode in codes})
    return await _write(conn, at, stands, found)


async def _write(
    conn: Conn, at: Place, stands: Mapping[str, Mapping[Rincian, Row]], found: Mapping[str, Settled]
) -> dict[Key, Row]:
    before: dict[Key, Row] = {(e, c): row for e, rows in stands.items() for c, row in rows.items()}
    after: dict[Key, Row] = {(e, c): row for e, s in found.items() for c, row in s.rows.items()}
    come = {key: row for key, row in after.items() if before.get(key) != row}
    await store.replace_rows(conn, at, (k for k in before if k not in after or k in come), come)
    await store.add_versions(conn, at, [(e, t) for e, s in found.items() for t in s.opened])
    waiting = {(e, c): why for e, s in found.items() for c, why in s.waiting.items()}
    await store.replace_waiting(conn, at, list(found), waiting)
    return after
