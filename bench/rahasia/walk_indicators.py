"""Indicators: what is divided by what is a sum of figures each, at every level, now and as it was known before.

The formulas are public; here they are read from the catalogue that the hub is shipped with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.rahasia.caller import Caller
from bench.rahasia.heard import Place, Walk
from hub.base.kode import Level
from hub.katalog.formula import Formula, Term, read_formula
from seeds.katalog_toml import read_katalog

_RATIOS = """query ($k: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $a: DateTime) {
  indikator(kode: $k, periode: $p, wilayah: $w, tingkat: $t, pada: $a) {
    wilayah { kode } kode periode rincian { rincian } pembilang penyebut nilai status } }"""
_FIGURES = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $a: DateTime) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, pada: $a) {
    wilayah { kode } periode rincian { rincian pilihan } nilai } }"""
_SAID = ("ADA", "NOL", "DISUPRESI")


@dataclass(frozen=True, slots=True)
class Ratio:
    """An indicator. `sides`: what is divided, and by what."""

    kode: str
    sides: Mapping[str, Formula]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(t for f in self.sides.values() for t in f.terms())

    @property
    def elements(self) -> frozenset[str]:
        return frozenset(t.kode for t in self.terms)


@cache
def all_ratios() -> tuple[Ratio, ...]:
    return tuple(
        Ratio(
            f"{i.kode}.{i.varian}" if i.varian else i.kode,
            {"pembilang": read_formula(i.pembilang), "penyebut": read_formula(i.penyebut)},
        )
        for i in read_katalog().indikator
        if i.jenis == "RASIO" and i.pembilang and i.penyebut
    )


def indicators(
    caller: Caller, heard: Walk, ratio: Ratio, periods: Sequence[str], province: str, as_of: str = ""
) -> None:
    """One of them at all levels. Its elements have been asked of already, as of the same time."""
    for level in reversed(Level):  # parts before the whole
        beside = {"w": province, "t": level.name, "a": as_of or None}
        _plain(caller, heard, ratio, periods, beside)
        rows = _asked(caller, _RATIOS, "indikator", periods, k=[ratio.kode], **beside)
        for row in rows:
            place = Place(ratio.kode, row["periode"], row["wilayah"]["kode"], (), as_of)
            heard.hear_ratio(place, row["status"], row["nilai"])
            if row["status"] not in _SAID:
                continue
            for side in ratio.sides:
                question = f"indikator({ratio.kode} {row['periode']} {place.region}, {side}, pada {as_of or 'kini'})"
                if (row["nilai"] is None) != (row[side] is None):
                    heard.unlike.append(f"{question} is {row[side]} beside {row['nilai']}")
                elif row[side] is not None:
                    _claim(heard, ratio, side, place, row[side], question)


def _claim(heard: Walk, ratio: Ratio, side: str, place: Place, value: object, question: str) -> None:
    """That side counts its terms; of a province those of each kabupaten that has both sides."""
    where = [place.region]
    if len(place.region) == 2:
        where = [
            p.region for p in heard.ratios
            if (p.element, p.periode, p.as_of, len(p.region)) == (place.element, place.periode, place.as_of, 5)
            and p.region.startswith(place.region)
        ]  # fmt: skip
    parts: list[Place] = []
    known = 0
    for region in where:
        terms = _first_told(heard, ratio.sides[side], place, region)
        if terms is None:
            heard.unlike.append(f"{question} is {value}, of {region} nothing is told of what it counts")
            return
        parts += [t for t in terms if t not in heard.plain]
        known += sum(heard.plain.get(t, 0) for t in terms)
    heard.claim(question, value, parts, known)


def _first_told(heard: Walk, formula: Formula, asked: Place, region: str) -> list[Place] | None:
    """The first alternative all of whose figures are told, open or closed."""
    for products in formula.pilihan:
        terms = [t for _, factors in products for t in factors if isinstance(t, Term)]
        places = [Place(t.kode, asked.periode, region, t.rincian, asked.as_of) for t in terms]
        if all(p in heard.answers or p in heard.plain for p in places):
            return places
    return None


def _plain(caller: Caller, heard: Walk, ratio: Ratio, periods: Sequence[str], beside: Mapping[str, object]) -> None:
    """Figures of terms that are not hidden."""
    for kode, names in sorted({(t.kode, tuple(n for n, _ in t.rincian)) for t in _open_terms(heard, ratio)}):
        for row in _asked(caller, _FIGURES, "agregat", periods, e=[kode], r=list(names) or None, **beside):
            if row["nilai"] is not None:
                choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
                place = Place(kode, row["periode"], row["wilayah"]["kode"], choices, str(beside["a"] or ""))
                heard.plain[place] = int(row["nilai"])


def _asked(caller: Caller, query: str, field: str, periods: Sequence[str], **asked: object) -> list[Any]:
    """Period by period where one question would be too large an answer."""
    try:
        return list(caller.ask(query, p=periods, **asked)[field])
    except RuntimeError:
        if len(periods) < 2:
            raise
    return [row for p in periods for row in _asked(caller, query, field, [p], **asked)]


def _open_terms(heard: Walk, ratio: Ratio) -> Iterator[Term]:
    return (t for t in ratio.terms if t.kode not in heard.elements)
