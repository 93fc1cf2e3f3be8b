"""Everything that can be said about a draft before anything is written: cells, checks, rules, in one pass. The data the
checks need is read first; the checks themselves are pure."""

from dataclasses import dataclass
from decimal import Decimal

from hub.angka import indikator_statements
from hub.angka import statements as angka_statements
from hub.angka.cells import CleanCell
from hub.angka.rollup import AngkaRow, rollup
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.kode import Level
from hub.base.many_findings import FindingList
from hub.base.off_loop import off_loop
from hub.base.public_id import RekapKey
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Temuan, folded
from hub.db.database import Conn, Database
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import rules as rekap_rules
from hub.rekap import statements as rekap_statements
from hub.rekap.cells import read_cells
from hub.rekap.checks import CleanTotal, check_kelengkapan, check_levels, check_rincian, check_totals
from hub.rekap.choices import Spellings, open_choices
from hub.rekap.draft import RekapDraft
from hub.rekap.missing_choices import check_missing_choices
from hub.rekap.performance import RESULT, TARGET, ComputedResult, check_performance
from hub.rekap.register import check_desks, check_register, read_desks, read_register
from hub.rekap.statements import NilaiRow
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.first_list import oldest_list
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah

_ORDER = {"GALAT": 0, "PERINGATAN": 1, "INFO": 2}


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft as somebody sends it, to be submitted or to be kept (`action`), beside what it is read by: the catalogue and the
    form it fills."""

    actor: Actor
    action: str
    draft: RekapDraft
    katalog: Katalog
    formulir: Formulir

    @property
    def key(self) -> RekapKey:
        return RekapKey(self.draft.pelapor, self.formulir.kode, str(self.draft.periode))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft amounts to."""

    cells: list[CleanCell]
    angka: list[AngkaRow]
    total: list[CleanTotal]
    temuan: list[Temuan]


@dataclass(frozen=True, slots=True)
class _Background:
    """What the database says beside a draft."""

    regions: RegionIndex
    angka: rekap_rules.OtherFigures
    computed: dict[str, ComputedResult]
    previous: tuple[str, list[NilaiRow]] | None
    register: dict[str, Decimal]
    desks: list[tuple[str, str]]
    spellings: Spellings


async def examine(db: Database, sent: SentDraft) -> Outcome:
    """Read what the checks need, then check everything, beside the event loop where it is much."""
    draft, formulir = sent.draft, sent.formulir
    other_elemen = rekap_rules.elemen_of_other_forms(formulir)
    async with db.as_actor(sent.actor) as conn:
        regions = await read_regions(conn, draft)
        stored_figures = await angka_statements.figures_of(conn, draft.pelapor, str(draft.periode), other_elemen)
        computed = {}
        if any(e.kode in (TARGET, RESULT) for e in formulir.elemen):
            computed = await _computed_results(conn, sent.katalog, draft)
        previous = await _previous_periode(conn, sent.key, draft)
        register = await read_register(conn, draft, formulir)
        desks = await read_desks(conn, draft, formulir)
        spellings = await _spellings(conn, draft, formulir)
    angka = rekap_rules.other_figures_from((w, e, tuple(sorted(r.items())), n) for w, e, r, n in stored_figures)
    beside = _Background(regions, angka, computed, previous, register, desks, spellings)
    return await off_loop(len(draft.cells) + len(draft.total), _check, sent, beside)


def _check(sent: SentDraft, background: _Background) -> Outcome:
    draft, katalog, formulir = sent.draft, sent.katalog, sent.formulir
    temuan = FindingList()
    cells = read_cells(draft, katalog, formulir, background.regions, temuan, background.spellings)
    angka = rollup(cells)
    figures = {(a.wilayah, a.elemen.kode, a.rincian): a.angka for a in angka}
    context = rekap_rules.RuleContext(draft.pelapor, draft.periode, background.regions, figures, background.angka)
    temuan.add(check_oldest_list(draft, background.regions))
    temuan.add(check_levels(cells, draft.pelapor))
    temuan.add(check_kelengkapan(cells, background.regions))
    temuan.add(check_rincian(cells))
    temuan.add(check_missing_choices(cells))
    total, total_temuan = check_totals(draft, katalog, formulir, background.regions, cells, figures)
    temuan.add(total_temuan)
    temuan.add(rekap_rules.check_aturan(formulir, context))
    temuan.add(check_performance(cells, background.computed))
    temuan.add(check_register(draft.pelapor, draft.periode.last_day, figures, background.register, cells))
    temuan.add(check_desks(background.desks, background.regions, cells))
    temuan.add(_check_empty(draft, cells, temuan) + _check_resent(cells, background.previous))
    return Outcome(cells, angka, total, sorted([*folded(temuan), *temuan.more()], key=lambda t: _ORDER[t.tingkat]))


async def _spellings(conn: Conn, draft: RekapDraft, formulir: Formulir) -> Spellings:
    """How the open choices of a draft are spelled already, as far as the sender may know."""
    written = open_choices(draft, formulir)
    if not written:
        return Spellings()
    elemen, dimensions = [e.kode for e in formulir.elemen], sorted(written)
    used = await angka_statements.used_choices(conn, draft.pelapor, elemen, dimensions)
    own = {d: frozenset(p for k, p in used if k == d) for d in dimensions}
    keys = sorted({name_key(w) for choices in written.values() for w in choices} - {name_key(p) for _, p in used})
    alike = await angka_statements.choices_alike(conn, draft.pelapor[:2], elemen, dimensions, keys) if keys else []
    return Spellings(own, {(d, name_key(p)): p for d, p in alike})


async def read_regions(conn: Conn, draft: RekapDraft) -> RegionIndex:
    """The regions the reporter may name: a kabupaten all below it, a province only itself."""
    wilayah, lineage = await wilayah_statements.below(conn, draft.pelapor)
    oldest = await oldest_list(conn, draft.pelapor)
    as_of = draft.periode.last_day if oldest is None else max(oldest, draft.periode.last_day)
    if kode_wilayah.level_of(draft.pelapor) is Level.PROVINSI:
        only_itself = ProvinsiRegionIndex(draft.pelapor, as_of, [DatedWilayah(*w) for w in wilayah])
        return only_itself
    return RegionIndex(draft.pelapor, as_of, [DatedWilayah(*w) for w in wilayah], lineage)


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

    def __init__(self, pelapor: str, as_of: object, wilayah: list[DatedWilayah]) -> None:
        super().__init__(pelapor, as_of, wilayah)  # type: ignore[arg-type]
        self._all_regions = self.in_force
        self.in_force = {k: w for k, w in self.in_force.items() if k == pelapor}
        for kode in self._by_name.values():  # the others cannot be named either
            kode.intersection_update(self.in_force)

    def count(self, level: Level, within: str | None = None) -> int:
        return sum(kode_wilayah.level_of(k) == level for k in self._all_regions)


async def _computed_results(conn: Conn, katalog: Katalog, draft: RekapDraft) -> dict[str, ComputedResult]:
    """What follows from approved figures: every main indicator, and every element a target may name."""
    results = {
        kode: ComputedResult(nilai)
        for kode, nilai in await indikator_statements.values_of(conn, draft.pelapor, str(draft.periode))
    }
    direct = [e.kode for e in katalog.elemen.values() if e.arah == "TURUN" or e.kode.startswith("WIL0")]
    for _, elemen, rincian, nilai in await angka_statements.figures_of(conn, draft.pelapor, str(draft.periode), direct):
        if not rincian:
            results[elemen] = ComputedResult(nilai, less_is_better=katalog.elemen[elemen].arah == "TURUN")
    return results


async def _previous_periode(conn: Conn, key: RekapKey, draft: RekapDraft) -> tuple[str, list[NilaiRow]] | None:
    previous = RekapKey(key.kode_kab, key.formulir, str(draft.periode.previous))
    head = await rekap_statements.head(conn, previous)
    if head is None or not head.revisi:
        return None
    return previous.periode, await rekap_statements.values(conn, previous, head.revisi)


def _check_empty(draft: RekapDraft, cells: list[CleanCell], temuan: list[Temuan]) -> list[Temuan]:
    if cells or any(t.tingkat == ERROR for t in temuan):
        return []
    return [Temuan("REKAP_KOSONG", ERROR, "Rekap ini tidak berisi satu angka pun.", wilayah=draft.pelapor)]


def _check_resent(cells: list[CleanCell], previous: tuple[str, list[NilaiRow]] | None) -> list[Temuan]:
    """The same file as last time, by mistake."""
    if previous is None:
        return []
    periode, nilai = previous
    current = {(s.elemen.kode, s.wilayah, s.rincian, s.nilai) for s in cells if s.nilai is not None}
    past = {(b.elemen, b.kode_wilayah, tuple(sorted(b.rincian.items())), b.nilai) for b in nilai if b.nilai is not None}
    if len(current) < 5 or current != past or len({n for *_, n in current}) < 3:
        return []
    message = (
        f"Semua {len(current)} angka sama persis dengan rekap periode {periode}; jangan-jangan berkas lama terkirim."
    )
    return [Temuan("SAMA_DENGAN_PERIODE_LALU", WARNING, message)]
