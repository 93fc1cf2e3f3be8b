"""Everything that can be said about a draft before anything is written: cells, checks, rules, in one pass. The data the
checks need is read first; the checks themselves are pure."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hub.anggaran import statements as anggaran_statements
from hub.anggaran.register import NO_PROGRAMS, PAGU, ProgramRegister
from hub.angka import comparison, indikator_statements
from hub.angka import statements as angka_statements
from hub.angka.cells import CleanCell
from hub.angka.comparison import Figures, Jump, OtherForm
from hub.angka.rollup import AngkaRow, KnownFigures, rollup
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.kode import Level
from hub.base.many_findings import FindingList
from hub.base.off_loop import off_loop
from hub.base.public_id import RekapKey
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, by_gravity, folded
from hub.db.database import Conn, Database
from hub.katalog.katalog import MEASURE, Formulir, Katalog
from hub.rekap import rules as rekap_rules
from hub.rekap import statements as rekap_statements
from hub.rekap.budget import check_programs, sums_of_programs, without_sums
from hub.rekap.came import Came
from hub.rekap.cells import read_cells
from hub.rekap.checks import check_kelengkapan, check_levels, check_rincian
from hub.rekap.choices import Spellings, open_choices
from hub.rekap.draft import RekapDraft
from hub.rekap.dropped import check_dropped
from hub.rekap.jumps import FarFigure, check_jumps, far_figures, incomplete
from hub.rekap.missing_choices import check_missing_choices
from hub.rekap.performance import RESULT, TARGET, ComputedResult, check_performance
from hub.rekap.ranges import check_ranges
from hub.rekap.register import check_counted_regions, check_desks, check_register, read_desks, read_register
from hub.rekap.resent import Previous, check_resent
from hub.rekap.revision_statements import Carried, carried
from hub.rekap.totals import CleanTotal, check_totals
from hub.terdaftar.statements import RegisterCounts
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.first_list import oldest_list
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft as somebody sends it, to be submitted or to be kept (`action`), beside what it is read by: the catalogue and the
    form it fills. `came`: it was sent at another hub."""

    actor: Actor
    action: str
    draft: RekapDraft
    katalog: Katalog
    formulir: Formulir
    came: Came | None = None

    @property
    def key(self) -> RekapKey:
        return RekapKey(self.draft.pelapor, self.formulir.kode, str(self.draft.periode))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft amounts to. `far`: its figures that are told to be far from what is usual."""

    cells: list[CleanCell]
    angka: list[AngkaRow]
    total: list[CleanTotal]
    temuan: list[Temuan]
    far: list[FarFigure]


@dataclass(frozen=True, slots=True)
class OtherFigures:
    """Figures of other forms, and of which form and period each element is."""

    angka: rekap_rules.OtherFigures
    sources: dict[str, tuple[str, str]]


NO_OTHERS = OtherFigures({}, {})


@dataclass(frozen=True, slots=True)
class Background:
    """What the database says beside a draft."""

    regions: RegionIndex
    others: OtherFigures
    computed: dict[str, ComputedResult]
    previous: Previous | None
    register: RegisterCounts
    desks: list[tuple[str, str]]
    spellings: Spellings
    from_parts: list[str]
    before: Carried | None


async def examine(db: Database, sent: SentDraft) -> Outcome:
    """Read what the checks need, then check everything, beside the event loop where it is much."""
    size = len(sent.draft.cells) + len(sent.draft.total)
    async with db.as_actor(sent.actor) as conn:
        regions = await read_regions(conn, sent.draft)
        spellings = await read_spellings(conn, sent.draft, sent.formulir)
    # nobody holds a connection while he waits for his turn to compute
    reading = asyncio.create_task(off_loop(size, read_cells_of, sent, regions, spellings))
    try:
        async with db.as_actor(sent.actor) as conn:
            beside = await _background(conn, sent, regions, spellings)
        read = await reading
    finally:
        reading.cancel()
    looking_back = asyncio.create_task(_jumps(db, sent, read))  # while the checks look at what is there
    try:
        total = await off_loop(size, check_all, sent, beside, read)
        jumps = await looking_back
        read.temuan.add(await _resent(db, sent, beside.previous, read.cells))
    finally:
        looking_back.cancel()
    return await off_loop(size, put_together, sent, read, total, jumps)


async def _background(conn: Conn, sent: SentDraft, regions: RegionIndex, spellings: Spellings) -> Background:
    draft, formulir = sent.draft, sent.formulir
    others = await _other_figures(conn, sent)
    computed = await read_computed(conn, sent)
    previous = await _previous_periode(conn, sent.key, draft)
    register = await read_register(conn, draft, formulir)
    desks = await read_desks(conn, draft, formulir)
    from_parts = await angka_statements.made_of_parts(conn, sent.key, [e.kode for e in formulir.elemen])
    before = await carried(conn, sent.key)
    return Background(regions, others, computed, previous, register, desks, spellings, from_parts, before)


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """What a draft says. `asked`: its figures that have a number, to be compared with earlier ones; `temuan`: what is found as it
    is read, and after."""

    cells: list[CleanCell]
    angka: list[AngkaRow]
    names: Mapping[str, str]
    numbers: list[AngkaRow]
    asked: Figures
    temuan: FindingList


def read_cells_of(sent: SentDraft, regions: RegionIndex, spellings: Spellings) -> ReadDraft:
    temuan = FindingList()
    temuan.add(sent.draft.found)
    cells = read_cells(sent.draft, sent.katalog, sent.formulir, regions, temuan, spellings)
    angka = rollup(cells)
    numbers = [a for a in angka if a.angka.nilai is not None]
    return ReadDraft(cells, angka, regions.names, numbers, Figures.of(numbers), temuan)


async def _jumps(db: Database, sent: SentDraft, read: ReadDraft) -> list[Jump]:
    """Figures far from what the reporter's own were before."""
    if sent.katalog.kewajaran is None or not read.numbers:
        return []
    async with db.as_actor(sent.actor) as conn:
        return await comparison.jumps(conn, sent.key, read.asked, sent.katalog.kewajaran)


def put_together(sent: SentDraft, read: ReadDraft, total: list[CleanTotal], jumps: list[Jump]) -> Outcome:
    """What the draft amounts to, its findings gravest first."""
    temuan = read.temuan
    far: list[FarFigure] = []
    if sent.katalog.kewajaran is not None:
        far = far_figures(read.numbers, jumps, read.cells, incomplete(temuan))
        temuan.add(check_jumps(far, read.cells, read.names, sent.katalog.kewajaran))
    found = list(by_gravity([*folded(temuan), *temuan.more()]))
    return Outcome(read.cells, read.angka, total, found, far)


def check_all(sent: SentDraft, background: Background, read: ReadDraft) -> list[CleanTotal]:
    """The stated totals. What is found goes into `read.temuan`."""
    draft, katalog, formulir = sent.draft, sent.katalog, sent.formulir
    cells, temuan = read.cells, read.temuan
    programs = background.spellings.programs
    figures = {(w, e.kode, r): a for e, w, r, a in read.angka}
    context = rekap_rules.RuleContext(
        draft.pelapor, draft.periode, background.regions, figures, background.others.angka, background.others.sources
    )
    temuan.add(check_ranges(cells, katalog, read.names))
    temuan.add(check_oldest_list(draft, background.regions))
    temuan.add(check_levels(cells, draft.pelapor))
    temuan.add(check_kelengkapan(cells, background.regions))
    temuan.add(check_rincian(without_sums(cells, programs)))
    temuan.add(check_missing_choices(cells, figures))
    temuan.add(check_programs(cells, programs))
    known: KnownFigures = figures
    if sums := sums_of_programs(cells, programs):
        stated = {(s.wilayah, s.elemen.kode, s.rincian) for s in cells}
        known = {**figures, **{k: a for k, a in sums.items() if k not in stated}}
    total, total_temuan = check_totals(draft, katalog, formulir, background.regions, cells, known)
    temuan.add(total_temuan)
    temuan.add(rekap_rules.check_aturan(formulir, context))
    temuan.add(check_performance(cells, background.computed))
    last_day = draft.periode.last_day
    temuan.add(check_register(draft.pelapor, last_day, figures, background.register, cells))
    temuan.add(check_counted_regions(draft.pelapor, last_day, figures, background.regions, formulir, cells))
    temuan.add(check_desks(background.desks, background.regions, cells))
    temuan.add(_check_empty(draft, cells, temuan))
    temuan.add(_check_replaced_parts(draft, cells, background.from_parts))
    temuan.add(check_dropped(cells, background.before, read.names))
    return total


async def _other_figures(conn: Conn, sent: SentDraft) -> OtherFigures:
    """Figures of other forms that the rules look at."""
    draft, wanted = sent.draft, other_forms(sent)
    if not wanted:
        return NO_OTHERS
    if kode_wilayah.level_of(draft.pelapor) is Level.PROVINSI:
        stated = await angka_statements.figures_of(
            conn, draft.pelapor, str(draft.periode), rekap_rules.elemen_of_other_forms(sent.formulir)
        )
        return other_figures(wanted, [(w, e, r, n, str(draft.periode)) for w, e, r, n in stated])
    (rows,) = await comparison.figures_of_other_forms(
        conn, draft.pelapor, [(draft.periode, wanted)], other_months(sent.katalog)
    )
    return other_figures(wanted, rows)


def other_forms(sent: SentDraft) -> list[OtherForm]:
    """Elements of other forms that the rules of this one look at."""
    katalog, kode = sent.katalog, rekap_rules.elemen_of_other_forms(sent.formulir)
    before = rekap_rules.elemen_before(sent.formulir, katalog) if katalog.kewajaran else set()
    return [OtherForm(k, katalog.elemen[k].formulir, k in before) for k in kode if k in katalog.elemen]


def other_months(katalog: Katalog) -> int:
    """How long ago figures of another form may be to be looked at."""
    return int(katalog.kewajaran.pembanding_bulan) if katalog.kewajaran else 0


def other_figures(wanted: Sequence[OtherForm], rows: Sequence[comparison.OtherFigure]) -> OtherFigures:
    """What the database says of them."""
    form_of = {o.elemen: o.formulir for o in wanted}
    angka = rekap_rules.other_figures_from((w, e, tuple(sorted(r.items())), n) for w, e, r, n, _ in rows)
    return OtherFigures(angka, {e: (form_of[e], periode) for _, e, _, _, periode in rows})


async def read_spellings(conn: Conn, draft: RekapDraft, formulir: Formulir) -> Spellings:
    """How the open choices of a draft are spelled already, as far as the sender may know."""
    written = open_choices(draft, formulir)
    if not written:
        return Spellings()
    programs = NO_PROGRAMS
    if any(e.kode == PAGU for e in formulir.elemen):
        kept = await anggaran_statements.for_year(conn, draft.pelapor, draft.periode.year)
        programs = ProgramRegister(kept, draft.periode)
    elemen, dimensions = [e.kode for e in formulir.elemen], sorted(written)
    used = await angka_statements.used_choices(conn, draft.pelapor, elemen, dimensions)
    own = {d: frozenset(p for k, p in used if k == d) for d in dimensions}
    keys = sorted({name_key(w) for choices in written.values() for w in choices} - {name_key(p) for _, p in used})
    alike = await angka_statements.choices_alike(conn, draft.pelapor[:2], elemen, dimensions, keys) if keys else []
    return Spellings(own, {(d, name_key(p)): p for d, p in alike}, programs)


async def read_regions(conn: Conn, draft: RekapDraft) -> RegionIndex:
    """The regions the reporter may name: a kabupaten all below it, a province only itself."""
    return (await read_known_regions(conn, draft.pelapor)).index(draft)


@dataclass(frozen=True, slots=True)
class KnownRegions:
    """All regions a reporter may name at any time, with their lineage; `oldest`: the day of the oldest list of them."""

    wilayah: Sequence[DatedWilayah]
    lineage: Sequence[tuple[str, str]]
    oldest: date | None

    def as_of(self, draft: RekapDraft) -> date:
        """The day whose regions a draft is read by."""
        last_day = draft.periode.last_day
        return last_day if self.oldest is None else max(self.oldest, last_day)

    def index(self, draft: RekapDraft) -> RegionIndex:
        """Those that a draft of that reporter may name."""
        as_of = self.as_of(draft)
        if kode_wilayah.level_of(draft.pelapor) is Level.PROVINSI:
            return ProvinsiRegionIndex(draft.pelapor, as_of, self.wilayah)
        return RegionIndex(draft.pelapor, as_of, self.wilayah, self.lineage)


async def read_known_regions(conn: Conn, pelapor: str) -> KnownRegions:
    wilayah, lineage = await wilayah_statements.below(conn, pelapor)
    return KnownRegions([DatedWilayah(*w) for w in wilayah], lineage, await oldest_list(conn, pelapor))


def check_oldest_list(draft: RekapDraft, regions: RegionIndex) -> list[Temuan]:
    """Of a period before the oldest list of regions: by which list its regions were read."""
    if regions.as_of <= draft.periode.last_day:
        return []
    message = (
        f"Periode {draft.periode} berakhir sebelum daftar wilayah tertua provinsi ini di hub ({regions.as_of}); wilayahnya dibaca "
        "menurut daftar itu. Bila dahulu nama atau batasnya lain, sebutkan wilayah yang sekarang memuatnya."
    )
    return [Temuan("SEBELUM_DAFTAR_WILAYAH", INFO, message, wilayah=draft.pelapor, nilai=str(draft.periode))]


class ProvinsiRegionIndex(RegionIndex):
    """A province states figures for itself only, yet is judged by how many kabupaten, kecamatan, desa it has."""

    def __init__(self, pelapor: str, as_of: date, wilayah: Iterable[DatedWilayah]) -> None:
        super().__init__(pelapor, as_of, wilayah)
        self._all_regions = self.in_force
        self.in_force = {k: w for k, w in self.in_force.items() if k == pelapor}

    def count(self, level: Level, within: str | None = None, kinds: Collection[str] = ()) -> int:
        return sum(
            kode_wilayah.level_of(k) == level and (not kinds or kode_wilayah.kind_of(k) in kinds)
            for k in self._all_regions
        )


async def read_computed(conn: Conn, sent: SentDraft) -> dict[str, ComputedResult]:
    """What is known of every indicator and element that a target or a stated result in the draft is of."""
    if not any(e.kode in (TARGET, RESULT) for e in sent.formulir.elemen):
        return {}
    draft, katalog = sent.draft, sent.katalog
    named = _measures(draft)
    indikator = [i.full_kode for i in katalog.indikator if i.of_figures and i.full_kode.casefold() in named]
    elemen = [e for e in katalog.elemen.values() if e.kode.casefold() in named]
    nilai: dict[str, Decimal] = {}
    if indikator:
        nilai.update(await indikator_statements.values_of(conn, draft.pelapor, str(draft.periode), indikator))
    if elemen:
        kode, periode = [e.kode for e in elemen], str(draft.periode)
        figures = await angka_statements.figures_of(conn, draft.pelapor, periode, kode)
        nilai.update((k, n) for w, k, rincian, n in figures if w == draft.pelapor and not rincian)
    falling = {e.kode for e in elemen if e.arah == "TURUN"}
    return {
        k: ComputedResult(nilai.get(k), katalog.computed_unit(k), k in falling)
        for k in (*indikator, *(e.kode for e in elemen))
    }


def _measures(draft: RekapDraft) -> set[str]:
    """What the targets and stated results of a draft are of, as written, in small letters."""
    columns = {s.column for s in draft.cells if s.column.elemen.strip().upper() in (TARGET, RESULT)}
    return {
        " ".join(written.split()).casefold()
        for column in columns
        for name, written in column.rincian
        if name.strip().casefold() == MEASURE
    }


async def _previous_periode(conn: Conn, key: RekapKey, draft: RekapDraft) -> Previous | None:
    previous = RekapKey(key.kode_kab, key.formulir, str(draft.periode.previous))
    head = await rekap_statements.head(conn, previous)
    if head is None or not head.revisi:
        return None
    return Previous(previous, head.revisi, *await rekap_statements.filled(conn, previous, head.revisi))


async def _resent(db: Database, sent: SentDraft, previous: Previous | None, cells: list[CleanCell]) -> list[Temuan]:
    """That it is the rekap of the period before once more."""
    if previous is None or sent.katalog.kewajaran is None or not await off_loop(len(cells), previous.may_be, cells):
        return []
    async with db.as_actor(sent.actor) as conn:
        nilai = await rekap_statements.values(conn, previous.key, previous.revisi)
    kind, bounds = sent.draft.periode.kind, sent.katalog.kewajaran
    return await off_loop(len(nilai), check_resent, cells, (previous.key.periode, nilai), kind, bounds)


def _check_empty(draft: RekapDraft, cells: list[CleanCell], temuan: list[Temuan]) -> list[Temuan]:
    if cells or any(t.tingkat == ERROR for t in temuan):
        return []
    return [Temuan("REKAP_KOSONG", ERROR, "Rekap ini tidak berisi satu angka pun.", wilayah=draft.pelapor)]


def _check_replaced_parts(draft: RekapDraft, cells: list[CleanCell], from_parts: list[str]) -> list[Temuan]:
    """A period's own rekap counts instead of its parts, also for what it does not mention."""
    present = {s.elemen.kode for s in cells}
    lost = [e for e in from_parts if e not in present]
    if not cells or not lost:
        return []
    named = ", ".join(lost)
    message = (
        f"Rekap {draft.periode} dipakai sebagai ganti rekap bagian-bagiannya. Angka {named} untuk {draft.periode} sekarang berasal dari "
        "bagian itu dan tidak disebut di sini; sesudah disetujui angkanya tidak ada lagi. Sertakan juga angkanya."
    )
    return [Temuan("BAGIAN_TERGANTI", WARNING, message, wilayah=draft.pelapor, elemen=lost[0], usulan=named)]
