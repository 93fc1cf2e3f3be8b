"""The demo's story in the database: what seeds/story_plan.py says has happened, written many at a time as the roles of the offices it is of,
with what an approval makes of it: figures, coarser periods, what everybody sees, completeness. May be cut and begun again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from hub.angka import statements as angka_statements
from hub.angka.cells import CleanCell
from hub.angka.rollup import AngkaRow, rollup
from hub.base.actor import Actor, Role
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import Location
from hub.db.database import Conn, Database, refresh_statistics
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from hub.rekap import demo_statements as store
from hub.rekap import statements as rekap_statements
from hub.rekap.approval import new_rows, recount_all
from hub.rekap.demo_statements import SentRekap
from hub.rekap.examination import SentDraft, examine
from hub.rekap.moves import APPROVED, SUBMIT, SUBMITTED
from hub.rekap.sending import temuan_row
from hub.rekap.statements import NewRevision, NilaiRow
from hub.rilis.service import begin_release, deciding, fold_office, show
from seeds.story_figures import Counted
from seeds.story_plan import Story, StoryRekap, offices

_NOWHERE = Location()
_WRITTEN = (
    "rekap",
    "rekap_revisi",
    "rekap_nilai",
    "rekap_peristiwa",
    "angka",
    "angka_rilis",
    "rilis_kantor",
    "kelengkapan",
)

Announce = Callable[[str], None]
_Plan = Mapping[str, Sequence[StoryRekap]]
"""Of one province: code of an office → its rekap."""


async def load_story(
    db: Database, katalog: KatalogCache, names: Mapping[str, str], desa: Sequence[str], announce: Announce
) -> int:
    """How many rekap the story has. `names`: code → name of the office of every kabupaten and province of it; `desa`: codes of all that
    are known. One transaction for what each office sent, one for what each province answered: what is there stays as it is."""
    current = await katalog.get()
    story = Story(current, names, desa, db.zone, datetime.now(UTC))
    plans: dict[str, dict[str, list[StoryRekap]]] = defaultdict(dict)
    for office in offices():
        if made := list(story.rekap(office)):
            plans[office.kode[:2]][office.kode] = made
    count = sum(len(made) for plan in plans.values() for made in plan.values())
    announce(f"cerita contoh: {count} rekap buatan dari {sum(map(len, plans.values()))} kabupaten/kota, 2024 dan 2025")
    await asyncio.gather(*(_load_province(db, current, names, p, plan) for p, plan in plans.items()))
    async with db.as_owner() as conn:
        await refresh_statistics(conn, *_WRITTEN)
    return count


async def _load_province(db: Database, katalog: Katalog, names: Mapping[str, str], provinsi: str, plan: _Plan) -> None:
    approver = Actor(Role.PROVINSI, provinsi, names[provinsi])
    first = next(r.key for made in plan.values() for r in made if r.approved is not None)
    for kode, made in plan.items():
        actor = Actor(Role.KABUPATEN, kode, names[kode])
        async with db.as_actor(actor) as conn:
            if await rekap_statements.head(conn, made[0].key) is None:
                await _send(conn, kode, actor.name, made, db)
    async with db.as_actor(approver) as conn:
        head = await rekap_statements.head(conn, first)
        if head is None or head.revisi_disetujui is None:
            await _answer(conn, provinsi, plan, katalog)
    for kode, made in plan.items():
        for r in made:
            if r.examined:
                await _examine(db, Actor(Role.KABUPATEN, kode, names[kode]), katalog, r)


async def _send(conn: Conn, kode: str, name: str, made: Sequence[StoryRekap], db: Database) -> None:
    """What the office sent, revision by revision; nobody has answered yet."""
    heads: list[SentRekap] = []
    revisions: list[tuple[RekapKey, NewRevision, datetime]] = []
    for r in made:
        sent = [e for e in r.events if e.action == SUBMIT]
        first = sent[0].at
        on_time = first.astimezone(db.zone).date() <= r.deadline
        heads.append(SentRekap(r.key.formulir, r.key.periode, len(sent), r.deadline, first, on_time))
        for e, s in zip(sent, r.sendings, strict=True):
            surat = s.draft.surat
            assert surat is not None
            revision = NewRevision(
                e.revision,
                "AJUAN",
                name,
                s.draft.kunci_idempoten,
                s.draft.hash(),
                r.formulir.versi,
                surat.nomor,
                surat.tanggal,
            )
            revisions.append((r.key, revision, e.at))
    await store.insert_sent(conn, kode, heads)
    await store.insert_revisions(conn, revisions)
    values = (
        (r.key, number, NilaiRow(c.elemen, c.wilayah, c.rincian, Decimal(c.nilai), _status(c)))
        for r in made
        for number, s in enumerate(r.sendings, 1)
        for c in s.counted
    )
    await store.insert_values(conn, kode, values)
    await store.insert_events(
        conn, [(r.key, n, e) for r in made for n, e in enumerate(r.events, 1) if e.action == SUBMIT]
    )


def _status(c: Counted) -> str:
    return "ADA" if c.nilai else "NOL"


async def _answer(conn: Conn, provinsi: str, plan: _Plan, katalog: Katalog) -> None:
    """What the province did with it, and what follows from what it approved."""
    every = [r for made in plan.values() for r in made]
    await store.insert_events(
        conn, [(r.key, n, e) for r in every for n, e in enumerate(r.events, 1) if e.action != SUBMIT]
    )
    await store.judge(
        conn,
        [(r.key, r.events[-1].to_status, r.approved) for r in every if r.events[-1].to_status != SUBMITTED],
    )
    for kode, made in plan.items():
        await begin_release(conn, kode)
        await _put_into_force(conn, kode, [r for r in made if r.approved is not None], katalog)
    for (formulir, periode), offices_ in sorted(_sent_at(every).items()):
        await recount_all(conn, offices_, formulir, Periode.read(periode))
    await store.leave_totals_of(
        conn, provinsi, {(r.key.formulir, r.key.periode) for r in every if r.events[-1].to_status == APPROVED}
    )


def _sent_at(rekap: Iterable[StoryRekap]) -> dict[tuple[str, str], list[str]]:
    """(form, period) → who sent it."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in rekap:
        found[r.key.formulir, r.key.periode].append(r.key.kode_kab)
    return found


async def _put_into_force(conn: Conn, kode: str, approved: Sequence[StoryRekap], katalog: Katalog) -> None:
    """All forms of a period together: what one approval after the other would make of them."""
    by_period: dict[str, list[StoryRekap]] = defaultdict(list)
    for r in approved:
        by_period[r.key.periode].append(r)
    elements: dict[Periode, set[str]] = defaultdict(set)
    for text, rekap in sorted(by_period.items()):
        key = RekapKey(kode, "", text)
        elemen = sorted({e.kode for r in rekap for e in r.formulir.elemen})
        angka = [row for r in rekap for row in _figures(r, katalog)]
        async with deciding(conn, key, elemen, angka) as release:
            await angka_statements.replace_figures(conn, key, elemen, new_rows(angka))
            await show(conn, release)
        for longer in Periode.read(text).ancestors:
            elements[longer] |= {*elemen}
    for longer in sorted(elements, key=lambda p: (p.kind, str(p))):
        key, elemen, parts = RekapKey(kode, "", str(longer)), sorted(elements[longer]), [str(p) for p in longer.parts]
        await angka_statements.fold_periods(conn, key, elemen, parts)
        await fold_office(conn, key, elemen, parts)


def _figures(r: StoryRekap, katalog: Katalog) -> list[AngkaRow]:
    assert r.approved is not None
    return rollup(
        CleanCell(c.wilayah, katalog.elemen[c.elemen], c.rincian, Decimal(c.nilai), _status(c), _NOWHERE)
        for c in r.sendings[r.approved - 1].counted
    )


async def _examine(db: Database, actor: Actor, katalog: Katalog, r: StoryRekap) -> None:
    """What the hub finds in revisions that are out of the way."""
    for number, s in enumerate(r.sendings, 1):
        async with db.as_actor(actor) as conn:
            if await rekap_statements.findings(conn, r.key, number):
                continue
        outcome = await examine(db, SentDraft(actor, SUBMIT, s.draft, katalog, r.formulir))
        async with db.as_actor(actor) as conn:
            await rekap_statements.insert_findings(conn, r.key, number, [temuan_row(t) for t in outcome.temuan])
            await rekap_statements.insert_jumps(
                conn,
                r.key,
                number,
                [(f.figure.elemen.kode, f.figure.wilayah, dict(f.figure.rincian)) for f in outcome.far],
            )
