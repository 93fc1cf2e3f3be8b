"""Regions, what they came from, their other names, their boundaries.

A region is (code, first day in force): codes are reused over time, so the code alone names a place only together
with a date. `kode_kab` leads every key (a province's rows carry the province's own code there).
"""

from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Computed, Date, Float, Index, SmallInteger, Table, Text, text

from hub.db.metadata import METADATA, Kode


def _search_key(column: str) -> Computed:
    """A name as it is looked for. Plain letters only: no official name has any other."""
    return Computed(f"regexp_replace(lower({column}), '[^a-z0-9]'::text, ''::text, 'g'::text)", persisted=True)


WILAYAH = Table(
    "wilayah",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("berlaku_sejak", Date, primary_key=True),
    Column("berlaku_sampai", Date, comment="first day no longer in force; null: in force"),
    Column(
        "hari_terakhir",
        Date,
        Computed("COALESCE(berlaku_sampai - 1, 'infinity'::date)", persisted=True),
        nullable=False,
        comment="last day in force; infinity while it lasts",
    ),
    Column("tingkat", SmallInteger, nullable=False, comment="1 provinsi, 2 kabupaten, 3 kecamatan, 4 desa"),
    Column("jenis", Text, nullable=False),
    Column("nama", Text, nullable=False),
    Column("kode_induk", Kode, comment="code of the region above, in force on the same days"),
    Column(
        "kunci",
        Kode,
        _search_key("nama"),
        nullable=False,
        comment="the name as it is looked for: letters and digits only, lower case",
    ),
    Column("nama_sejak", Date, comment="first day of the name; null: the region's own first day"),
    # children in order of code; for kabupaten of a province the first column differs from the parent's,
    # so that look-up has its own small index
    Index("wilayah_induk_idx", "kode_kab", "kode_induk", "kode"),
    # one code names one region at a time (an exclusion constraint over the dates would say more, and costs the
    # import of the national list twelve seconds)
    Index("wilayah_satu_berlaku_idx", "kode_kab", "kode", unique=True, postgresql_where=text("berlaku_sampai IS NULL")),
    Index("wilayah_kabupaten_idx", "kode_induk", "kode", postgresql_where=text("tingkat = 2")),
    # orders and filters of the list of desa
    Index("wilayah_desa_kode_idx", "kode", postgresql_where=text("tingkat = 4")),
    Index("wilayah_desa_nama_idx", "nama", "kode", postgresql_where=text("tingkat = 4")),
    Index("wilayah_desa_jenis_idx", "jenis", "kode", postgresql_where=text("tingkat = 4")),
    # by likeness, by likeness among the few above the desa, by beginning and by exact spelling
    Index("wilayah_mirip_idx", "kunci", postgresql_using="gin", postgresql_ops={"kunci": "gin_trgm_ops"}),
    Index(
        "wilayah_mirip_atas_idx",
        "kunci",
        postgresql_using="gin",
        postgresql_ops={"kunci": "gin_trgm_ops"},
        postgresql_where=text("tingkat < 4"),
    ),
    Index("wilayah_kunci_idx", "kunci"),
)

# A reference table: a link may cross a kabupaten's border (a desa moves to a new kabupaten), so it stands outside
# the rule that every table carries kode_kab. It is small: some thousand rows for the whole country.
LINEAGE = Table(
    "silsilah",
    METADATA,
    Column("kode_lama", Kode, primary_key=True),
    Column("sejak_lama", Date, primary_key=True, comment="berlaku_sejak of the older region"),
    Column("kode_baru", Kode, primary_key=True),
    Column("sejak_baru", Date, primary_key=True, comment="berlaku_sejak of the newer region"),
    Column(
        "jenis",
        Text,
        nullable=False,
        comment="pindah, pindah_nomor, pindah_status, pindah_induk, pecah, gabung; pecah_gabung: first the one, then the other; "
        "dari_desa: told from their desa",
    ),
    Index("silsilah_baru_idx", "kode_baru", "sejak_baru"),
)

# The names a region bore before the one it bears; most never had another.
FORMER_NAMES = Table(
    "nama_wilayah",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("berlaku_sejak", Date, primary_key=True, comment="of the region"),
    Column("sampai", Date, primary_key=True, comment="first day it no longer bore the name"),
    Column("nama", Text, nullable=False),
)

ALIAS_WILAYAH = Table(
    "alias_wilayah",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("berlaku_sejak", Date, primary_key=True, comment="of the region"),
    Column("alias", Text, primary_key=True, comment="another name or spelling of the region"),
    Column("sumber", Text, nullable=False),
    Column("kunci", Kode, _search_key("alias"), nullable=False, comment="the alias as it is looked for"),
    Index("alias_wilayah_mirip_idx", "kunci", postgresql_using="gin", postgresql_ops={"kunci": "gin_trgm_ops"}),
)

BATAS = Table(
    "batas",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("wilayah_sejak", Date, primary_key=True, comment="berlaku_sejak of the region"),
    Column("tanggal", Date, primary_key=True, comment="the day the boundary was imported for"),
    Column(
        "sejak",
        Date,
        nullable=False,
        comment="first day it holds: the region's own for its first boundary, else tanggal",
    ),
    Column("sampai", Date, comment="first day a newer boundary holds; null: the newest"),
    Column("tingkat", SmallInteger, nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=False, comment="lon, lat"),
    Column("titik", Geometry("POINT", srid=4326, spatial_index=False), nullable=False, comment="inside geom"),
    Column("luas_km2", Float, nullable=False, comment="geodesic, WGS 84"),
    Column("sumber", Text, nullable=False),
    Column("versi", Text, nullable=False, comment="hash of the imported file"),
    Column("contoh", Boolean, nullable=False, comment="generated sample, not a real boundary"),
    # points and boxes are looked up among the newest boundaries of one level
    Index("batas_desa_luas_idx", "luas_km2", "kode", postgresql_where=text("tingkat = 4 AND sampai IS NULL")),
    Index("batas_geom_idx", "geom", postgresql_using="gist", postgresql_where=text("sampai IS NULL")),
    # the few that a newer one has replaced, or is going to replace
    Index("batas_berganti_idx", "sampai", postgresql_where=text("sampai IS NOT NULL")),
)
