"""What is read beside several submissions of one kabupaten, for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hub.angka import comparison
from hub.angka import statements as angka_statements
from hub.angka.comparison import Jump
from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.katalog.katalog import Katalog
from hub.rekap import arrival_statements as store
from hub.rekap import statements as rekap_statements
from hub.rekap.arrival_statements import Form
from hub.rekap.choices import Spellings
from hub.rekap.draft import RekapDraft
from hub.rekap.examination import (
    NO_OTHERS,
    KnownRegions,
    OtherFigures,
    ReadDraft,
    SentDraft,
    other_figures,
    other_forms,
    other_months,
    read_computed,
    read_known_regions,
    read_spellings,
)
from hub.rekap.performance import ComputedResult
from hub.rekap.register import read_desks, read_register
from hub.rekap.resent import Previous
from hub.rekap.revision_statements import Carried, carried
from hub.rekap.statements import NilaiRow, RekapHead
from hub.terdaftar.statements import RegisterCounts, kinds_there
from hub.wilayah.region_index import RegionIndex


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before any of them is read. `spellings`: of each, in their order."""

    heads: Mapping[Form, RekapHead]
    used: set[str]
    due: Mapping[Form, date]
    regions: KnownRegions
    kinds: frozenset[str]
    spellings: Sequence[Spellings]


async def read_known(conn: Conn, kode_kab: str, some: Sequence[SentDraft]) -> Known:
    """`some`: those whose envelope is right."""
    forms = [s.formulir.kode for s in some]
    heads = await store.heads(conn, kode_kab, forms)
    used = await store.keys_used(conn, kode_kab, [s.draft.kunci_idempoten for s in some])
    due = await store.due_dates(conn, kode_kab, [form_of(s.draft) for s in some])
    regions = await read_known_regions(conn, kode_kab)
    kinds = await kinds_there(conn, kode_kab)
    return Known(
        heads, used, due, regions, kinds, [await read_spellings(conn, s.draft, s.formulir) for s in some]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What one of them is held against, as far as the others do not change it."""

    others: OtherFigures
    computed: dict[str, ComputedResult]
    register: RegisterCounts
    desks: list[tuple[str, str]]
    from_parts: list[str]
    jumps: list[Jump]


@dataclass(frozen=True, slots=True)
class Before:
    """What the hub had before the first of them: of rekap the count and sum of figures, cells where they may be the very same, and
    what they carry."""

    filled: Mapping[Form, tuple[int, Decimal]]
    same: Mapping[Form, list[NilaiRow]]
    carried: Mapping[Form, Carried | None]


@dataclass(frozen=True, slots=True)
class Read:
    """One that was read."""

    sent: SentDraft
    regions: RegionIndex
    spellings: Spellings
    draft: ReadDraft = field(repr=False)

    @property
    def form(self) -> Form:
        return form_of(self.sent.draft)

    @property
    def previous(self) -> Form:
        draft = self.sent.draft
        return self.sent.formulir.kode, str(draft.periode.previous)


def form_of(draft: RekapDraft) -> Form:
    return draft.formulir, str(draft.periode)


async def read_beside(conn: Conn, kode_kab: str, some: Sequence[Read], kinds: frozenset[str]) -> list[Beside]:
    if not some:
        return []
    katalog = some[0].sent.katalog
    others = await _others(conn, kode_kab, some, katalog)
    parts = await angka_statements.all_made_of_parts(conn, kode_kab, sorted({r.form[1] for r in some}))
    jumps = await _jumps(conn, kode_kab, some, katalog)
    found = []
    for place, r in enumerate(some):
        draft, formulir = r.sent.draft, r.sent.formulir
        of_form = {e.kode for e in formulir.elemen}
        found.append(
            Beside(
                others[place], await read_computed(conn, r.sent), await read_register(conn, draft, formulir, kinds),
                await read_desks(conn, draft, formulir), [e for p, e in parts if p == r.form[1] and e in of_form], jumps[place],
            )
        )  # fmt: skip
    return found


async def _others(conn: Conn, kode_kab: str, some: Sequence[Read], katalog: Katalog) -> list[OtherFigures]:
    wanted = {r.sent.formulir.kode: other_forms(r.sent) for r in some}
    asked = {r.form: (r.sent.draft.periode, wanted[r.form[0]]) for r in some if wanted[r.form[0]]}
    rows = await comparison.figures_of_other_forms(conn, kode_kab, list(asked.values()), other_months(katalog))
    found = {form: other_figures(asked[form][1], figures) for form, figures in zip(asked, rows, strict=True)}
    return [found.get(r.form, NO_OTHERS) for r in some]


async def _jumps(conn: Conn, kode_kab: str, some: Sequence[Read], katalog: Katalog) -> list[list[Jump]]:
    bounds = katalog.kewajaran
    if bounds is None:
        return [[] for _ in some]
    asked = [(r.sent.key, r.draft.asked) for r in some]
    before = await comparison.periods_before(conn, kode_kab, asked, bounds)
    return [
        await comparison.jumps_from(conn, key, figures, periods, bounds) if r.draft.numbers else []
        for r, (key, figures), periods in zip(some, asked, before, strict=True)
    ]


async def read_before(conn: Conn, kode_kab: str, some: Sequence[Read], heads: Mapping[Form, RekapHead]) -> Before:
    earlier = {r.previous: heads[r.previous].revisi for r in some if r.previous in heads and heads[r.previous].revisi}
    filled = await store.filled(conn, kode_kab, earlier)
    same = {}
    for r in some:
        form = r.previous
        if (
            form in filled
            and form not in same
            and Previous(RekapKey(kode_kab, *form), earlier[form], *filled[form]).may_be(r.draft.cells)
        ):
            same[form] = await rekap_statements.values(conn, RekapKey(kode_kab, *form), earlier[form])
    forms = dict.fromkeys(r.form for r in some if r.form in heads)
    return Before(filled, same, {form: await carried(conn, RekapKey(kode_kab, *form)) for form in forms})
