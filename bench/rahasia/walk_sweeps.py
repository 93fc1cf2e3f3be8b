"""Sweeps of distance: the same question with one radius after another, so that the difference of two answers is what a few desa weigh.

Each sum is a claim about the desa it counts. What is reckoned with weights (places per person, proposed places) must come out the same
from what is open.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bench.rahasia.borders import Borders
from bench.rahasia.caller import Caller
from bench.rahasia.heard import Element, Place, Walk
from bench.rahasia.walk_maps import by_other_borders
from geo.catchment import two_step
from geo.max_covering import propose
from geo.near import Points
from hub.base.kode import Level
from hub.base.periode import Periode

_KINDS = ("PANTI", "RUMAH_SINGGAH")
_CLOSE = 2e-6  # keterjangkauan is rounded to six decimals
_SUMS = "bobot bobotTanpaTitik bobotTercakup desaTanpaBobot"
_COVERED = f"""query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String!, $p: Periode!) {{
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p) {{ {_SUMS} sumberDayaTidakIkut
    kab: perWilayah(tingkat: KABUPATEN) {{ wilayah {{ kode }} {_SUMS} }}
    kec: perWilayah(tingkat: KECAMATAN) {{ wilayah {{ kode }} {_SUMS} }}
    baris {{ desa {{ kode }} tercakup bobot statusBobot keterjangkauan }} }}
  usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p, banyak: 3) {{
    desa {{ kode }} tambahanDesa tambahanBobot }} }}"""
_POINTS = """query ($w: KodeWilayah!, $s: String) { daftarDesa(saring: {di: $w}, first: 500, after: $s) {
  edges { node { kode titik } } pageInfo { hasNextPage endCursor } } }"""
_RESOURCES = """query ($w: KodeWilayah!, $j: [JenisSumberDaya!], $s: String) {
  daftarSumberDaya(saring: {di: $w, jenis: $j, aktif: true}, first: 500, after: $s) {
    edges { node { desa { kode } titik rahasia ... on Panti { daya: dayaTampung } ... on RumahSinggah { dayaSinggah: dayaTampung } } } pageInfo { hasNextPage endCursor } } }"""


class Country:
    """Where desa and resources are, as anybody is told. `capacity`: nan where it is not; `nowhere`: how
    many resources of the list have no place; `radii`: km, that are asked one after another."""

    radii: Sequence[float] = (0.9, 2.5, 4.7, 7.1)

    def __init__(self, caller: Caller, province: str) -> None:
        rows = _pages(caller, "daftarDesa", _POINTS, w=province)
        self.at = {r["kode"]: tuple(r["titik"]["coordinates"]) for r in rows if r["titik"]}
        # an office is told of its secret ones too, which cover nobody
        there = [
            r for r in _pages(caller, "daftarSumberDaya", _RESOURCES, w=province, j=list(_KINDS)) if not r["rahasia"]
        ]
        placed = [
            (
                r["titik"]["coordinates"] if r["titik"] else self.at[r["desa"]["kode"]],
                r.get("daya", r.get("dayaSinggah")),
            )
            for r in there
            if r["titik"] or r["desa"]["kode"] in self.at
        ]
        self.nowhere = len(there) - len(placed)
        self.resources = Points(np.array([p for p, _ in placed], dtype=np.float64).reshape(-1, 2))
        self.capacity = np.array([np.nan if c is None else c for _, c in placed], dtype=np.float64)


def _pages(caller: Caller, name: str, query: str, **asked: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = caller.ask(query, s=after, **asked)[name]
        rows += [e["node"] for e in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return rows
        after = page["pageInfo"]["endCursor"]


def sweeps(
    caller: Caller, heard: Walk, borders: Borders, country: Country, element: Element, periods: Sequence[str]
) -> None:
    """`element`: reported by desa."""
    for periode in periods:
        for km in country.radii:
            asked = {"j": list(_KINDS), "km": km, "w": borders.province, "b": element.kode, "p": periode}
            answer = caller.ask(_COVERED, **asked)
            question = f"cakupan({element.kode} {periode}, {km} km)"
            told = answer["cakupan"]
            for row in told["baris"]:
                place = Place(element.kode, periode, row["desa"]["kode"], ())
                by_other_borders(heard, borders, place, row["bobot"], f"{question}.baris", by_desa=True)
            if not caller.own and told["sumberDayaTidakIkut"] != country.nowhere:
                heard.unlike.append(
                    f"{question} leaves out {told['sumberDayaTidakIkut']} resources, of {country.nowhere} listed"
                )
            _sums(heard, borders, (element.kode, periode), told, question)
            _reckoned(heard, country, km, answer, question)


def _sums(heard: Walk, borders: Borders, weight: tuple[str, str], told_of: Any, question: str) -> None:
    """`weight`: element and period."""
    rows = told_of["baris"]
    day = Periode.read(weight[1]).last_day
    weighed = [r for r in rows if r["statusBobot"] in ("ADA", "NOL", "DISUPRESI")]
    parts = {r["desa"]["kode"]: borders.before(r["desa"]["kode"], day, by_desa=True).parts or () for r in weighed}

    def told(question: str, value: object, region: str, which: Callable[[Any], bool]) -> None:
        counted = [r for r in weighed if r["desa"]["kode"].startswith(region) and which(r)]
        # what its desa are told to weigh tells no more than they do; one that is closed as it is today may be known as it was
        if value is not None and float(str(value)) != sum(float(r["bobot"]) for r in counted if r["bobot"] is not None):
            heard.claim(question, value, (Place(*weight, p, ()) for r in counted for p in parts[r["desa"]["kode"]]))

    parts_of_answer = [("", told_of), *((r["wilayah"]["kode"], r) for r in (*told_of["kab"], *told_of["kec"]))]
    for region, row in parts_of_answer:
        told(f"{question} {region} bobot", row["bobot"], region, lambda _: True)
        told(f"{question} {region} bobotTercakup", row["bobotTercakup"], region, lambda r: r["tercakup"])
        closed = sum(r["bobot"] is None for r in rows if r["desa"]["kode"].startswith(region))
        if row["desaTanpaBobot"] != closed:
            heard.unlike.append(f"{question} {region} desaTanpaBobot {row['desaTanpaBobot']}, not {closed}")


def _reckoned(heard: Walk, country: Country, km: float, answer: Any, question: str) -> None:
    """Places per person and proposed places, from open weights."""
    rows = [r for r in answer["cakupan"]["baris"] if r["desa"]["kode"] in country.at]
    points = Points(np.array([country.at[r["desa"]["kode"]] for r in rows], dtype=np.float64).reshape(-1, 2))
    need = np.array([np.nan if r["bobot"] is None else float(r["bobot"]) for r in rows])
    found = two_step(points, points, need, country.resources, country.capacity, km * 1000).value
    for row, value in zip(rows, found, strict=True):
        if row["keterjangkauan"] is None or abs(row["keterjangkauan"] - value) > _CLOSE:
            text = f"{question}.keterjangkauan {row['desa']['kode']} is {row['keterjangkauan']}, of open weights {value:.6f}"
            heard.unlike.append(text)
    uncovered = np.array([not r["tercakup"] for r in rows], dtype=np.bool_)
    proposed = propose(points, uncovered, km * 1000, np.nan_to_num(need), 3)
    expected = [(rows[p.index]["desa"]["kode"], len(p.covered), _total(need[p.covered])) for p in proposed]
    said = [(u["desa"]["kode"], u["tambahanDesa"], _number(u["tambahanBobot"])) for u in answer["usulanLokasi"]]
    if said != expected:
        heard.unlike.append(f"{question} proposes {said}, of open weights {expected}")


def _total(weights: Any) -> float | None:
    known = weights[~np.isnan(weights)]
    return float(known.sum()) if len(known) else None


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def can_weigh(element: Element) -> bool:
    """Whether a desa can weigh so much of it."""
    return element.finest is Level.DESA and element.rate == 1
