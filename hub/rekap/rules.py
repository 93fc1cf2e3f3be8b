"""The catalogue's rules applied to a rekap: each is data (left, operator, right), none is made for one document. Pure.

A rule is looked at for the reporter and for every region below it where all figures it needs are known; where one is
missing it is silent there. A comparison of two elements holds for every choice of a breakdown that both have as well. KnownFigures of
other forms come from what is approved for the same period, else from the newest approved before it where the
element is no flow: that says less, and refuses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from hub.angka.rollup import KnownFigures
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.temuan import ERROR, WARNING, Temuan, TemuanFromData, display
from hub.katalog.formula import ANY, WORDS, Factor, Formula, Rincian, Term, read_formula
from hub.katalog.katalog import Aturan, Formulir, Katalog
from hub.wilayah.region_list import RegionList

# (region, element, breakdown) → approved figure of another form
OtherFigures = Mapping[tuple[str, str, Rincian], Decimal]
Choices = dict[str, dict[Rincian, list[str]]]  # element → choices → regions that have a figure of them

_ONE = Decimal(1)
_COMPARISONS = ("<=", ">=", "<", ">")
_OF_PRESENCE = ("PASANGAN", "EKSKLUSIF")
_OPPOSITE = {"<=": ">", ">=": "<", "==": "≠", "<": "≥", ">": "≤", "!=": "="}


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What the rules of one rekap are judged by."""

    pelapor: str
    periode: Periode
    regions: RegionList
    figures: KnownFigures
    other_figures: OtherFigures
    sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Element of another form → the form and the period that its figures are of."""

    def reading(self, formula: Formula) -> Callable[[str], Decimal | None]:
        """What a formula comes to in a region."""
        figures, others, term = self.figures, self.other_figures, formula.single
        if term is None or term.kode in WORDS:
            return lambda wilayah: formula.compute(lambda s: self.nilai(s, wilayah))
        kode, rincian = term.kode, term.rincian

        def of_figure(wilayah: str) -> Decimal | None:
            key = (wilayah, kode, rincian)
            angka = figures.get(key)
            found = others.get(key) if angka is None else angka.nilai
            return None if found is None else _ONE * found  # as a formula has it

        return of_figure

    def nilai(self, term: Term, wilayah: str) -> Decimal | None:
        """A figure or a word's count for one region; None where it is not known."""
        match term.kode:
            case "BULAN":
                return Decimal(int(self.periode.kind))
            case "DESA" | "KECAMATAN" | "KABUPATEN" as word:
                level = Level[word]
                if kode_wilayah.level_of(wilayah) >= level:
                    return Decimal(1)
                count = self.regions.count(level, wilayah)
                return Decimal(count) if count else None
        angka = self.figures.get((wilayah, term.kode, term.rincian))
        if angka is not None:
            return angka.nilai
        return self.other_figures.get((wilayah, term.kode, term.rincian))


def elemen_of_other_forms(formulir: Formulir) -> list[str]:
    """Elements of other forms that the form's rules look at."""
    own = {e.kode for e in formulir.elemen}
    named = {s.kode for a in formulir.aturan for side in (a.kiri, a.kanan) for s in read_formula(side).terms()}
    return sorted(named - own - WORDS)


def elemen_before(formulir: Formulir, katalog: Katalog) -> set[str]:
    """Elements of other forms whose newest figure before the period may stand for that of the period: they are no flows, and
    every rule that names them compares."""
    in_comparisons: set[str] = set()
    in_others: set[str] = set()
    for a in formulir.aturan:
        kode = {s.kode for side in (a.kiri, a.kanan) for s in read_formula(side).terms()}
        (in_comparisons if a.operator in _COMPARISONS else in_others).update(kode)
    return {
        e for e in in_comparisons - in_others if e in katalog.elemen and katalog.elemen[e].agregasi_waktu != "JUMLAH"
    }


def check_aturan(formulir: Formulir, context: RuleContext) -> list[Temuan]:
    """Findings of every rule of the form."""
    pelapor_level = kode_wilayah.level_of(context.pelapor)
    choices: Choices = defaultdict(lambda: defaultdict(list))
    regions_of: dict[str, set[str]] = defaultdict(set)  # that have a figure of the element here
    for wilayah, elemen, rincian in context.figures:
        regions_of[elemen].add(wilayah)
        if rincian:
            choices[elemen][rincian].append(wilayah)
    said = {pair for a in formulir.aturan if (pair := _two_elements(a)) is not None}
    known = WORDS | regions_of.keys() | {e for _, e, _ in context.other_figures}
    temuan: list[Temuan] = []
    for aturan in formulir.aturan:
        if aturan.pelapor in (None, pelapor_level):
            for rule, left, right, regions in _with_choices(aturan, choices, said, context):
                if rule.operator not in _OF_PRESENCE and not (
                    _may_be_known(left, known) and _may_be_known(right, known)
                ):
                    continue
                at = _named_wilayah(rule, (left, right), context.pelapor, regions_of) if regions is None else regions
                temuan += _check_one(rule, left, right, at, context)
    return temuan


def _may_be_known(formula: Formula, known: Set[str]) -> bool:
    """False where it has a value in no region: of each of its alternatives something is missing everywhere."""
    return any(all(_may_count(factors, known) for _, factors in products) for products in formula.pilihan)


def _may_count(factors: Iterable[Factor], known: Set[str]) -> bool:
    terms = [f for f in factors if isinstance(f, Term)]
    return any(t.may_be_missing for t in terms) or all(t.kode in known for t in terms)


def _two_elements(aturan: Aturan) -> tuple[Term, Term] | None:
    """The sides of a rule that compares one figure with one other; None of any other rule."""
    return _two_terms(aturan.kiri, aturan.kanan)


@lru_cache(maxsize=512)
def _two_terms(left: str, right: str) -> tuple[Term, Term] | None:
    sides = []
    for side in (left, right):
        alternatives = read_formula(side).pilihan
        if len(alternatives) != 1 or len(alternatives[0]) != 1:
            return None
        sign, factors = alternatives[0][0]
        if sign != 1 or len(factors) != 1 or not isinstance(factors[0], Term) or factors[0].kode in WORDS:
            return None
        sides.append(replace(factors[0], may_be_missing=False))
    return sides[0], sides[1]


def _with_choices(
    aturan: Aturan, choices: Choices, said: set[tuple[Term, Term]], context: RuleContext
) -> Iterator[tuple[Aturan, Formula, Formula, Iterable[str] | None]]:
    """The rule itself, and the rule for every choice it means: of "*", and of a breakdown that both elements have. With its sides
    and the regions to look at; None: all."""
    whole = (aturan, read_formula(aturan.kiri), read_formula(aturan.kanan), None)
    pair = _two_elements(aturan) if aturan.operator in _COMPARISONS else None
    if pair is None:
        yield whole
        return
    left, right = pair
    is_pattern = any(p == ANY for _, p in left.rincian)
    if not is_pattern:
        yield whole
        if left.rincian or right.rincian or aturan.per_rincian == "TIDAK":
            return
    regions_of: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    for rincian, having in choices.get(left.kode, {}).items():
        bound = _bound(pair, rincian) if is_pattern else (Term(left.kode, rincian), Term(right.kode, rincian))
        if bound is not None and (is_pattern or bound not in said):
            compared = {w for w in having if context.nilai(bound[1], w) is not None}
            if compared:
                regions_of[bound] |= compared
    level = aturan.tingkat if is_pattern else aturan.per_rincian or aturan.tingkat
    for (a, b), regions in regions_of.items():
        of_choice = replace(aturan, kiri=_written(a), kanan=_written(b), tingkat=level)
        yield of_choice, _formula(a), _formula(b), sorted(regions)


def _bound(pair: tuple[Term, Term], rincian: Rincian) -> tuple[Term, Term] | None:
    """Both sides with the choices of one figure where "*" stands; None where the figure is none that the left side means."""
    chosen = dict(rincian)
    if chosen.keys() != {n for n, _ in pair[0].rincian} or any(p not in (ANY, chosen[n]) for n, p in pair[0].rincian):
        return None
    left, right = (
        replace(t, rincian=tuple((n, chosen[n] if p == ANY and n in chosen else p) for n, p in t.rincian)) for t in pair
    )
    return left, right


def _formula(term: Term) -> Formula:
    """Of one figure. Not by way of its text: an open choice may hold any sign."""
    return Formula(_written(term), (((1, (term,)),),))


def _written(term: Term) -> str:
    return f"{term.kode}[{','.join(f'{n}={p}' for n, p in term.rincian)}]" if term.rincian else term.kode


def _check_one(
    aturan: Aturan, left: Formula, right: Formula, regions: Iterable[str], context: RuleContext
) -> Iterator[Temuan]:
    terms = (*left.terms(), *right.terms())
    sources = {s.kode: context.sources[s.kode] for s in terms if s.kode in context.sources}
    source = "".join(f" {kode} menurut {form} {periode} yang disetujui." for kode, (form, periode) in sources.items())
    # what was true then need not be now
    is_old = any(periode != str(context.periode) for _, periode in sources.values())
    level = WARNING if is_old and aturan.tingkat == ERROR else aturan.tingkat
    first, second, holds = context.reading(left), context.reading(right), _judging(aturan)
    for wilayah in regions:
        a, b = first(wilayah), second(wilayah)
        message = None if holds(a, b) else _violation(aturan, a, b)
        if message is not None:
            name = context.regions.in_force[wilayah].nama if wilayah in context.regions.in_force else wilayah
            kode = next((s.kode for s in left.terms() if s.kode not in WORDS), None)
            yield TemuanFromData(
                aturan.kode, level, f"{name}: {aturan.nama}. {message}{source}", wilayah=wilayah, elemen=kode,
                nilai=None if a is None else str(a), usulan=None if b is None else str(b),
            )  # fmt: skip


def _named_wilayah(
    aturan: Aturan, sides: Iterable[Formula], pelapor: str, regions_of: Mapping[str, Set[str]]
) -> list[str]:
    """The reporter, then every region for which this rekap has a figure the rule names."""
    kode = {s.kode for side in sides for s in side.terms()}
    with_figures = {w for k in kode for w in regions_of.get(k, ())}
    if aturan.operator in _OF_PRESENCE:
        return [pelapor] if with_figures else []
    return [pelapor, *sorted(with_figures - {pelapor})] if with_figures else []


def _violation(aturan: Aturan, left: Decimal | None, right: Decimal | None) -> str:
    """What is wrong, in words."""
    match aturan.operator:
        case "PASANGAN":
            present, absent = (aturan.kiri, aturan.kanan) if left is not None else (aturan.kanan, aturan.kiri)
            return f"{present} dilaporkan, {absent} tidak."
        case "EKSKLUSIF":
            return f"{aturan.kiri} dan {aturan.kanan} tidak dilaporkan bersama."
    return f"{aturan.kiri} = {display(left)} {_OPPOSITE[aturan.operator]} {aturan.kanan} = {display(right)}."


def _judging(aturan: Aturan) -> Callable[[Decimal | None, Decimal | None], bool]:
    """Whether the rule holds, or cannot be judged, where its sides come to that."""
    if aturan.operator == "PASANGAN":
        return lambda left, right: (left is None) == (right is None)
    if aturan.operator == "EKSKLUSIF":
        return lambda left, right: left is None or right is None
    tolerance, compare = Decimal(aturan.toleransi), _HOLDS.get(aturan.operator, _differs)
    return lambda left, right: left is None or right is None or compare(left, right, tolerance)


def _differs(left: Decimal, right: Decimal, _: Decimal) -> bool:
    return left != right


_HOLDS: Mapping[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "<=": lambda left, right, tolerance: left <= right + tolerance * abs(right),
    ">=": lambda left, right, tolerance: left >= right - tolerance * abs(right),
    "==": lambda left, right, tolerance: abs(left - right) <= tolerance * abs(right),
    "<": lambda left, right, _: left < right,
    ">": lambda left, right, _: left > right,
}


def other_figures_from(rows: Iterable[tuple[str, str, Rincian, Decimal]]) -> OtherFigures:
    return {(w, e, r): n for w, e, r, n in rows}
