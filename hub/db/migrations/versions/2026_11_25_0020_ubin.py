"""Tiles: which shapes of the pyramid need no repair when they are rounded to a tile's units.

ST_AsMVTGeom cuts and repairs every polygon, which is four fifths of the time of a tile. Rounding alone takes a tenth of
that, and nearly every shape comes out valid; which ones do is looked at once, when they are stored.
"""

from alembic import op

revision = "0020_ubin"
down_revision = "0017_piramida"

# Rounded as tiles are: units of 1/4096 tile, counted from the north-west corner of the world (EPSG:3857), y to the south.
_NAIK = """
CREATE FUNCTION hub_rapi(geom geometry, pita smallint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT coalesce(sum(1 << z), 0)::smallint
    FROM generate_series((ARRAY[0, 6, 8, 10])[pita + 1], (ARRAY[5, 7, 9, 11])[pita + 1]) AS z,
    LATERAL (SELECT ST_SnapToGrid(ST_TransScale(geom, 20037508.342789244, -20037508.342789244,
      4096 * (1 << z) / 40075016.68557849::float8, -4096 * (1 << z) / 40075016.68557849::float8), 1) AS petak OFFSET 0) AS p
    WHERE NOT ST_IsEmpty(p.petak) AND ST_IsValid(p.petak));

ALTER TABLE batas_piramida ADD COLUMN rapi SMALLINT GENERATED ALWAYS AS (hub_rapi(geom, pita)) STORED NOT NULL;
COMMENT ON COLUMN batas_piramida.rapi IS 'bit z set: rounded to the units of tiles at zoom z (0 to 11), geom is valid';
"""

_TURUN = """
ALTER TABLE batas_piramida DROP COLUMN rapi;
DROP FUNCTION hub_rapi(geometry, smallint);
"""


def upgrade() -> None:
    op.execute(_NAIK)


def downgrade() -> None:
    op.execute(_TURUN)
