"""Rows of social resources and their papers. What stands is public; a shelter is not there for whoever may not see it (row-level
security), a head's name is shown by consent, and how many people a single institution serves only to those who answer for it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Integer,
    Table,
    Text,
    and_,
    case,
    cast,
    column,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.tertutup import own_region, reaches
from hub.base.errors import MasukanTidakSahError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.kode import Tingkat
from hub.base.questions import kode_ke_bawah
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.plan.words import FALSE, number, word
from hub.sumber_daya.tables import SUMBER_DAYA, SUMBER_DAYA_RIWAYAT, SUMBER_DAYA_TERBACA, SURAT
from hub.wilayah.desa_reads import kotak_sah
from hub.wilayah.reads import HARI_INI, berlaku, today_or_last
from hub.wilayah.tables import WILAYAH

JARAK_TERJAUH_KM = 500
_APA = "sumber daya"


def stands(s: Any, pada: ColumnElement[Any]) -> ColumnElement[bool]:
    """There on that day."""
    return and_(s.c.sejak <= pada, s.c.hari_terakhir >= pada)


def source() -> Row:
    """A social resource; regions are looked at as of today, or of its last day."""
    s = SUMBER_DAYA.alias()
    return Row(s, today_or_last(s))


def by_id(jenis: str | None = None) -> Callable[[Args], Rows]:
    """The social resource of a public id, whatever its kind, or of this kind only."""

    def build(args: Args) -> Rows:
        baris = source()
        where = [
            baris["kode_kab"] == args.bind("id", TEXT, lambda teks: baca_id(teks, _APA).kode_kab),
            baris["id"] == cast(args.bind("id", TEXT, lambda teks: baca_id(teks, _APA).id), SUMBER_DAYA.c.id.type),
        ]
        if jenis is not None:
            where.append(baris["jenis"] == word(jenis))
        return Rows(baris, where)

    return build


def of_saved(args: Args) -> Rows:
    """The social resource that was just saved."""
    kunci: IdPublik = args.source.kunci
    baris = source()
    where = [
        baris["kode_kab"] == args.constant(kunci.kode_kab, TEXT),
        baris["id"] == cast(args.constant(kunci.id, TEXT), SUMBER_DAYA.c.id.type),
    ]
    return Rows(baris, where)


def listed(args: Args) -> Rows:
    """daftarSumberDaya: in order of desa; what stands on `pada`, without it whatever ever stood."""
    baris = source()
    s: Any = baris.source
    where: list[ColumnElement[bool]] = []
    if args.has("pada"):
        pada = args.bind("pada", Date())
        baris = Row(s, pada)
        where.append(stands(s, pada))
    if args.field("saring", "jenis"):
        where.append(s.c.jenis == func.any(args.bind_field("saring", "jenis", TEXTS)))
    if args.field("saring", "pemilik"):
        where.append(s.c.pemilik == func.any(args.bind_field("saring", "pemilik", TEXTS)))
    if args.field("saring", "di"):
        di = args.bind_field("saring", "di", TEXT, kode_ke_bawah(Tingkat.DESA))
        where += [s.c.kode_desa >= di, s.c.kode_desa < di.concat("/")]
    if args.field("saring", "bbox"):
        tepi = [args.bind_field("saring", "bbox", Float(), lambda k, i=i: kotak_sah(k)[i]) for i in range(4)]  # type: ignore[misc]
        where.append(s.c.titik.intersects(func.ST_MakeEnvelope(*tepi, number(4326))))
    if args.field("saring", "dekat"):
        lon, lat, meter = (
            args.bind_field("saring", "dekat", Float(), lambda d, i=i: _dekat_sah(d)[i])  # type: ignore[misc]
            for i in range(3)
        )
        where.append(within(s, lon, lat, meter))
    if args.field("saring", "aktif"):
        ada = stands(s, HARI_INI)
        where.append(ada == args.bind_field("saring", "aktif", Boolean()))
    kunci = [s.c.kode_desa, s.c.id]
    return Rows(baris, where, kunci, None, kunci)


def in_desa(row: Row, args: Args) -> Rows:
    """What stands in a desa on the day the desa is looked at."""
    assert row.acuan is not None
    s = SUMBER_DAYA.alias()
    where = [s.c.kode_kab == row["kode_kab"], s.c.kode_desa == row["kode"], stands(s, row.acuan)]
    if args.has("jenis"):
        where.append(s.c.jenis == func.any(args.bind("jenis", TEXTS)))
    return Rows(Row(s, row.acuan), where, [s.c.id])


def within(s: Any, lon: ColumnElement[Any], lat: ColumnElement[Any], meter: ColumnElement[Any]) -> ColumnElement[bool]:
    """At most so far from that point, geodesic; written as the index on geography(titik) has it."""
    titik = func.geography(func.ST_SetSRID(func.ST_MakePoint(lon, lat), number(4326)))
    return func.ST_DWithin(func.geography(s.c.titik), titik, meter, type_=Boolean())


def _dekat_sah(nilai: dict[str, float]) -> tuple[float, float, float]:
    """Longitude, latitude, metres. Raises MasukanTidakSahError."""
    lon, lat, km = nilai["lon"], nilai["lat"], nilai["jarakKm"]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise MasukanTidakSahError(
            f"dekat: lon {lon}, lat {lat} bukan titik di bumi; bujur -180 sampai 180, lintang -90 sampai 90."
        )
    if not 0 < km <= JARAK_TERJAUH_KM:
        raise MasukanTidakSahError(f"dekat: jarakKm lebih dari 0 dan paling jauh {JARAK_TERJAUH_KM}, bukan {km}.")
    return lon, lat, km * 1000


# ---------- of every kind ----------


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["kode_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def desa(row: Row, args: Args) -> Rows:
    """Its desa on the row's day; a code not in force then: the last that bore it, looked at on its day nearest to that."""
    assert row.acuan is not None
    w = WILAYAH.alias()
    acuan = func.greatest(w.c.berlaku_sejak, func.least(w.c.hari_terakhir, row.acuan), type_=Date())
    where = [w.c.kode_kab == row["kode_kab"], w.c.kode == row["kode_desa"]]
    urut = [berlaku(w, row.acuan).desc(), w.c.berlaku_sejak.desc()]
    return Rows(Row(w, acuan), where, urut, number(1))


def point(row: Row, args: Args) -> ColumnElement[Any]:
    return cast(func.ST_AsGeoJSON(row["titik"], 6), JSON)


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(and_(row["sejak"] <= HARI_INI, row["hari_terakhir"] >= HARI_INI), Boolean())


def _shown(row: Row, isi: Callable[[Row], ColumnElement[Any]]) -> ColumnElement[Any]:
    """Of the same resource, as the caller may see it; null where that is closed to him."""
    s = SUMBER_DAYA_TERBACA.alias()
    sama = [s.c.kode_kab == row["kode_kab"], s.c.id == row["id"]]
    return select(isi(Row(s))).where(*sama).correlate_except(s).scalar_subquery()


def client_count(kolom: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """Clients by sex, or all of them ("klien"). One woman in the only home of a desa is somebody."""
    return lambda row, _: _shown(row, lambda s: _people(s, kolom) if kolom == "klien" else s[kolom])


def cases(kolom: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """Complaints; null also where there are so few that they are closed."""
    return lambda row, _: _shown(row, lambda s: s[kolom])


def head(row: Row, args: Args) -> ColumnElement[Any]:
    """By consent; the office that wrote the name down may see what it wrote."""
    setuju = func.coalesce(row["ketua_setuju"], FALSE)
    return case((or_(setuju, row["kode_kab"] == own_region()), row["ketua"]))


def clients(row: Row, args: Args) -> ColumnElement[Any]:
    """Of a home; null where nobody has written them down, or the caller may not know."""
    return _shown(row, lambda s: _people(s, "klien"))


def people(apa: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """How many of them: the number of all, else the sum of the sexes that are known; null where nothing is."""
    return lambda row, _: _people(row, apa)


def _people(row: Row, apa: str) -> ColumnElement[Any]:
    nol: ColumnElement[Any] = number(0)
    laki, perempuan = row[f"{apa}_l"], row[f"{apa}_p"]
    return func.coalesce(
        row[apa], func.coalesce(laki, nol) + perempuan, laki + func.coalesce(perempuan, nol), type_=Integer()
    )


def free_places(row: Row, args: Args) -> ColumnElement[Any]:
    """Null where the clients are: missing is never nought."""
    return type_coerce(row["daya_tampung"] - clients(row, args), Integer())


# ---------- what it was before ----------

# not contents, or (a name) kept for the one who wrote it down
_TAK_DITUNJUKKAN = ("kode_kab", "id", "versi", "diubah_pada", "diubah_oleh", "hari_terakhir", "diganti_pada", "ketua")


def versions_of(kini: Table, dahulu: Table) -> Callable[[Row, Args], Rows]:
    """Every version, the newest first, with its contents and those before (jsonb); for those who answer for it. What stands
    is in one table, what was replaced in the other."""

    def build(row: Row, args: Args) -> Rows:
        satu = []
        for tabel in (kini.alias(), dahulu.alias()):
            isi = func.to_jsonb(tabel.table_valued(), type_=JSONB).label("isi")
            milik = [tabel.c.kode_kab == row["kode_kab"], tabel.c.id == row["id"]]
            kolom = [tabel.c.versi, tabel.c.diubah_pada, tabel.c.diubah_oleh]
            satu.append(select(*kolom, isi).where(*milik).correlate_except(tabel))
        x = union_all(*satu).subquery()
        sebelum = func.lag(x.c.isi).over(order_by=x.c.versi).label("sebelum")
        v = select(*x.c, sebelum).where(reaches(row["kode_kab"])).correlate_except(x).subquery()
        return Rows(Row(v), (), [v.c.versi.desc()])

    return build


versions = versions_of(SUMBER_DAYA_TERBACA, SUMBER_DAYA_RIWAYAT)


def changes(row: Row, args: Args) -> Rows:
    """What differs between a version and the one before, as text; empty for the first one."""
    baru = func.jsonb_each(row["isi"]).table_valued(column("isian", Text()), column("nilai", JSONB)).render_derived()
    lama = row["sebelum"].op("->", return_type=JSONB())(baru.c.isian)
    beda = and_(row["sebelum"].is_not(None), lama.is_distinct_from(baru.c.nilai), baru.c.isian.not_in(_TAK_DITUNJUKKAN))
    x = (
        select(
            baru.c.isian, _jsonb_text(lama).label("lama"), _jsonb_text(baru.c.nilai).label("baru"),
        ).where(beda).correlate_except(baru).subquery()
    )  # fmt: skip
    return Rows(Row(x), (), [x.c.isian])


def _jsonb_text(nilai: ColumnElement[Any]) -> ColumnElement[Any]:
    """A scalar as its text, an object (a point) as JSON."""
    return nilai.op("#>>", return_type=Text())(word("{}"))


# ---------- papers ----------


papers = link(SURAT, {"id": "id"}, order=["-sejak", "jenis"])
"""All of them, the newest first."""


def newest(jenis: str, kolom: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """A column of the newest paper of that kind that has begun to hold, whether or not it still does."""

    def build(row: Row, args: Args) -> ColumnElement[Any]:
        t = SURAT.alias()
        where = [*_of(row, t), t.c.jenis == word(jenis), t.c.sejak <= HARI_INI]
        urut = t.c.sejak.desc()
        return select(t.c[kolom]).where(*where).order_by(urut).limit(number(1)).correlate_except(t).scalar_subquery()

    return build


def accredited(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether an accreditation holds on `pada`, today without it."""
    t = SURAT.alias()
    pada = args.bind("pada", Date()) if args.has("pada") else HARI_INI
    where = [*_of(row, t), t.c.jenis == word("AKREDITASI"), holds(t, pada)]
    return select(t.c.id).where(*where).correlate_except(t).exists()


def holds(t: Any, pada: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(t.c.sejak <= pada, or_(t.c.sampai.is_(None), t.c.sampai > pada))


def _of(row: Row, t: Any) -> list[ColumnElement[bool]]:
    return [t.c.kode_kab == row["kode_kab"], t.c.id == row["id"]]
