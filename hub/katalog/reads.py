"""Rows of the catalogue."""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Integer,
    Text,
    case,
    cast,
    column,
    distinct,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array

from hub.base.kode import Level
from hub.katalog.tables import (
    ATURAN,
    ELEMEN,
    FORMULIR,
    INDIKATOR,
    INDIKATOR_TERM,
    KATALOG_HISTORY,
    RINCIAN,
)
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT
from hub.plan.words import number, word


def form_by_code(args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), [f.c.kode == args.bind("kode", TEXT, str.upper)])


def all_forms(args: Args) -> Rows:
    f = FORMULIR.alias()
    return Rows(Row(f), (), [f.c.kode])


def element_by_code(args: Args) -> Rows:
    e = ELEMEN.alias()
    return Rows(Row(e), [e.c.kode == args.bind("kode", TEXT, str.upper)])


form_of = link(FORMULIR, {"formulir": "kode"})
elements = link(ELEMEN, {"kode": "formulir"}, order=["urut"])
rules = link(ATURAN, {"kode": "formulir"}, order=["urut"])
breakdowns = link(RINCIAN, {"kode": "elemen"}, order=["urut"])


def all_indicators(args: Args) -> Rows:
    i = INDIKATOR.alias()
    return Rows(Row(i), (), [i.c.urut])


def indicator_by_code(args: Args) -> Rows:
    """An indicator by its code, "I04.disabilitas" of a variant; an element that has a target as if it were one, by the element's."""
    i, e = INDIKATOR.alias(), ELEMEN.alias()
    of_element = select(
        e.c.kode, type_coerce(word("", Text), i.c.varian.type).label("varian"), e.c.nama, e.c.satuan,
        word("ELEMEN", Text).label("jenis"), e.c.definisi, e.c.kode_ref,
    )  # fmt: skip
    of_catalogue = select(i.c.kode, i.c.varian, i.c.nama, i.c.satuan, i.c.jenis, i.c.definisi, i.c.kode_ref)
    rows = of_catalogue.union_all(of_element).subquery()
    kode = args.bind("kode", TEXT, lambda text: text.partition(".")[0].upper())
    variant = args.bind("kode", TEXT, lambda text: text.partition(".")[2].lower())
    return Rows(Row(rows), [rows.c.kode == kode, rows.c.varian == variant], (), number(1))


def indicator_code(row: Row, args: Args) -> ColumnElement[Any]:
    """As it is asked for: "I04", a variant "I04.disabilitas"."""
    return func.concat_ws(word("."), row["kode"], func.nullif(row["varian"], word("")))


def elements_used(row: Row, args: Args) -> ColumnElement[Any]:
    """Codes of the elements that its formula is made of, in order of code; none where it is made of other indicators. An element
    that has a target as if it were an indicator is its own formula."""
    s = INDIKATOR_TERM.alias()
    kode = select(distinct(s.c.elemen).label("kode")).where(s.c.indikator == row["kode"], s.c.varian == row["varian"])
    rows = kode.correlate_except(s).subquery()
    all_codes = func.json_agg(aggregate_order_by(rows.c.kode, rows.c.kode))
    formula = select(func.coalesce(all_codes, cast(word("[]"), JSON))).correlate_except(rows).scalar_subquery()
    return case((row["jenis"] == word("ELEMEN"), func.json_build_array(row["kode"], type_=JSON)), else_=formula)


def level(row: Row, args: Args) -> ColumnElement[Any]:
    return array([word(t.name) for t in Level])[row["tingkat"]]


def counted_level(row: Row, args: Args) -> ColumnElement[Any]:
    """The level whose regions are counted for it; NULL where the figure is reported."""
    return array([word(t.name) for t in Level])[row["registri"]]


def aggregation(row: Row, args: Args) -> ColumnElement[Any]:
    """How the element adds up over time, in the contract's four words."""
    over_time = row["agregasi_waktu"]
    return case((over_time == "UNIK", word("TERAKHIR")), else_=over_time)


def choices(row: Row, args: Args) -> ColumnElement[Any]:
    return func.to_json(row["pilihan"])


def adds_up_whole(row: Row, args: Args) -> ColumnElement[Any]:
    """Whether its choices, when all are there, make the figure without it: an open breakdown may always lack one."""
    return row["menjumlah"] & ~row["terbuka"]


# ---------- code lists, and choices in words ----------

_HOLDS_ALWAYS = literal_column("'-infinity'::date", Date)
_TODAY = literal_column("current_date", Date)


def code_list(args: Args) -> Rows:
    """The version of a code list that holds on a day, by the list's code or another name of it, in letters of any size. A
    version holds from the day its file names, else from the day it was installed, the first one always."""
    h = KATALOG_HISTORY.alias()
    asked = args.bind("kode", TEXT, lambda text: "_".join(str(text).lower().replace("-", "_").split()))
    day = args.bind("pada", Date()) if args.has("pada") else _TODAY
    installed = case((h.c.versi == number(1), _HOLDS_ALWAYS), else_=cast(h.c.dipasang_pada, Date))
    since = func.coalesce(cast(h.c.isi["berlaku_sejak"].astext, Date), installed)
    other_names = cast(func.lower(cast(h.c.isi["alias"], Text)), JSONB)
    is_asked = (func.lower(h.c.kode) == asked) | func.jsonb_exists(other_names, asked)
    where = [h.c.jenis == word("DAFTAR_KODE"), is_asked, since <= day]
    return Rows(Row(h), where, [h.c.versi.desc()], limit=number(1))


def list_name(row: Row, args: Args) -> ColumnElement[Any]:
    return _in_list(row, "nama")


def list_source(row: Row, args: Args) -> ColumnElement[Any]:
    return _in_list(row, "sumber")


def list_entries(row: Row, args: Args) -> Rows:
    return _entries(row["isi"]["butir"])


def choices_in_words(row: Row, args: Args) -> Rows:
    return _entries(row["butir"])


def criteria(row: Row, args: Args) -> ColumnElement[Any]:
    return row["kriteria"]


def other_names(row: Row, args: Args) -> ColumnElement[Any]:
    return row["alias"]


def _entries(listed: ColumnElement[Any]) -> Rows:
    """Entries as the catalogue's files have them: {kode, nama, sensitif, alias[], definisi[{teks, kriteria[]}]}. The definition
    is that of the first source that gives one; the criteria are those of all sources, each once, headings left out."""
    entry = (
        func.jsonb_array_elements(listed).table_valued(column("butir", JSONB), with_ordinality="urut").render_derived()
    )
    b = entry.c.butir
    texts = func.jsonb_path_query_first(b, literal_column("'$.definisi[*].teks'::jsonpath"), type_=JSONB)
    c = (
        func.jsonb_path_query(b, literal_column("'$.definisi[*].kriteria[*]'::jsonpath"))
        .table_valued(column("syarat", JSONB), with_ordinality="urut")
        .render_derived()
    )
    text = _as_text(c.c.syarat)
    each_once = select(text.label("syarat"), func.min(c.c.urut).label("urut")).where(~text.endswith(":")).group_by(text)
    lines = each_once.correlate_except(c).subquery()
    all_lines = func.json_agg(aggregate_order_by(lines.c.syarat, lines.c.urut))
    rows = (
        select(
            b["kode"].astext.label("kode"), b["nama"].astext.label("nama"), _as_text(texts).label("definisi"),
            select(func.coalesce(all_lines, cast(word("[]"), JSON), type_=JSON())).correlate_except(lines).scalar_subquery().label("kriteria"),
            cast(b["alias"], JSON).label("alias"), cast(b["sensitif"], Integer).label("sensitif"), entry.c.urut,
            cast(b["jendela"][0], Integer).label("dari_tanggal"), cast(b["jendela"][1], Integer).label("sampai_tanggal"),
        )
        .correlate_except(entry)
        .subquery()
    )  # fmt: skip
    return Rows(Row(rows), (), [rows.c.urut])


def _in_list(row: Row, key: str) -> ColumnElement[Any]:
    value: ColumnElement[Any] = row["isi"][key].astext
    return value


def _as_text(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """The text of a JSON string."""
    return value.op("#>>", return_type=Text())(literal_column("'{}'::text[]"))
