"""Rows of networks (WKSBM), what belongs to one, and where its links lead. All of it is public."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Integer,
    Numeric,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.kode import Tingkat
from hub.base.questions import kode_ke_bawah
from hub.katalog.tables import DAFTAR_KODE
from hub.plan.arguments import Args
from hub.plan.links import Link, link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.plan.words import number, word
from hub.sumber_daya import reads as sumber_daya_reads
from hub.sumber_daya.tables import SUMBER_DAYA
from hub.wilayah.reads import HARI_INI, today_or_last
from hub.wilayah.tables import BATAS
from hub.wksbm.checks import BAGIAN_TAHAP
from hub.wksbm.tables import ANGGOTA, HUBUNGAN, KEGIATAN, MITRA, SIMPUL, TAHAP_WKSBM, WKSBM, WKSBM_RIWAYAT

LANGKAH_TERBANYAK = 10  # links in one walk
_APA = "WKSBM"
_WKSBM: ColumnElement[Any] = word("WKSBM", Text)
_SATU: ColumnElement[Any] = number(1)


def stands(t: Any, pada: ColumnElement[Any]) -> ColumnElement[bool]:
    """There, or in force, on that day."""
    return and_(t.c.sejak <= pada, t.c.hari_terakhir >= pada)


def source(pada: ColumnElement[Any] | None = None) -> Row:
    """A network; regions are looked at as of `pada`, else of today, or of its last day."""
    w = WKSBM.alias()
    return Row(w, today_or_last(w) if pada is None else pada)


def network(kab: str, id_: str) -> Link:
    """The network that these two columns of a row name."""
    return link(WKSBM, {id_: "id"}, kab=(kab, "kode_kab"), day=today_or_last)


def _by_key(kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> Rows:
    baris = source()
    return Rows(baris, [baris["kode_kab"] == kode_kab, baris["id"] == id_])


def by_id(args: Args) -> Rows:
    """The network of a public id."""
    kab = args.bind("id", TEXT, lambda teks: baca_id(teks, _APA).kode_kab)
    return _by_key(kab, cast(args.bind("id", TEXT, lambda teks: baca_id(teks, _APA).id), WKSBM.c.id.type))


def of_saved(args: Args) -> Rows:
    """The network that was just written."""
    kunci: IdPublik = args.source.kunci
    return _by_key(args.constant(kunci.kode_kab, TEXT), cast(args.constant(kunci.id, TEXT), WKSBM.c.id.type))


def listed(args: Args) -> Rows:
    """daftarWksbm: in order of desa; what stands on `pada`, without it whatever ever stood."""
    pada = args.bind("pada", Date()) if args.has("pada") else None
    baris = source(pada)
    w: Any = baris.source
    where: list[ColumnElement[bool]] = [] if pada is None else [stands(w, pada)]
    if args.field("saring", "tahap"):
        where.append(w.c.tahap == func.any(args.bind_field("saring", "tahap", TEXTS)))
    if args.field("saring", "di"):
        di = args.bind_field("saring", "di", TEXT, kode_ke_bawah(Tingkat.DESA))
        where += [w.c.kode_desa >= di, w.c.kode_desa < di.concat("/")]
    kunci = [w.c.kode_desa, w.c.id]
    return Rows(baris, where, kunci, None, kunci)


in_desa = link(WKSBM, {"kode": "kode_desa"}, holds=stands, order=["id"])
"""What there is in a desa on the day the desa is looked at."""


# ---------- of a network ----------


phases = link(TAHAP_WKSBM, {"id": "wksbm"}, order=["urut"])
"""Every phase it came into, in that order."""


def members(row: Row, args: Args) -> Rows:
    """Those of `pada`; without it all there ever were."""
    a = ANGGOTA.alias()
    return Rows(Row(a), [*_of(row, a), *_pada(a, args)], [a.c.nama, a.c.sejak])


def member_count(row: Row, args: Args) -> ColumnElement[Any]:
    a = ANGGOTA.alias()
    return _banyak(a, [*_of(row, a), stands(a, HARI_INI)])


def member_kind(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(_nama_butir("PSKS", row["jenis"]), row["jenis"], type_=Text())


def activities(row: Row, args: Args) -> Rows:
    """In order of day."""
    g = KEGIATAN.alias()
    where = _of(row, g)
    if args.has("sejak"):
        where.append(g.c.tanggal >= args.bind("sejak", Date()))
    if args.has("sampai"):
        where.append(g.c.tanggal <= args.bind("sampai", Date()))
    return Rows(Row(g), where, [g.c.tanggal, g.c.kegiatan, g.c.uraian])


def programme(row: Row, args: Args) -> ColumnElement[Any]:
    kode = func.split_part(row["kegiatan"], word("."), _SATU)
    return func.coalesce(_nama_butir("PROGRAM_WKSBM", kode), kode, type_=Text())


def activity_name(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(_nama_butir("KEGIATAN_WKSBM", row["kegiatan"]), row["kegiatan"], type_=Text())


def description(row: Row, args: Args) -> ColumnElement[Any]:
    return func.coalesce(func.nullif(row["uraian"], word("")), activity_name(row, args), type_=Text())


def missing(row: Row, args: Args) -> Rows:
    """Activities of its present phase that have not been carried out, as the rule for moving on counts them."""
    d, g = DAFTAR_KODE.alias(), KEGIATAN.alias()
    bagian = case(*((row["tahap"] == word(t), word(f"{b}%", Text)) for t, b in BAGIAN_TAHAP.items()))
    sudah = (
        select(_SATU)
        .where(
            *_of(row, g),
            g.c.kegiatan == d.c.kode,
            g.c.tanggal <= HARI_INI,
            g.c.tanggal >= func.coalesce(row["kegiatan_sejak"], literal_column("'-infinity'::date")),
        )
        .correlate_except(g)
        .exists()
    )
    where = [d.c.daftar == word("KEGIATAN_WKSBM"), d.c.berlaku, d.c.kode.like(bagian), ~sudah]
    return Rows(Row(d), where, [d.c.urut])


versions = sumber_daya_reads.versions_of(WKSBM, WKSBM_RIWAYAT)


def identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["kode_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def point(row: Row, args: Args) -> ColumnElement[Any]:
    return cast(func.ST_AsGeoJSON(row["titik"], 6), JSON)


def active(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(and_(row["sejak"] <= HARI_INI, row["hari_terakhir"] >= HARI_INI), Boolean())


# ---------- links ----------


def links(row: Row, args: Args) -> Rows:
    """Its links, whoever wrote them; those of `pada`, without it all there ever were. Each is seen from here: the other
    end is `ujung`."""
    h = HUBUNGAN.alias()
    masuk = and_(h.c.macam == _WKSBM, h.c.tujuan == row["id"])
    where: list[ColumnElement[bool]] = [or_(h.c.asal == row["id"], masuk), *_pada(h, args)]
    if args.has("skala"):
        where.append(h.c.skala == args.bind("skala", TEXT))
    isi = select(*h.c, *seen_from(h, h.c.asal != row["id"])).where(*where).correlate_except(h).subquery()
    return Rows(Row(isi), (), [isi.c.sejak, isi.c.id])


def seen_from(h: Any, masuk: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """What a link's row needs to be read: whether it came from the other side, and where the other end lies."""
    return [
        masuk.label("masuk"),
        case((masuk, _WKSBM), else_=h.c.macam).label("ujung_macam"),
        case((masuk, h.c.asal_kab), else_=h.c.tujuan_kab).label("ujung_kab"),
        case((masuk, h.c.asal), else_=h.c.tujuan).label("ujung"),
    ]


def degree(row: Row, args: Args) -> ColumnElement[Any]:
    """Networks linked to it today, each once."""
    isi = _tetangga(row)
    return (
        select(func.count(isi.c.id.distinct(), type_=Integer()))
        .select_from(isi)
        .correlate_except(isi)
        .scalar_subquery()
    )


def reach(row: Row, args: Args) -> Rows:
    """Networks within so many links, the nearest first. One function call walks the graph level by level."""
    langkah = args.bind("langkah", Integer(), langkah_sah)
    pada = args.bind("pada", Date()) if args.has("pada") else HARI_INI
    jalan = func.hub_jangkauan_wksbm(row["id"], langkah, pada).table_valued("kab", "id", "jarak").render_derived()
    w = WKSBM.alias()
    gabung = (
        select(*w.c, jalan.c.jarak.label("jarak"))
        .select_from(jalan.join(w, and_(w.c.kode_kab == jalan.c.kab, w.c.id == jalan.c.id)))
        .correlate_except(jalan, w)
        .subquery()
    )
    return Rows(Row(gabung, today_or_last(gabung)), (), [gabung.c.jarak, gabung.c.kode_desa, gabung.c.id])


def langkah_sah(langkah: int | None) -> int:
    """How far a walk goes. Raises MasukanTidakSahError and BatasTerlampauiError."""
    if langkah is None:
        return 2
    if langkah < 0:
        raise MasukanTidakSahError("langkah tidak boleh kurang dari nol.")
    if langkah > LANGKAH_TERBANYAK:
        raise BatasTerlampauiError(f"langkah paling banyak {LANGKAH_TERBANYAK}.")
    return langkah


origin = network("asal_kab", "asal")
"""The network whose office wrote the link."""

far_network = network("ujung_kab", "ujung")
far_resource = link(SUMBER_DAYA, {"ujung": "id"}, kab=("ujung_kab", "kode_kab"), day=today_or_last)
far_partner = link(MITRA, {"ujung": "id"})


def link_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["asal_kab"].concat(word(":", Text)).concat(cast(row["id"], Text)), KODE)


def line(row: Row, args: Args) -> ColumnElement[Any]:
    """From the network that wrote it to the other end, EPSG:4326, longitude first; null where an end has no place."""
    dari = place(WKSBM, row["asal_kab"], row["asal"])
    ke = case(
        (row["macam"] == _WKSBM, place(WKSBM, row["tujuan_kab"], row["tujuan"])),
        (row["macam"] == word("SUMBER_DAYA"), place(SUMBER_DAYA, row["tujuan_kab"], row["tujuan"])),
    )
    return cast(func.ST_AsGeoJSON(func.ST_MakeLine(dari, ke), 6), JSON)


def place(tabel: Any, kode_kab: ColumnElement[Any], id_: ColumnElement[Any]) -> ColumnElement[Any]:
    """The point of a network or social resource, or else the label point of its desa."""
    t, b = tabel.alias(), BATAS.alias()
    label = (
        select(b.c.titik)
        .where(b.c.kode_kab == t.c.kode_kab, b.c.kode == t.c.kode_desa, b.c.sampai.is_(None))
        .order_by(b.c.sejak.desc())
        .limit(_SATU)
        .correlate_except(b)
        .scalar_subquery()
    )
    isi = select(func.coalesce(t.c.titik, label)).where(t.c.kode_kab == kode_kab, t.c.id == id_).correlate_except(t)
    return isi.scalar_subquery()


# ---------- parts ----------


def partner_identity(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(word("mitra:", Text).concat(cast(row["id"], Text)), KODE)


def count_of(*macam: str) -> Callable[[Row, Args], ColumnElement[Any]]:
    """How many links of a network hold today, by what is at their other end."""

    def build(row: Row, args: Args) -> ColumnElement[Any]:
        h = HUBUNGAN.alias()
        ujung = h.c.macam.in_([word(m) for m in macam])
        return _banyak(h, [h.c.asal == row["id"], ujung, stands(h, HARI_INI)])

    return build


def distance(row: Row, args: Args) -> ColumnElement[Any]:
    """Geodesic, km, between the two networks of a pair."""
    a, b = place(WKSBM, row["asal_kab"], row["asal"]), place(WKSBM, row["tujuan_kab"], row["tujuan"])
    km = func.ST_Distance(func.geography(a), func.geography(b), type_=Float()) / literal_column("1000.0", Float)
    return cast(func.round(cast(km, Numeric), number(3)), Float)


def _tetangga(row: Row) -> Any:
    h, s = HUBUNGAN.alias(), SIMPUL.alias()
    ujung = case((h.c.asal == row["id"], h.c.tujuan), else_=h.c.asal)
    return (
        select(s.c.id)
        .select_from(h.join(s, s.c.id == ujung))
        .where(
            or_(h.c.asal == row["id"], h.c.tujuan == row["id"]),
            h.c.macam == _WKSBM,
            stands(h, HARI_INI),
            stands(s, HARI_INI),
            row["sejak"] <= HARI_INI,
            row["hari_terakhir"] >= HARI_INI,
        )
        .correlate_except(h, s)
        .subquery()
    )


def _of(row: Row, t: Any) -> list[ColumnElement[bool]]:
    return [t.c.kode_kab == row["kode_kab"], t.c.wksbm == row["id"]]


def _pada(t: Any, args: Args) -> list[ColumnElement[bool]]:
    return [stands(t, args.bind("pada", Date()))] if args.has("pada") else []


def _banyak(t: Any, where: list[ColumnElement[bool]]) -> ColumnElement[Any]:
    return select(func.count(type_=Integer())).select_from(t).where(*where).correlate_except(t).scalar_subquery()


def _nama_butir(daftar: str, kode: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of an entry of a code list: of the version in force, else of the newest that has it."""
    d = DAFTAR_KODE.alias()
    return (
        select(d.c.nama)
        .where(d.c.daftar == word(daftar), d.c.kode == kode)
        .order_by(d.c.berlaku.desc(), d.c.versi.desc())
        .limit(_SATU)
        .correlate_except(d)
        .scalar_subquery()
    )
