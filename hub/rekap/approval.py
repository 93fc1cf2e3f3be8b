"""Putting an approved revision into force: its figures, what they add up to, what everybody sees of them, every coarser period,
completeness. Runs
inside the approving transaction, so an aggregate is right the moment approval returns."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import takewhile

from hub.angka import statements as store
from hub.angka.cells import CleanCell
from hub.angka.rollup import AngkaRow, rollup
from hub.angka.statements import NewAngkaRow
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.off_loop import off_loop
from hub.base.periode import Periode, PeriodeKind
from hub.base.public_id import RekapKey
from hub.base.temuan import Location
from hub.db.database import Conn
from hub.katalog.formula import Rincian, read_formula
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import statements as rekap_statements
from hub.rekap.statements import NilaiRow
from hub.rekap.totals import CleanTotal
from hub.rilis.service import adopt, begin_release, deciding, fold_office, leave_totals, release_office, show


async def from_stored(
    conn: Conn, key: RekapKey, revision: int, nilai: Sequence[NilaiRow], katalog: Katalog
) -> tuple[list[AngkaRow], list[CleanTotal]]:
    """What a stored revision adds up to, and the totals it states. Elements no longer in the catalogue are left out."""
    total = [CleanTotal(*t) for t in await rekap_statements.totals(conn, key, revision)]
    return await off_loop(len(nilai), _rolled_up, nilai, katalog), total


def _rolled_up(nilai: Iterable[NilaiRow], katalog: Katalog) -> list[AngkaRow]:
    return rollup(
        CleanCell(b.kode_wilayah, katalog.elemen[b.elemen], b.rincian, b.nilai, b.status, _NOWHERE)
        for b in nilai
        if b.elemen in katalog.elemen
    )


_NOWHERE = Location()


async def put_into_force(
    conn: Conn,
    key: RekapKey,
    formulir: Formulir,
    katalog: Katalog,
    angka: Sequence[AngkaRow],
    total: Sequence[CleanTotal],
) -> None:
    """Replace the figures of that reporter, form and period, and of every coarser period made of it."""
    elemen = elements_of(formulir, angka)
    stated = _stated(total, katalog)
    if kode_wilayah.level_of(key.kode_kab) is Level.PROVINSI:
        # a statement never becomes a figure; all of it stands beside the computed ones
        told = {(e, w, tuple(r.items())) for e, w, _, r, _ in stated}
        stated += [
            (a.elemen.kode, a.wilayah, a.dimensions, dict(a.rincian), a.angka.nilai)
            for a in angka
            if a.angka.nilai is not None and (a.elemen.kode, a.wilayah, a.rincian) not in told
        ]
        await store.replace_stated(conn, key, elemen, stated)
        await leave_totals(conn, key)
        return
    await begin_release(conn, key.kode_kab)
    # what everybody sees is worked out while the database writes what it is of: both take about as long
    async with deciding(conn, key, elemen, angka) as release:
        await store.replace_stated(conn, key, elemen, stated)
        longer = await _count(conn, key, elemen, angka)
        await show(conn, release)
    await _fold_released(conn, key, elemen, longer)
    await leave_totals(conn, key)


async def put_into_force_at_node(
    conn: Conn,
    key: RekapKey,
    formulir: Formulir,
    katalog: Katalog,
    angka: Sequence[AngkaRow],
    total: Sequence[CleanTotal],
) -> None:
    """The same at a node, whose province decides what everybody sees: two layers made apart give cells away."""
    elemen = elements_of(formulir, angka)
    await store.replace_stated(conn, key, elemen, _stated(total, katalog))
    await _count(conn, key, elemen, angka)


async def _count(conn: Conn, key: RekapKey, elemen: Sequence[str], angka: Sequence[AngkaRow]) -> list[Periode]:
    """Replace the figures; answers the coarser periods that were made anew of them."""
    await store.replace_figures(conn, key, elemen, await off_loop(len(angka), new_rows, angka))
    longer = await made_of_parts(conn, key)
    for p in longer:
        await store.fold_periods(conn, _of_period(key, p), elemen, [str(b) for b in p.parts])
    return longer


def _stated(total: Sequence[CleanTotal], katalog: Katalog) -> list[tuple[str, str, str, dict[str, str], Decimal]]:
    """Stated totals that are of one figure, the last one of each: element, region, dimensions, breakdown, value."""
    by_figure = {(*x, t.wilayah): t.tertulis for t in total if (x := _figure_of(t, katalog)) is not None}
    return [(e, w, "|".join(n for n, _ in r), dict(r), nilai) for (e, r, w), nilai in by_figure.items()]


def elements_of(formulir: Formulir, angka: Iterable[AngkaRow]) -> list[str]:
    """Elements whose figures an approved revision replaces: all of its form, and those it holds."""
    return sorted({e.kode for e in formulir.elemen} | {a.elemen.kode for a in angka})


async def release_anew(conn: Conn, key: RekapKey, elemen: Sequence[str]) -> None:
    """Decide what everybody sees of figures that are in force already; what an older hub showed of them stands as shown once, but for
    what a catalogue has closed since."""
    await begin_release(conn, key.kode_kab)
    await release_office(conn, key, elemen, await adopt(conn, key, elemen))
    await _fold_released(conn, key, elemen, await made_of_parts(conn, key))


async def made_of_parts(conn: Conn, key: RekapKey) -> list[Periode]:
    """Longer periods that are made of this one, nearest first: a period with a rekap of its own, and all above it, are not."""
    ancestors = Periode.read(key.periode).ancestors
    with_own_rekap = await store.approved_below(conn, key, [str(p) for p in ancestors])
    return list(takewhile(lambda p: str(p) not in with_own_rekap, ancestors))


async def _fold_released(conn: Conn, key: RekapKey, elemen: Sequence[str], longer: Iterable[Periode]) -> None:
    for p in longer:
        await fold_office(conn, _of_period(key, p), elemen, [str(b) for b in p.parts])


def _of_period(key: RekapKey, periode: Periode) -> RekapKey:
    return RekapKey(key.kode_kab, key.formulir, str(periode))


def _figure_of(total: CleanTotal, katalog: Katalog) -> tuple[str, Rincian] | None:
    """Element and breakdown that a stated total is of; None where it is of several together, or of what the catalogue no longer has."""
    try:
        terms = read_formula(total.elemen).terms()
    except ValueError:  # a choice of then that formulas cannot say now
        return None
    if len(terms) != 1 or terms[0].kode not in katalog.elemen:
        return None
    return terms[0].kode, tuple(sorted(terms[0].rincian))


async def recount(conn: Conn, key: RekapKey) -> None:
    """Completeness of the period and of every coarser one."""
    await recount_all(conn, [key.kode_kab], key.formulir, Periode.read(key.periode))


async def recount_all(conn: Conn, kode_kab: Sequence[str], formulir: str, periode: Periode) -> None:
    """The same of several reporters; holding what each says by that form."""
    if kode_kab:
        await recount_each(conn, kode_kab, [(formulir, periode)])


async def recount_each(conn: Conn, kode_kab: Sequence[str], changed: Iterable[tuple[str, Periode]]) -> None:
    """The same of several forms and periods; holding what each says by these forms."""
    again = {(f, longer) for f, p in changed for longer in (p, *p.ancestors)}
    for kind in PeriodeKind:  # a longer period is made of those before it
        asked = sorted((f, str(p), [str(b) for b in p.parts]) for f, p in again if p.kind is kind)
        if asked:
            await store.count_completeness(conn, kode_kab, asked)


def new_rows(angka: Iterable[AngkaRow]) -> list[NewAngkaRow]:
    """Figures as they are stored."""
    return [
        NewAngkaRow(
            a.elemen.kode, int(kode_wilayah.level_of(a.wilayah)), a.dimensions, a.wilayah, dict(a.rincian), a.angka.nilai,
            a.angka.status,
        )
        for a in angka
    ]  # fmt: skip
