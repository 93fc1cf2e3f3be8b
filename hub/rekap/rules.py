"""The catalogue's rules applied to a rekap: each is data (left, operator, right), none is made for one document. Pure.

A rule is looked at for the reporter and for every region below it where all figures it needs are known; where one is
missing it is silent there. Figures of other forms come from what is approved for the same period.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.temuan import Temuan, TemuanFromData, display
from hub.katalog.formula import WORDS, Formula, Rincian, Term, read_formula
from hub.katalog.katalog import Aturan, Formulir
from hub.rekap.checks import Figures
from hub.wilayah.region_list import RegionList

# (region, element, breakdown) → approved figure of another form
OtherFigures = Mapping[tuple[str, str, Rincian], Decimal]

_OPPOSITE = {"<=": ">", ">=": "<", "==": "≠", "<": "≥", ">": "≤", "!=": "="}


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What the rules of one rekap are judged by."""

    pelapor: str
    periode: Periode
    regions: RegionList
    figures: Figures
    other_figures: OtherFigures

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


def check_aturan(formulir: Formulir, context: RuleContext) -> list[Temuan]:
    """Findings of every rule of the form."""
    pelapor_level = kode_wilayah.level_of(context.pelapor)
    temuan: list[Temuan] = []
    for aturan in formulir.aturan:
        if aturan.pelapor in (None, pelapor_level):
            temuan += _check_one(aturan, context)
    return temuan


def _check_one(aturan: Aturan, context: RuleContext) -> Iterator[Temuan]:
    left, right = read_formula(aturan.kiri), read_formula(aturan.kanan)
    for wilayah in _named_wilayah(aturan, left, right, context):
        a = left.compute(lambda s, w=wilayah: context.nilai(s, w))  # type: ignore[misc]
        b = right.compute(lambda s, w=wilayah: context.nilai(s, w))  # type: ignore[misc]
        message = _violation(aturan, a, b)
        if message is not None:
            name = context.regions.in_force[wilayah].nama if wilayah in context.regions.in_force else wilayah
            kode = next((s.kode for s in left.terms() if s.kode not in WORDS), None)
            yield TemuanFromData(
                aturan.kode, aturan.tingkat, f"{name}: {aturan.nama}. {message}", wilayah=wilayah, elemen=kode,
                nilai=None if a is None else str(a), usulan=None if b is None else str(b),
            )  # fmt: skip


def _named_wilayah(aturan: Aturan, left: Formula, right: Formula, context: RuleContext) -> list[str]:
    """The reporter, then every region for which this rekap has a figure the rule names."""
    kode = {s.kode for s in (*left.terms(), *right.terms())}
    with_figures = {w for w, elemen, _ in context.figures if elemen in kode}
    if aturan.operator in ("PASANGAN", "EKSKLUSIF"):
        return [context.pelapor] if with_figures else []
    return [context.pelapor, *sorted(with_figures - {context.pelapor})] if with_figures else []


def _violation(aturan: Aturan, left: Decimal | None, right: Decimal | None) -> str | None:
    """What is wrong, in words; None where the rule holds or cannot be judged."""
    match aturan.operator:
        case "PASANGAN":
            if (left is None) == (right is None):
                return None
            present, absent = (aturan.kiri, aturan.kanan) if left is not None else (aturan.kanan, aturan.kiri)
            return f"{present} dilaporkan, {absent} tidak."
        case "EKSKLUSIF":
            if left is None or right is None:
                return None
            return f"{aturan.kiri} dan {aturan.kanan} tidak dilaporkan bersama."
    if left is None or right is None:
        return None
    if _holds(aturan.operator, left, right, Decimal(aturan.toleransi)):
        return None
    return f"{aturan.kiri} = {display(left)} {_OPPOSITE[aturan.operator]} {aturan.kanan} = {display(right)}."


def _holds(operator: str, left: Decimal, right: Decimal, tolerance: Decimal) -> bool:
    slack = tolerance * abs(right)
    match operator:
        case "<=":
            return left <= right + slack
        case ">=":
            return left >= right - slack
        case "==":
            return abs(left - right) <= slack
        case "<":
            return left < right
        case ">":
            return left > right
        case _:
            return left != right


def other_figures_from(rows: Iterable[tuple[str, str, Rincian, Decimal]]) -> OtherFigures:
    return {(w, e, r): n for w, e, r, n in rows}
