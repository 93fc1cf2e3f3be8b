"""WKSBM (wahana kesejahteraan sosial berbasis masyarakat): networks with their members, activities and phases, and the
graph that links them to each other, to social resources and to partners outside.

A network's own rows lead their keys with `kode_kab`, its kabupaten. The graph does not: links cross the borders of
kabupaten, and a walk along them goes wherever they lead. It is small (ids, phase, link, dates: some tens of thousands of
rows for the whole country), so `simpul_wksbm`, `hubungan_wksbm` and `mitra_luar` are reference tables, the same
everywhere. `simpul_wksbm` is the networks once more, in just that; a trigger keeps it, and nobody else writes it.

Nothing is deleted: a network, a member, a link ends by its date. Triggers (migration 0016) keep every row that was replaced.
"""

from geoalchemy2 import Geometry
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from hub.db.metadata import METADATA, Kode, TextC

PHASES = ("PENUMBUHAN", "PEMANTAPAN", "PENGEMBANGAN")  # in the order a network goes through them
SCALES = ("LOKAL", "REGIONAL", "NASIONAL")
END_KINDS = ("WKSBM", "SUMBER_DAYA", "MITRA")  # where a link's other end lies


def _one_of(column: str, pilihan: tuple[str, ...]) -> CheckConstraint:
    values = ", ".join(f"'{p}'" for p in pilihan)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def _moment(name: str, comment: str) -> "Column[object]":
    return Column(name, DateTime(timezone=True), nullable=False, server_default=text("hub_saat()"), comment=comment)


def _id(name: str, comment: str, *, key: bool = False) -> "Column[str]":
    return Column(name, UUID(as_uuid=False), primary_key=key, nullable=False, comment=comment)


def _last_day() -> "Column[object]":
    return Column(
        "hari_terakhir",
        Date,
        Computed("COALESCE(sampai - 1, 'infinity'::date)", persisted=True),
        nullable=False,
        comment="last day; infinity while it lasts",
    )


WKSBM = Table(
    "wksbm",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    _id("id", "UUIDv7; the public id is kode_kab:id", key=True),
    Column("nama", Text, nullable=False),
    Column("kode_desa", Kode, nullable=False, comment="code of its desa; begins with kode_kab"),
    Column("titik", Geometry("POINT", srid=4326, spatial_index=False), comment="lon, lat"),
    Column("balai", Text, comment="community centre it meets in"),
    Column("dokumen", Text, comment="paper that founded it, or its charter"),
    Column("keterangan", Text),
    Column("tahap", Kode, nullable=False, comment="phase it is in now"),
    Column("tahap_sejak", Date, nullable=False, comment="first day of that phase"),
    Column("tahap_alasan", Text, comment="why it came into that phase"),
    Column("kegiatan_sejak", Date, comment="activities count for moving on from this day; null: whenever they were"),
    Column("sejak", Date, nullable=False, comment="first day it exists"),
    Column("sampai", Date, comment="first day no longer; null: it stands"),
    _last_day(),
    Column("versi", Integer, nullable=False, server_default=text("1"), comment="counts up with every change"),
    Column("contoh", Boolean, nullable=False, server_default=text("false"), comment="made up, not real"),
    Column("sumber", Text, comment="where the row comes from"),
    _moment("diubah_pada", "when this row came to hold"),
    Column("diubah_oleh", Text, nullable=False),
    _one_of("tahap", PHASES),
    CheckConstraint("kode_kab = left(kode_desa, 5)", name="desa"),
    CheckConstraint("sampai > sejak", name="masa"),
    # the order of every list, and of what there is in one desa
    Index("wksbm_desa_idx", "kode_desa", "id"),
    Index("wksbm_tahap_idx", "tahap", "kode_desa", "id"),
)

MEMBER = Table(
    "anggota_wksbm",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    _id("wksbm", "wksbm.id", key=True),
    Column("nama", TextC, primary_key=True, comment="of a group or an institution, never of a person"),
    Column("sejak", Date, primary_key=True, comment="first day it is a member"),
    Column("jenis", Kode, nullable=False, comment="code in the list PSKS"),
    Column("sampai", Date, comment="first day no longer; null: a member"),
    _last_day(),
    _moment("diubah_pada", "when this row came to hold"),
    CheckConstraint("sampai > sejak", name="masa"),
)

ACTIVITY = Table(
    "kegiatan_wksbm",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    _id("wksbm", "wksbm.id", key=True),
    Column("tanggal", Date, primary_key=True),
    Column("kegiatan", Kode, primary_key=True, comment="code in the list KEGIATAN_WKSBM"),
    Column("uraian", TextC, primary_key=True, comment="what was done; empty: as the list names it"),
    _moment("diubah_pada", "when this row came to hold"),
    # activities of a period, for the counts of WKS03
    Index("kegiatan_wksbm_tanggal_idx", "kode_kab", "tanggal"),
)

# Written by a trigger alone, from wksbm: every phase a network came into, the first one included.
WKSBM_PHASE = Table(
    "tahap_wksbm",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    _id("wksbm", "wksbm.id", key=True),
    Column("urut", Integer, primary_key=True, comment="1, 2, 3 … per network"),
    Column("tahap", Kode, nullable=False),
    Column("sejak", Date, nullable=False, comment="first day of the phase"),
    Column("alasan", Text),
    _moment("dicatat_pada", "when it was written down"),
    Column("dicatat_oleh", Text, nullable=False),
    _one_of("tahap", PHASES),
)

# Reference table: the node of the graph. Its id is its own in the whole country, not only in its kabupaten.
SIMPUL = Table(
    "simpul_wksbm",
    METADATA,
    _id("id", "wksbm.id", key=True),
    Column("kab", Kode, nullable=False, comment="wksbm.kode_kab"),
    Column("desa", Kode, nullable=False, comment="wksbm.kode_desa"),
    Column("tahap", Kode, nullable=False),
    Column("sejak", Date, nullable=False),
    Column("hari_terakhir", Date, nullable=False, comment="last day it exists; infinity while it stands"),
    Index("simpul_wksbm_desa_idx", "desa", "id"),
)

# Reference table: a link may cross a kabupaten's border. Written by the side of `asal`, the network; a partnership all the
# same, so every walk goes along it both ways.
LINK = Table(
    "hubungan_wksbm",
    METADATA,
    _id("id", "UUIDv7; the public id is asal_kab:id", key=True),
    Column("asal_kab", Kode, nullable=False, comment="kabupaten of the network that wrote it"),
    _id("asal", "wksbm.id"),
    Column("macam", Kode, nullable=False, comment="WKSBM, SUMBER_DAYA, MITRA: which table holds the other end"),
    Column("tujuan_kab", Kode, nullable=False, comment="kabupaten of the other end; empty for a partner outside"),
    _id("tujuan", "id of the other end in its table"),
    Column("jenis", TextC, nullable=False, comment="what binds them, in the office's words"),
    Column("skala", Kode, nullable=False, comment="LOKAL, REGIONAL, NASIONAL"),
    Column("sejak", Date, nullable=False, comment="first day it holds"),
    Column("sampai", Date, comment="first day no longer; null: it holds"),
    _last_day(),
    Column("versi", Integer, nullable=False, server_default=text("1"), comment="counts up with every change"),
    _moment("diubah_pada", "when this row came to hold"),
    Column("diubah_oleh", Text, nullable=False),
    _one_of("macam", END_KINDS),
    _one_of("skala", SCALES),
    CheckConstraint("sampai > sejak", name="masa"),
    CheckConstraint("macam <> 'WKSBM' OR asal <> tujuan", name="ujung"),
    CheckConstraint("(macam = 'MITRA') = (tujuan_kab = '')", name="tujuan"),
    # one link of a kind begins once; also every link of a network
    Index("hubungan_wksbm_satu_idx", "asal", "macam", "tujuan_kab", "tujuan", "jenis", "sejak", unique=True),
    # the same from the other end
    Index("hubungan_wksbm_tujuan_idx", "tujuan", "macam", "asal"),
    # for walks, both ways, without looking at the table: twice as fast over the whole country
    Index(
        "hubungan_wksbm_keluar_idx",
        "asal",
        postgresql_include=["tujuan", "sejak", "hari_terakhir"],
        postgresql_where=text("macam = 'WKSBM'"),
    ),
    Index(
        "hubungan_wksbm_masuk_idx",
        "tujuan",
        postgresql_include=["asal", "sejak", "hari_terakhir"],
        postgresql_where=text("macam = 'WKSBM'"),
    ),
)

# Reference table: a partner has no place; networks of several kabupaten may be linked to one. A name names one partner.
PARTNER = Table(
    "mitra_luar",
    METADATA,
    _id("id", "UUIDv7; the public id is mitra:id", key=True),
    Column("nama", Text, nullable=False, comment="of an institution, never of a person"),
    Column(
        "kunci",
        Kode,
        Computed("regexp_replace(lower(nama), '[^a-z0-9]'::text, ''::text, 'g'::text)", persisted=True),
        nullable=False,
        comment="the name as it is looked for: letters and digits only, lower case",
    ),
    Column("jenis", Text, nullable=False),
    Column("pencatat", Kode, nullable=False, comment="code of the office that wrote it down; empty: the hub's own"),
    Column("versi", Integer, nullable=False, server_default=text("1"), comment="counts up with every change"),
    _moment("diubah_pada", "when this row came to hold"),
    Column("diubah_oleh", Text, nullable=False),
    CheckConstraint("kunci <> ''", name="nama"),
    Index("mitra_luar_kunci_idx", "kunci", unique=True),
    Index("mitra_luar_nama_idx", "nama", "id"),
)

# Which desa border on each other: boundaries that touch or lie at most 50 m apart, both ways. Worked out when boundaries are
# imported (tetangga_statements), because looking at shapes takes a third of a millisecond per desa.
DESA_NEIGHBOUR = Table(
    "tetangga_desa",
    METADATA,
    Column("kode_kab", Kode, primary_key=True),
    Column("kode", Kode, primary_key=True),
    Column("tetangga", Kode, primary_key=True, comment="code of the other desa, maybe of another kabupaten"),
)


def _history(current: Table, *keys: str) -> Table:
    """What was replaced: the same columns, and when. `keys`: what the key needs besides its own."""
    columns = [
        Column(k.name, k.type, primary_key=k.primary_key or k.name in keys, nullable=k.nullable)
        for k in current.columns
    ]
    replaced_at = Column("diganti_pada", DateTime(timezone=True), nullable=False, comment="when it was replaced")
    return Table(f"{current.name}_riwayat", METADATA, *columns, replaced_at)


WKSBM_HISTORY = _history(WKSBM, "versi")
MEMBER_HISTORY = _history(MEMBER, "diubah_pada")
ACTIVITY_HISTORY = _history(ACTIVITY, "diubah_pada")
LINK_HISTORY = _history(LINK, "versi")
PARTNER_HISTORY = _history(PARTNER, "versi")


def _readable(table: Table) -> Table:
    """A view: the same columns, those closed to the caller null."""
    return Table(f"{table.name}_terbaca", MetaData(), *(Column(k.name, k.type) for k in table.columns))


# columns that no role may read of their table: who wrote a row, and why a network came into a phase, which is told to its office
_CLOSED_COLUMNS = ("diubah_oleh", "tahap_alasan")
OPEN_WKSBM_COLUMNS = tuple(k.name for k in WKSBM.columns if k.name not in _CLOSED_COLUMNS)
OPEN_LINK_COLUMNS = tuple(k.name for k in LINK.columns if k.name not in _CLOSED_COLUMNS)
WKSBM_READABLE = _readable(WKSBM)
WKSBM_PHASE_READABLE = _readable(WKSBM_PHASE)
