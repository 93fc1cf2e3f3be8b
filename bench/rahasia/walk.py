"""Everything the hub says to one caller about people: every element of sensitivity 1 and more, at every level, by every
breakdown, for every period there is, now and as it was known before, by the borders of then and of today; indicators; what
is weighed by figures; rekap; the map. Public HTTP and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from types import MappingProxyType
from typing import Any

from bench.rahasia.borders import Borders
from bench.rahasia.caller import Caller
from bench.rahasia.heard import Breakdown, Element, Moment, Place, Walk
from bench.rahasia.walk_indicators import all_ratios, indicators
from bench.rahasia.walk_maps import by_other_borders, maps, ratios
from bench.rahasia.walk_rekap import of_desa, rekap
from bench.rahasia.walk_sweeps import Country, can_weigh, sweeps
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.periode import Periode

_CATALOGUE = """{ daftarProvinsi { kode } daftarFormulir { kode elemen { kode sensitif agregasi tingkat
  rincian { kode pilihan lengkap menjumlah } } } }"""
_THERE = "query ($w: KodeWilayah!) { ketersediaan(wilayah: $w) { elemen periode } }"
_FIGURES = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $a: DateTime,
  $h: Date) { agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, pada: $a, wilayahPada: $h) {
    wilayah { kode } periode rincian { rincian pilihan } nilai status dirilisPada } }"""
_PARTS = "query ($w: KodeWilayah!) { provinsi(kode: $w) { kabupaten { kode } } }"
_AT_MOST_TOGETHER = 2  # breakdowns crossed; all of an element's together are asked besides


def walk(
    caller: Caller,
    *,
    provinces: Sequence[str] = (),
    moments: Sequence[Moment] = (),
    rates: Mapping[str, tuple[str, int]] = MappingProxyType({}),
    alike: bool = False,
    figures_only: bool = False,
) -> Walk:
    """`provinces`: only these; none: all. `moments`: when pages were kept. `rates`: element
    of money → whom it is paid to, and how much each gets, as everybody knows it; `alike`: as a walk has it; `figures_only`: nothing
    that is made of figures."""
    catalogue = caller.ask(_CATALOGUE)
    every = [_element(x, f["kode"]) for f in catalogue["daftarFormulir"] for x in f["elemen"]]
    elements = {e.kode: e for e in every if e.sensitivity}
    elements |= {e.kode: replace(e, counts=rates[e.kode][0], rate=rates[e.kode][1]) for e in every if e.kode in rates}
    heard = Walk(elements, alike=alike)
    for province in provinces or [p["kode"] for p in catalogue["daftarProvinsi"]]:
        there: dict[str, set[str]] = {}
        for row in caller.ask(_THERE, w=province)["ketersediaan"]:
            if row["elemen"] in elements:
                there.setdefault(row["elemen"], set()).add(row["periode"])
        if figures_only:
            for kode, own in sorted(there.items()):
                _graphql(caller, heard, elements[kode], _with_longer(own), (province, ""))
        else:
            _of_province(caller, heard, province, there, moments)
    heard.asked = caller.requests
    return heard


def _of_province(
    caller: Caller, heard: Walk, province: str, there: dict[str, set[str]], moments: Sequence[Moment]
) -> None:
    borders = Borders(caller, province)
    asked = [r for r in all_ratios() if r.elements & there.keys()]
    for m in moments:
        of_form = {k for k in there if heard.elements[k].formulir == m.formulir}
        beside = [r for r in asked if r.elements & of_form]
        periods = _with_longer([m.periode])
        for kode in sorted(of_form):
            _graphql(caller, heard, heard.elements[kode], periods, (province, m.at))
            _on_borders_of_today(caller, heard, borders, heard.elements[kode], periods, m.at)
        for kode in sorted({k for r in beside for k in r.elements & there.keys()} - of_form):
            _graphql(caller, heard, heard.elements[kode], periods, (province, m.at), plain=True)
        for ratio in beside:
            indicators(caller, heard, ratio, periods, province, m.at)
        for kode in of_form:  # of what is closed wherever it is told, nobody is told that it is there
            there[kode].add(m.periode)
    country = Country(caller, province)
    for kode, own in sorted(there.items()):
        periods, element = _with_longer(own), heard.elements[kode]
        _graphql(caller, heard, element, periods, (province, ""))
        _on_borders_of_today(caller, heard, borders, element, periods, "")
        maps(caller, heard, borders, element, own)
        if can_weigh(element):
            sweeps(caller, heard, borders, country, element, periods)
    for ratio in asked:
        periods = _with_longer(p for k in ratio.elements & there.keys() for p in there[k])
        indicators(caller, heard, ratio, periods, province)
        ratios(caller, heard, province, ratio.kode, periods)
    rekap(caller, heard, province)
    of_desa(caller, heard, province, there)


def _element(e: Mapping[str, Any], formulir: str) -> Element:
    return Element(
        e["kode"], e["sensitif"], e["agregasi"] == "JUMLAH",
        tuple(Breakdown(r["kode"], tuple(r["pilihan"]), r["menjumlah"], r["lengkap"]) for r in e["rincian"]),
        formulir, Level[e["tingkat"]],
    )  # fmt: skip


def _with_longer(periods: Iterable[str]) -> list[str]:
    told = set(periods)
    return sorted(told | {str(a) for p in told for a in Periode.read(p).ancestors})


def _crossed(element: Element) -> Iterator[tuple[str, ...]]:
    names = [b.name for b in element.breakdowns]
    for n in sorted({*range(min(_AT_MOST_TOGETHER, len(names)) + 1), len(names)}):
        yield from combinations(names, n)


def _graphql(
    caller: Caller,
    heard: Walk,
    element: Element,
    periods: Sequence[str],
    where: tuple[str, str],
    *,
    plain: bool = False,
) -> None:
    """`where`: which province, and as of when; `plain`: by no breakdown."""
    province, as_of = where
    for level in Level:
        for names in [()] if plain else _crossed(element):
            asked = {"e": [element.kode], "w": province, "t": level.name, "r": list(names) or None, "a": as_of or None}
            rows = _rows(caller, periods, **asked)
            question = f"agregat({element.kode}, {level.name}, {province}, rincian {'×'.join(names) or '—'}, pada {as_of or 'kini'})"
            for row in rows:
                choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
                place = Place(element.kode, row["periode"], row["wilayah"]["kode"], choices, as_of)
                heard.hear(place, row["status"], row["nilai"], question, row["dirilisPada"])


def _on_borders_of_today(
    caller: Caller, heard: Walk, borders: Borders, element: Element, periods: Sequence[str], as_of: str
) -> None:
    day = str(date.today())
    for level in (x for x in Level if x <= element.finest):
        for names in ((), *((b.name,) for b in element.breakdowns if not as_of)):
            asked = {
                "e": [element.kode], "w": borders.province, "t": level.name, "r": list(names) or None, "a": as_of or None, "h": day,
            }  # fmt: skip
            question = f"agregat({element.kode}, {level.name}, rincian {'×'.join(names) or '—'}, pada {as_of or 'kini'}, wilayahPada {day})"
            for row in _rows(caller, periods, **asked):
                choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
                place = Place(element.kode, row["periode"], row["wilayah"]["kode"], choices, as_of)
                by_other_borders(heard, borders, place, row["nilai"], question)


def _rows(caller: Caller, periods: Sequence[str], **asked: object) -> list[Any]:
    """Period by period where one question would be too large an answer, and then kabupaten by kabupaten."""
    try:
        return list(caller.ask(_FIGURES, p=periods, **asked)["agregat"])
    except RuntimeError:
        if len(periods) > 1:
            return [row for p in periods for row in _rows(caller, [p], **asked)]
        if kode_wilayah.level_of(str(asked["w"])) is not Level.PROVINSI or asked["t"] in ("PROVINSI", "KABUPATEN"):
            raise
    parts = caller.ask(_PARTS, w=asked["w"])["provinsi"]["kabupaten"]
    return [row for k in parts for row in _rows(caller, periods, **{**asked, "w": k["kode"]})]
