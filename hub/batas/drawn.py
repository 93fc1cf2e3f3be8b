"""What is said of all drawn boundaries at once: their version, and from which zoom each level is drawn."""

# From which zoom each level is drawn, provinces first: below it, one tile would hold too much (hub/batas/pyramid_zoom.py).
FirstZooms = tuple[int, int, int, int]
FROM_ZERO: FirstZooms = (0, 0, 0, 0)

SHAPES_VERSION = "(SELECT v.versi::text FROM peta_versi v WHERE v.kunci = 'batas')"  # null: no boundary was ever drawn
