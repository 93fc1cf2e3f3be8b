"""What is said of all drawn boundaries at once: their version, and from which zoom each level is drawn."""

# From which zoom each level is drawn, provinces first: below it, one tile would hold too much (hub/batas/pyramid_zoom.py).
Mulai = tuple[int, int, int, int]
DARI_NOL: Mulai = (0, 0, 0, 0)

BENTUK = "(SELECT v.versi::text FROM peta_versi v WHERE v.kunci = 'batas')"  # null: no boundary was ever drawn
