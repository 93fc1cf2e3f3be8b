"""Every way in that the attacker tries would be found where it told a hidden count: a made-up hub that leaks there, and nowhere else."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, cast

import mapbox_vector_tile
import pytest

from bench.rahasia.borders import Borders
from bench.rahasia.caller import Caller
from bench.rahasia.growth import Coming, narrow_at_first
from bench.rahasia.heard import Element, Place, Walk
from bench.rahasia.made import Made, MadeProvince, regions_of
from bench.rahasia.made_beside import Values, longer
from bench.rahasia.made_land import CHANGE, moves
from bench.rahasia.seen import Attack
from bench.rahasia.versions import Truth, Versions
from bench.rahasia.walk_indicators import all_ratios, indicators
from bench.rahasia.walk_maps import by_other_borders, maps, ratios
from bench.rahasia.walk_rekap import of_desa, rekap
from bench.rahasia.walk_sweeps import Country, sweeps
from hub.rilis.audit import bounds
from hub.rilis.figures import Figure
from hub.rilis.province import Total

_PERIOD = "2025-03"
_KEC, _KAB = "53.01.01", "53.01"
_DESA = [f"{_KEC}.200{n}" for n in (1, 2, 3)]
_VALUES = dict(zip(_DESA, (3, 20, 31), strict=True))  # the first two are closed: 23 together
_HIDDEN = Place("BAN01", _PERIOD, _DESA[0], ())
_SINCE = {"berlakuSejak": "2012-01-01", "berlakuSampai": None}


def _heard() -> Walk:
    heard = Walk({"BAN01": Element("BAN01", 1, False, (), "F02"), "WIL03": Element("WIL03", 1, False, (), "F01")})
    for region in ("53", _KAB, _KEC):
        heard.hear(Place("BAN01", _PERIOD, region, ()), "ADA", 54, "")
        heard.hear(Place("WIL03", _PERIOD, region, ()), "ADA", 300, "")
    for desa, value in _VALUES.items():
        status, told = ("ADA", value) if value == 31 else ("DISUPRESI", None)
        heard.hear(Place("BAN01", _PERIOD, desa, ()), status, told, "")
        heard.hear(Place("WIL03", _PERIOD, desa, ()), "ADA", 100, "")
    return heard


class _Hub:
    """Answers by the name of the question."""

    own = ""

    def __init__(self, **answers: Callable[[dict[str, Any]], Any]) -> None:
        self._answers = answers

    def ask(self, query: str, **variables: Any) -> Any:
        name = next(n for n in self._answers if f"{n}(" in query)
        return self._answers[name](variables)

    def figures(self, **asked: str) -> Any:
        return self._answers["figures"](asked)

    def json(self, _: str, **asked: str) -> Any:
        return self._answers["geojson"](asked)

    def bytes(self, _: str, **asked: str) -> bytes:
        return cast(bytes, self._answers["tile"](asked))


def _hub(**answers: Callable[[dict[str, Any]], Any]) -> Caller:
    return cast(Caller, _Hub(**answers))


def _page(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    edges = [{"node": r} for r in rows]
    return {name: {"edges": edges, "pageInfo": {"hasNextPage": False, "endCursor": None}}}


def _borders(**came_from: list[str]) -> Borders:
    """`came_from`: the last digit of a desa of today that is new, with an underscore before it → what it came from."""
    rows: list[dict[str, Any]] = [{"kode": d, **_SINCE, "pendahulu": []} for d in _DESA]
    for digit, olds in came_from.items():
        ended = [{"kode": o, "berlakuSejak": "2012-01-01", "berlakuSampai": str(CHANGE)} for o in olds]
        rows = [r for r in rows if r["kode"] not in olds]
        kode = f"{_KEC}.200{digit[1:]}"
        rows.append({"kode": kode, "berlakuSejak": str(CHANGE), "berlakuSampai": None, "pendahulu": ended})
    return Borders(
        _hub(
            daftarDesa=lambda _: _page("daftarDesa", rows), provinsi=lambda _: {"provinsi": {"kabupaten": [{"kode": _KAB}]}}
        ), "53",
    )  # fmt: skip


def _tells(heard: Walk) -> bool:
    """Whether the attacker says what the hidden count is, and that what it was told is no sum of open ones."""
    attack = Attack(heard, Versions({}, {}))
    cell = attack.number[attack.spot[_HIDDEN]]
    said = bounds(attack.table, attack.table.unknown, [cell])[cell]
    found = (said.smallest, said.largest) == (3, 3)
    assert found == bool(attack.unexplained)
    return found


def _map_hub(way: str, leaks: bool) -> Caller:
    """One that says on one of three ways what the others close."""

    def rows(which: str, asked: dict[str, Any]) -> list[tuple[str, int | None, str]]:
        if asked["tingkat"] != "DESA" or "indikator" in asked:
            return []
        opened = {_DESA[0]: 3} if leaks and which == way else {}
        return [(d, n, "ADA") if (n := opened.get(d)) else (d, None, "DISUPRESI") for d in _DESA[:2]]

    def figures(asked: dict[str, Any]) -> Any:
        told = rows("json", asked)
        return dict(zip(("kode", "nilai", "status"), (list(c) for c in zip(*told, strict=True)), strict=True)) | {
            "wilayahPada": None
        } if told else {"kode": [], "nilai": [], "status": [], "wilayahPada": None}  # fmt: skip

    def features(which: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"kode": k, "status": s, **({} if n is None else {"nilai": n})} for k, n, s in rows(which, asked)]

    def tile(asked: dict[str, Any]) -> bytes:
        shapes = [{"geometry": "POINT (1 1)", "properties": p} for p in features("tile", asked)]
        return cast(bytes, mapbox_vector_tile.encode([{"name": "angka", "features": shapes}])) if shapes else b""

    return _hub(
        figures=figures, tile=tile,
        geojson=lambda asked: {"features": [{"properties": p} for p in features("geojson", asked)]},
    )  # fmt: skip


@pytest.mark.parametrize("way", ["json", "geojson", "tile"])
@pytest.mark.parametrize("leaks", [True, False])
def test_figures_beside_the_map(way: str, leaks: bool) -> None:
    heard = _heard()
    maps(_map_hub(way, leaks), heard, _borders(), heard.elements["BAN01"], [_PERIOD])
    assert set(heard.opened_elsewhere) == ({_HIDDEN} if leaks else set())
    assert (heard.answers[_HIDDEN].value == 3) == leaks


@pytest.mark.parametrize("numerator", [54, 3, None])
def test_an_indicator_of_a_desa(numerator: int | None) -> None:
    """Its numerator is the hidden count; told of the kabupaten it is the open total."""
    heard = _heard()
    region, level = (_KAB, "KABUPATEN") if numerator == 54 else (_DESA[0], "DESA")
    row = {
        "wilayah": {"kode": region}, "periode": _PERIOD, "pembilang": numerator, "penyebut": 300 if numerator == 54 else 100,
        "nilai": None if numerator is None else 18.0, "status": "DISUPRESI" if numerator is None else "ADA",
    }  # fmt: skip
    row |= {"penyebut": None} if numerator is None else {}
    hub = _hub(indikator=lambda asked: {"indikator": [row] if asked["t"] == level else []})
    (ratio,) = [r for r in all_ratios() if r.kode == "I01"]
    indicators(hub, heard, ratio, [_PERIOD], "53")
    assert heard.unlike == []
    assert _tells(heard) == (numerator == 3)


def test_an_indicator_whose_value_stands_beside_a_closed_side() -> None:
    heard = _heard()
    row = {
        "wilayah": {"kode": _KAB},
        "periode": _PERIOD,
        "pembilang": None,
        "penyebut": 300,
        "nilai": 18,
        "status": "ADA",
    }
    hub = _hub(indikator=lambda asked: {"indikator": [row] if asked["t"] == "KABUPATEN" else []})
    indicators(hub, heard, next(r for r in all_ratios() if r.kode == "I01"), [_PERIOD], "53")
    assert len(heard.unlike) == 1


def test_an_indicator_on_the_map_that_is_closed_elsewhere() -> None:
    heard = _heard()
    heard.hear_ratio(Place("I01", _PERIOD, _DESA[0], ()), "DISUPRESI", None)
    figures = {"kode": [_DESA[0]], "nilai": [3.0], "status": ["ADA"]}
    nothing: dict[str, Any] = {"kode": [], "nilai": [], "status": []}
    hub = _hub(
        figures=lambda asked: figures if asked["tingkat"] == "DESA" else nothing,
        geojson=lambda _: {"features": []}, tile=lambda _: b"",
    )  # fmt: skip
    ratios(hub, heard, "53", "I01", [_PERIOD])
    assert [p.region for p in heard.opened_elsewhere] == [_DESA[0]]


@pytest.mark.parametrize(("region", "value", "tells"), [("4", 34, True), ("4", 51, True), ("kec", 54, False)])
def test_regions_on_other_borders(region: str, value: int, tells: bool) -> None:
    """Two desa are one today; the kecamatan is what it was."""
    heard = _heard()
    olds = [_DESA[0], _DESA[2]] if value == 34 else [_DESA[1], _DESA[2]]
    today = _KEC if region == "kec" else f"{_KEC}.200{region}"
    by_other_borders(heard, _borders(_4=olds), Place("BAN01", _PERIOD, today, ()), value, "wilayahPada")
    assert _tells(heard) == tells


def test_what_is_not_made_of_whole_regions_has_no_figure() -> None:
    heard = _heard()
    borders = _borders(_4=[_DESA[0]], _5=[_DESA[0]])  # its land is two desa today
    by_other_borders(heard, borders, Place("BAN01", _PERIOD, f"{_KEC}.2004", ()), 3, "wilayahPada")
    assert len(heard.unlike) == 1
    assert borders.before(_KEC, date(2025, 3, 31)).parts == (_KAB,)
    assert borders.before(_DESA[1], date(2025, 12, 31)).parts == (_DESA[1],)


def _swept(covered: int, places_per_person: float, left_out: int = 0) -> Walk:
    heard = _heard()
    at = {d: [123.0 + n / 100, -10.0] for n, d in enumerate(_DESA)}
    weights = [None, None, 31]
    rows = [
        {"desa": {"kode": d}, "tercakup": n != 1, "bobot": w, "statusBobot": "DISUPRESI" if w is None else "ADA",
         "keterjangkauan": places_per_person}
        for n, (d, w) in enumerate(zip(_DESA, weights, strict=True))
    ]  # fmt: skip
    sums = {"bobot": 31, "bobotTanpaTitik": 0, "bobotTercakup": covered, "desaTanpaBobot": 2}
    told = {
        **sums,
        "sumberDayaTidakIkut": left_out,
        "baris": rows,
        "kab": [],
        "kec": [{"wilayah": {"kode": _KEC}, **sums}],
    }
    hub = _hub(
        cakupan=lambda _: {"cakupan": told, "usulanLokasi": [{"desa": {"kode": _DESA[0]}, "tambahanDesa": 1, "tambahanBobot": None}]},
        daftarDesa=lambda _: _page("daftarDesa", [{"kode": d, "titik": {"coordinates": p}} for d, p in at.items()]),
        daftarSumberDaya=lambda _: _page(
            "daftarSumberDaya",
            [  # a secret one covers nobody, whoever is told of it
                {"desa": {"kode": _DESA[0]}, "titik": {"coordinates": at[_DESA[0]]}, "daya": n, "rahasia": n == 40}
                for n in (62, 40)
            ],
        ),
    )  # fmt: skip
    country = Country(hub, "53")
    country.radii = (5.0,)
    sweeps(hub, heard, _borders(), country, heard.elements["BAN01"], [_PERIOD])
    return heard


@pytest.mark.parametrize(("covered", "tells"), [(31, False), (34, True)])
def test_a_sweep_of_distance(covered: int, tells: bool) -> None:
    heard = _swept(covered, 2.0)
    assert heard.unlike == []
    assert _tells(heard) == tells
    # what adds up of the desa told is no claim: one that is closed as it is today may be known as it was, before it went to a neighbour
    assert [c.value for c in heard.claims] == [covered] * 2 * tells


def test_places_per_person_that_count_who_is_hidden() -> None:
    heard = _swept(31, 62 / 54)
    assert len(heard.unlike) == len(_DESA)


def test_a_shelter_that_is_counted_among_those_left_out() -> None:
    assert len(_swept(31, 2.0, left_out=1).unlike) == 1


@pytest.mark.parametrize("leaks", [True, False])
def test_figures_of_a_desa(leaks: bool) -> None:
    heard = _heard()
    row: dict[str, Any] = {"elemen": {"kode": "BAN01"}, "periode": _PERIOD, "rincian": []}
    row |= {"nilai": 3 if leaks else None, "status": "ADA" if leaks else "DISUPRESI"}
    hub = _hub(
        daftarDesa=lambda _: _page("daftarDesa", [{"kode": _DESA[0], "nilai": [row]}]),
    )
    of_desa(hub, heard, "53", {"BAN01": {_PERIOD}})
    assert (heard.opened_elsewhere == [_HIDDEN]) == leaks


@pytest.mark.parametrize("leaks", [True, False])
def test_figures_of_a_rekap(leaks: bool) -> None:
    heard = _heard()
    row: dict[str, Any] = {
        "wilayah": {"kode": _DESA[0]}, "elemen": {"kode": "BAN01"}, "rincian": [],
        "nilai": 3 if leaks else None, "status": "ADA" if leaks else "DISUPRESI",
    }  # fmt: skip
    node = {"id": "x", "pelapor": {"kode": _KAB}, "periode": _PERIOD, "nilai": [row]}
    rekap(_hub(daftarRekap=lambda _: _page("daftarRekap", [node])), heard, "53")
    assert (heard.opened_elsewhere == [_HIDDEN]) == leaks


@pytest.mark.parametrize("alike", [True, False])
def test_a_quarter_told_beside_its_months(alike: bool) -> None:
    """The quarter is open and one of its two months: who knows that they count the same people has the other."""
    months = ("2025-02", "2025-03")
    heard = Walk({"BEN02": Element("BEN02", 1, True, (), "F03")}, alike=alike)
    for periode, status, value in ((months[0], "ADA", 20), (months[1], "DISUPRESI", None), ("2025-TW1", "ADA", 23)):
        heard.hear(Place("BEN02", periode, _DESA[0], ()), status, value, "")
    since = [datetime(2025, 5, 1, tzinfo=UTC)]
    periods = (*months, "2025-TW1")
    versions = Versions(
        {(_KAB, "BEN02", p): since for p in periods},
        {(_KAB, "BEN02", p, 0): {(_DESA[0], ()): Truth(n, 1)} for p, n in zip(periods, (20, 3, 23), strict=True)},
    )
    attack = Attack(heard, versions)
    cell = attack.number[attack.spot[Place("BEN02", months[1], _DESA[0], ())]]
    said = bounds(attack.table, attack.table.unknown, [cell])[cell]
    assert ((said.smallest, said.largest) == (3, 3)) == alike


def test_a_longer_period_sent_by_itself_counts_whom_its_parts_count() -> None:
    parts: list[tuple[str, Values]] = [
        ("2025-03", {("a", "X", ()): 2, ("a", "Y", ()): 9}),
        ("2025-02", {("a", "X", ()): 1}),
    ]
    assert longer(parts, frozenset({"X"})) == {("a", "X", ()): 3, ("a", "Y", ()): 9}


def test_some_desa_of_the_made_up_province_move() -> None:
    codes = regions_of(Made())
    moved = moves(codes, random.Random(7))
    assert {kind for _, _, kind in moved.links} == {"pindah", "pecah"}
    assert {old[:5] == new[:5] for old, new, _ in moved.links} == {True, False}
    assert set(moved.on(codes, date(2025, 3, 31))) == set(codes)
    assert set(codes) - set(moved.on(codes, CHANGE)) == moved.ended


def test_the_audit_of_all_versions_finds_what_a_total_gives_away() -> None:
    """Two offices, then one of them anew. A total that stood open before and stands open after tells by how much it is otherwise."""
    coming = Coming(1)
    for kab, count in (("53.01", 3), ("53.02", 40)):
        coming.approve(kab, [Figure(kab, (), "2025", count, 1), Figure(f"{kab}.01.2001", (), "2025", count, 1)])
    assert coming.totals == []  # one office of which nothing is known: 43 less 40
    table, closed, primary = coming.all_versions()
    assert narrow_at_first(table, closed, primary) == []
    coming.totals.append(Total((), 43, {"53.01": 0, "53.02": 0}))
    table, closed, primary = coming.all_versions()
    assert narrow_at_first(table, closed, primary)


@pytest.mark.parametrize("seed", range(20))
def test_what_the_made_up_province_sends_is_not_refused_for_counting_more_than_all(seed: int) -> None:
    size = Made(seed=seed)
    codes = regions_of(size)
    for report in MadeProvince(size, tuple(codes), moves(codes, random.Random(seed)), {}).reports():
        for (region, kode, choices), n in report.values.items():
            if kode == "REH06" and (region, "REH05", choices) in report.values:
                assert n <= report.values[region, "REH05", choices]
