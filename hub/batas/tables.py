"""The pyramid of boundaries that tiles are cut from, what it was built of, its version; and what is wrong with boundaries.

The pyramid holds the newest boundaries of the regions of the newest list, at every level, for every band of zooms
(geo/zoom_bands.py). A region above desa is drawn as what its parts cover, so lines of different levels lie on each other.
"""

from geoalchemy2 import Geometry
from sqlalchemy import (
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Float,
    Index,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from geo.zoom_bands import BANDS
from hub.db.metadata import METADATA, Kode, since_column

QUALITY_KINDS = ("TUMPANG_TINDIH", "CELAH", "DI_LUAR_INDUK", "TANPA_BATAS", "LUAS_BEDA")

BATAS_PYRAMID = Table(
    "batas_piramida",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("wilayah_sejak", Date, primary_key=True, comment="berlaku_sejak of the region"),
    Column("tingkat", SmallInteger, nullable=False, comment="1 provinsi, 2 kabupaten, 3 kecamatan, 4 desa"),
    Column("pita", SmallInteger, primary_key=True, autoincrement=False, comment="0 coarsest, 4 full detail"),
    Column("geom", Geometry("MULTIPOLYGON", srid=3857, spatial_index=False), nullable=False, comment="EPSG:3857, m"),
    Column("titik", Geometry("POINT", srid=3857, spatial_index=False), nullable=False, comment="inside geom"),
    Column("contoh", Boolean, nullable=False, comment="drawn, at least in part, from generated samples"),
    Column(
        "rapi",
        SmallInteger,
        Computed("hub_rapi(geom, pita)", persisted=True),
        nullable=False,
        comment="bit z set: rounded to the units of tiles at zoom z (0 to 11), geom is valid",
    ),
    # One small index per level and band: a box of the country at national size takes 0,4 ms. btree_gist over (tingkat, pita,
    # geom) took 190, one index per band 29. A statement must name both as literals, not as parameters.
    *(
        Index(
            f"batas_piramida_{t}_{p}_idx",
            "geom",
            postgresql_using="gist",
            postgresql_where=text(f"tingkat = {t} AND pita = {p}"),
        )
        for t in (1, 2, 3, 4)
        for p in range(len(BANDS))
    ),
)

# Not read by anybody but the builder.
PYRAMID_UNIT = Table(
    "piramida_satuan",
    METADATA,
    Column("kode_kab", Kode, primary_key=True, comment="the unit: a kabupaten; a province's own code for what no kabupaten covers"),
    Column("sidik", Text, nullable=False, comment="hash of all it was built from"),
    Column("hasil", Kode, nullable=False, comment="hash of what it became"),
    Column("tepi", JSONB, nullable=False, comment="neighbour → hash of the border with it, in all levels and bands"),
    Column("geom", Geometry("MULTIPOLYGON", srid=3857, spatial_index=False), nullable=False, comment="all of it, full detail"),
)  # fmt: skip

PETA_VERSION = Table(
    "peta_versi",
    METADATA,
    Column("kunci", Kode, primary_key=True, comment="batas: the pyramid of boundaries"),
    Column("versi", Uuid, nullable=False, comment="the same as long as every shape is the same"),
    Column(
        "mulai",
        ARRAY(SmallInteger),
        comment="from which zoom each level is drawn, provinces first; null: not yet known",
    ),
    since_column(),
)

BATAS_QUALITY = Table(
    "mutu_batas",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True, comment="the region concerned"),
    Column("jenis", Kode, primary_key=True, comment=", ".join(QUALITY_KINDS)),
    Column("nomor", SmallInteger, primary_key=True, autoincrement=False, comment="counts the findings of a kind and region"),
    Column("lain", ARRAY(Text), nullable=False, comment="the other regions: overlapping, around a gap, where it lies instead"),
    Column("luas_m2", Float, comment="geodesic: overlap, gap, part outside, difference; null: no boundary"),
    Column("bagian", Float, comment="share: of the smaller region, within the region above, difference to the official area"),
    Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), comment="lon, lat; null: no boundary"),
    Column("diperiksa_pada", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("mutu_batas_jenis_idx", "jenis", "kode_kab", "kode", "nomor"),
    Index("mutu_batas_geom_idx", "geom", postgresql_using="gist", postgresql_where=text("geom IS NOT NULL")),
)  # fmt: skip
