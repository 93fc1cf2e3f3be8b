"""Addresses of tiles: what exists, where it lies, and that a point is in exactly one tile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tile_address import DEEPEST, TileAddress, tile_at, tiles_over, unit

_ZOOM = st.integers(0, DEEPEST)


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [("0", "0", "1"), ("1", "2", "0"), ("7", "128", "0"), ("23", "0", "0"), ("-1", "0", "0"), ("1", "-1", "0"),
     ("1.0", "0", "0"), ("", "0", "0"), ("01", "0", "0"), ("1", "0", "x"), ("٣", "0", "0"), ("9" * 400, "0", "0")],
)  # fmt: skip
def test_a_tile_that_does_not_exist_is_refused_with_a_reason(z: str, x: str, y: str) -> None:
    with pytest.raises(ValueError, match=r"harus tiga bilangan|terlalu dalam|tidak ada"):
        TileAddress.read(z, x, y)


def test_the_world_is_one_tile() -> None:
    west, south, east, north = TileAddress.read("0", "0", "0").degrees
    assert (west, east) == pytest.approx((-180, 180))
    assert (south, north) == pytest.approx((-85.0511287798066, 85.0511287798066))


def test_rows_count_from_the_north() -> None:
    # Kupang (123,6° E, 10,2° S) in the numbering that every web map uses
    assert tile_at(123.6, -10.2, 9) == TileAddress(9, 431, 270)
    assert TileAddress(9, 431, 270).degrees[1] < -10.2 < TileAddress(9, 431, 270).degrees[3]


@given(_ZOOM, st.floats(-180, 179.999999), st.floats(-85, 85))
def test_a_point_lies_in_its_tile(z: int, lon: float, lat: float) -> None:
    tile = tile_at(lon, lat, z)
    assert TileAddress.read(*(str(n) for n in (tile.z, tile.x, tile.y))) == tile
    west, south, east, north = tile.degrees
    assert west - 1e-9 <= lon <= east + 1e-9
    assert south - 1e-9 <= lat <= north + 1e-9


@given(st.integers(0, DEEPEST - 1).flatmap(lambda z: st.tuples(st.just(z), *[st.integers(0, 2**z - 1)] * 2)))
def test_four_parts_make_the_whole(zxy: tuple[int, int, int]) -> None:
    whole = TileAddress(*zxy)
    boxes = [p.metres for p in whole.parts]
    union = (min(k[0] for k in boxes), min(k[1] for k in boxes), max(k[2] for k in boxes), max(k[3] for k in boxes))
    assert union == pytest.approx(whole.metres, abs=1e-6)
    assert len({(p.x, p.y) for p in whole.parts}) == 4
    assert unit(whole.z) * 4096 == pytest.approx(whole.metres[2] - whole.metres[0], abs=1e-6)


def test_a_box_is_covered_by_the_tiles_it_touches() -> None:
    tiles = list(tiles_over((123.0, -10.9, 123.4, -10.6), 11))
    assert len(tiles) == len(set(tiles)) > 1
    assert tile_at(123.0, -10.6, 11) in tiles
    assert tile_at(123.4, -10.9, 11) in tiles
    assert list(tiles_over((95, -11, 141, 6), 0)) == [TileAddress(0, 0, 0)]
