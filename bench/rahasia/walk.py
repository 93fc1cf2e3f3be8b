"""Everything the hub says to one caller about people: every element of sensitivity 1 and more, at every level, by every
breakdown, for every period there is, now and as it was known before, over GraphQL and /angka.json. Public HTTP and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

import httpx

from hub.base.kode import Level
from hub.base.periode import Periode
from hub.katalog.formula import Rincian

_CATALOGUE = """{ daftarProvinsi { kode } daftarFormulir { kode elemen { kode sensitif agregasi tingkat
  rincian { kode pilihan lengkap menjumlah } } } }"""
_THERE = "query ($w: KodeWilayah!) { ketersediaan(wilayah: $w) { elemen periode } }"
_FIGURES = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $a: DateTime) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, pada: $a) {
    wilayah { kode } periode rincian { rincian pilihan } nilai status dirilisPada } }"""
_ORIGINS = """query ($w: KodeWilayah!, $e: String!, $p: Periode!) { jelaskanAngka(wilayah: $w, elemen: $e, periode: $p) {
  asal { kabupaten { kode } disetujuiPada } } }"""
_AT_MOST_TOGETHER = 2  # breakdowns crossed; all of an element's together are asked besides


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`whole`: its choices are all there are, and add up to the figure without it."""

    name: str
    choices: tuple[str, ...]
    adds_up: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Element:
    """`flow`: a longer period is the sum of its parts; else it is what it was in the part that counts. `finest`: the level of what is
    reported; below it there is nothing to close. `counts`: of money the element that it is paid to, at so much for each (`rate`)."""

    kode: str
    sensitivity: int
    flow: bool
    breakdowns: tuple[Breakdown, ...]
    formulir: str = ""
    finest: Level = Level.DESA
    counts: str = ""
    rate: int = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which somebody kept the pages of a form and period, and of the longer ones it is in: ISO 8601 with microseconds."""

    at: str
    formulir: str
    periode: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What is asked of: a count of these. `as_of`: as known at that time (ISO 8601); empty: now. `borders`: "kini" where regions
    are those of today; empty: those of the last day of the period."""

    element: str
    periode: str
    region: str
    choices: Rincian
    as_of: str = ""
    borders: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` None: closed to who asks. `since`: when an open one was released, ISO 8601, where the hub says it."""

    value: int | None
    question: str
    since: str = ""


@dataclass(slots=True)
class Walk:
    """What one caller was told. `contradictions`: places of which two ways in say different numbers."""

    elements: Mapping[str, Element]
    answers: dict[Place, Answer] = field(default_factory=dict)
    asked: int = 0
    opened_elsewhere: list[Place] = field(default_factory=list)
    contradictions: list[Place] = field(default_factory=list)

    def hear(self, place: Place, status: str, value: object, question: str, since: str | None = None) -> None:
        """One answer. What is open by one way in is known, whatever another says; a region without data says nothing."""
        if status not in ("ADA", "NOL", "DISUPRESI"):
            return
        if value is not None and float(str(value)) != int(float(str(value))):
            return  # rupiah with cents, not a count
        rate = self.elements[place.element].rate if place.element in self.elements else 1
        told = Answer(None if status == "DISUPRESI" else int(float(str(value or 0))) // rate, question, _utc(since))
        before = self.answers.get(place)
        if before is None:
            self.answers[place] = told
        elif before.value is None and told.value is not None:
            self.answers[place] = told
            self.opened_elsewhere.append(place)
        elif before.value is not None and told.value is None:
            self.opened_elsewhere.append(place)
        elif before.value != told.value:
            self.contradictions.append(place)


def _utc(time: str | None) -> str:
    """Texts of times that are in order as the times are."""
    return "" if time is None else datetime.fromisoformat(time).astimezone(UTC).isoformat(timespec="microseconds")


class Caller:
    """Who asks. `token` None: the public."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self._http = httpx.Client(
            base_url=url, timeout=60, headers={} if token is None else {"Authorization": f"Bearer {token}"}
        )
        self.requests = 0

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, query: str, **variables: object) -> Any:
        """The `data` of the answer. Raises RuntimeError where there are errors: a question less is a leak not looked for."""
        self.requests += 1
        answer = self._http.post("/graphql", json={"query": query, "variables": variables}).json()
        if answer.get("errors"):
            raise RuntimeError(f"{query.split('{', 1)[0]}{variables}: {answer['errors'][0]['message']}")
        return answer["data"]

    def figures(self, **parameters: str) -> Any:
        """/angka.json as it is; None where the layer refuses the question."""
        self.requests += 1
        response = self._http.get("/angka.json", params=parameters)
        return response.json() if response.status_code == 200 else None


def walk(
    caller: Caller,
    *,
    provinces: Sequence[str] = (),
    moments: Sequence[Moment] | None = None,
    rates: Mapping[str, tuple[str, int]] = MappingProxyType({}),
) -> Walk:
    """`provinces`: only these; none: all. `moments`: when pages were kept; None: at each approval that the hub tells of. `rates`: element
    of money → whom it is paid to, and how much each gets, as everybody knows it."""
    catalogue = caller.ask(_CATALOGUE)
    every = [_element(x, f["kode"]) for f in catalogue["daftarFormulir"] for x in f["elemen"]]
    elements = {e.kode: e for e in every if e.sensitivity}
    elements |= {e.kode: replace(e, counts=rates[e.kode][0], rate=rates[e.kode][1]) for e in every if e.kode in rates}
    heard = Walk(elements)
    for province in provinces or [p["kode"] for p in catalogue["daftarProvinsi"]]:
        there: dict[str, set[str]] = {}
        for row in caller.ask(_THERE, w=province)["ketersediaan"]:
            if row["elemen"] in elements:
                there.setdefault(row["elemen"], set()).add(row["periode"])
        for m in _approvals(caller, province, there, elements) if moments is None else moments:
            for kode in sorted(k for k in there if elements[k].formulir == m.formulir):
                _graphql(caller, heard, elements[kode], _with_longer([m.periode]), province, m.at)
        for kode, periods in sorted(there.items()):
            _graphql(caller, heard, elements[kode], _with_longer(periods), province, "")
            _json(caller, heard, elements[kode], _with_longer(periods), province)
    heard.asked = caller.requests
    return heard


def _element(e: Mapping[str, Any], formulir: str) -> Element:
    return Element(
        e["kode"], e["sensitif"], e["agregasi"] == "JUMLAH",
        tuple(Breakdown(r["kode"], tuple(r["pilihan"]), r["menjumlah"], r["lengkap"]) for r in e["rincian"]),
        formulir, Level[e["tingkat"]],
    )  # fmt: skip


def _with_longer(periods: Iterable[str]) -> list[str]:
    told = set(periods)
    return sorted(told | {str(a) for p in told for a in Periode.read(p).ancestors})


def _approvals(
    caller: Caller, province: str, there: Mapping[str, set[str]], elements: Mapping[str, Element]
) -> list[Moment]:
    """When the figures of now were approved, as the hub explains them to this caller."""
    approved: set[tuple[str, str, str]] = set()
    for element, periods in there.items():
        for periode in sorted(periods):
            explained = caller.ask(_ORIGINS, w=province, e=element, p=periode)["jelaskanAngka"]
            for origin in explained["asal"] if explained else ():
                approved.add((origin["disetujuiPada"], elements[element].formulir, periode))
    return [Moment(_utc(at), formulir, periode) for at, formulir, periode in sorted(approved)]


def _crossed(element: Element) -> Iterator[tuple[str, ...]]:
    names = [b.name for b in element.breakdowns]
    for n in sorted({*range(min(_AT_MOST_TOGETHER, len(names)) + 1), len(names)}):
        yield from combinations(names, n)


def _graphql(caller: Caller, heard: Walk, element: Element, periods: Sequence[str], province: str, as_of: str) -> None:
    for level in Level:
        for names in _crossed(element):
            asked = {"e": [element.kode], "w": province, "t": level.name, "r": list(names) or None, "a": as_of or None}
            rows = _rows(caller, periods, **asked)
            question = f"agregat({element.kode}, {level.name}, {province}, rincian {'×'.join(names) or '—'}, pada {as_of or 'kini'})"
            for row in rows:
                choices = tuple(sorted((c["rincian"], c["pilihan"]) for c in row["rincian"]))
                place = Place(element.kode, row["periode"], row["wilayah"]["kode"], choices, as_of)
                heard.hear(place, row["status"], row["nilai"], question, row["dirilisPada"])


def _rows(caller: Caller, periods: Sequence[str], **asked: object) -> list[Any]:
    """Period by period where one question would be too large an answer."""
    try:
        return list(caller.ask(_FIGURES, p=periods, **asked)["agregat"])
    except RuntimeError:
        if len(periods) == 1:
            raise
    return [row for p in periods for row in _rows(caller, [p], **asked)]


def _json(caller: Caller, heard: Walk, element: Element, periods: Sequence[str], province: str) -> None:
    """Totals, and each choice of each breakdown by itself, by the borders of then and by those of today."""
    chosen: list[Rincian] = [(), *(((b.name, c),) for b in element.breakdowns for c in b.choices)]
    for periode, level, choices, borders in product(periods, Level, chosen, ("", "kini")):
        asked = {"elemen": element.kode, "periode": periode, "wilayah": province, "tingkat": level.name}
        if choices:
            asked["rincian"] = ",".join(f"{n}:{c}" for n, c in choices)
        if not borders:
            asked["wilayahPada"] = str(Periode.read(periode).last_day)
        told = caller.figures(**asked)
        for kode, value, status in zip(told["kode"], told["nilai"], told["status"], strict=True) if told else ():
            place = Place(element.kode, periode, kode, choices, borders=borders)
            heard.hear(place, status, value, f"/angka.json?{'&'.join(f'{k}={v}' for k, v in asked.items())}")
