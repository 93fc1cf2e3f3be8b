"""Figures beside the map: /angka.json, GeoJSON and vector tiles of elements and indicators, by the borders that the map draws."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import mapbox_vector_tile

from bench.rahasia.borders import Borders, level_of_parts
from bench.rahasia.caller import Caller
from bench.rahasia.heard import Element, Place, Walk
from geo.tile_address import TileAddress, tiles_over
from hub.base.kode import Level
from hub.base.periode import Periode

Row = tuple[str, object, str]
"""Code of a region, figure, status."""


def by_other_borders(
    heard: Walk, borders: Borders, place: Place, value: object, question: str, *, by_desa: bool = False
) -> None:
    """A figure of a region as it is today, made of regions of the period; `by_desa`: of desa. `place.region`: today's."""
    if value is None:
        return
    element = heard.elements[place.element]
    alike = heard.answers.get(place)
    rate = element.rate
    if alike is not None and alike.value is not None and alike.value * rate == float(str(value)):
        return  # what was told of it already
    parts = borders.before(place.region, Periode.read(place.periode).last_day, by_desa=by_desa).parts
    if parts is None or level_of_parts(parts) > element.finest:
        heard.unlike.append(f"{question} says {value} of {place.region}, which is not made of whole regions")
        return
    if float(str(value)) % rate == 0:
        where = (Place(place.element, place.periode, p, place.choices, place.as_of) for p in parts)
        heard.claim(f"{question} {place.region}", int(float(str(value))) // rate, where)


def maps(caller: Caller, heard: Walk, borders: Borders, element: Element, own: Collection[str]) -> None:
    """Totals, and every choice of which anything was told; as shapes the totals, and choices of one breakdown, of
    periods with a rekap of their own (`own`)."""
    told_of = {(p.periode, p.choices) for p in heard.answers if p.element == element.kode and not p.as_of}
    levels = [x for x in Level if x <= element.finest]
    asked_of = sorted(told_of | {(p, ()) for p in own})
    for (periode, choices), level in product(asked_of, levels):
        asked = {"elemen": element.kode, "periode": periode, "wilayah": borders.province, "tingkat": level.name}
        if choices:
            asked["rincian"] = ",".join(f"{n}:{c}" for n, c in choices)
        told = caller.figures(**asked)
        drawn = len(choices) < 2 and periode in own and level in (Level.KABUPATEN, element.finest)
        day = told["wilayahPada"]
        for question, rows in _all_ways(caller, asked, told, drawn=drawn):
            for region, value, status in rows:
                place = Place(element.kode, periode, region, choices)
                if day is None:
                    heard.hear(place, status, value, question)
                else:
                    by_other_borders(heard, borders, place, value, f"{question} by borders of {day}")


def ratios(caller: Caller, heard: Walk, province: str, kode: str, periods: Sequence[str]) -> None:
    """The same of an indicator, which the map draws by the borders of the period."""
    for periode, level in product(periods, Level):
        asked = {"indikator": kode, "periode": periode, "wilayah": province, "tingkat": level.name}
        told = caller.figures(**asked)
        for _, rows in _all_ways(caller, asked, told, drawn=True):
            for region, value, status in rows:
                heard.hear_ratio(Place(kode, periode, region, ()), status, value)


def _all_ways(caller: Caller, asked: dict[str, str], told: Any, *, drawn: bool) -> Iterator[tuple[str, Iterable[Row]]]:
    """`drawn`: also as shapes."""
    text = "&".join(f"{k}={v}" for k, v in asked.items())
    yield f"/angka.json?{text}", zip(told["kode"], told["nilai"], told["status"], strict=True)
    if drawn:
        features = caller.json("/geojson/angka", **asked)["features"]
        yield f"/geojson/angka?{text}", [_row(f["properties"]) for f in features]
        yield f"/ubin/angka?{text}", list(_of_tiles(caller, asked))


def _row(properties: dict[str, Any]) -> Row:
    return properties["kode"], properties.get("nilai"), properties["status"]


def _of_tiles(caller: Caller, asked: dict[str, str]) -> Iterator[Row]:
    """Of the shallowest zoom that draws the level."""
    layers = _tile(caller, TileAddress(0, 0, 0), asked)
    addresses: list[TileAddress] = []
    for waiting in layers.get("terpotong", ()):
        zoom = waiting["mulai_zoom"]
        box = caller.json("/ubin/angka.json", **asked).get("bounds") or (94.0, -12.0, 142.0, 7.0)
        addresses = list(tiles_over(tuple(box), zoom))
    for layer in (layers, *(_tile(caller, a, asked) for a in addresses)):
        for properties in layer.get("angka", ()):
            yield _row(properties)


def _tile(caller: Caller, address: TileAddress, asked: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Source-layer → properties of its features."""
    content = caller.bytes(f"/ubin/angka/{address.z}/{address.x}/{address.y}.mvt", **asked)
    if not content:
        return {}
    return {
        name: [f["properties"] for f in layer["features"]] for name, layer in mapbox_vector_tile.decode(content).items()
    }
