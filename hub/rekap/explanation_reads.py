"""Rows of the proof of a figure: the figure itself, the revisions it is made of, who is missing, and a fingerprint of it all.

The figure comes from where `agregat` and `indikator` have it, by what was asked of them, so the proof shows to nobody what they do
not show. Where it is closed to the caller, so are all its parts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import (
    CTE,
    BindParameter,
    Date,
    DateTime,
    Integer,
    Numeric,
    Subquery,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import TextualSelect
from sqlalchemy.types import TypeEngine

from hub.angka.agregat import agregat_source
from hub.angka.history import table_names
from hub.angka.indikator import indikator_source
from hub.angka.reads import AgregatLookups
from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.questions import periode_ends, valid_kode
from hub.db.metadata import KodeText, TextC
from hub.katalog.questions import answered_here, known_choice, known_dimensions, known_elemen_or_indikator
from hub.plan.arguments import Args, Known
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.sql_text import Binds, names, sql_clause
from hub.plan.types import DATES, TEXT, TEXTS, TIME
from hub.plan.words import number, word
from hub.rekap.explanation import expected_units, needed_of_element, parts_of
from hub.rekap.explanation_fingerprint import FIGURE_OF_ELEMENT, FIGURE_OF_INDICATOR, told
from hub.rekap.explanation_indikator import (
    ACHIEVEMENT,
    MEAN,
    RATIO,
    expected_of_indicator,
    needed_of_indicator,
    sentences_of_indicator,
)
from hub.rekap.explanation_words import SENTENCES, sentences_of_element
from hub.rekap.history import rekap_as_of
from hub.rekap.tables import REKAP
from hub.wilayah.reads import in_force_on, name_on
from hub.wilayah.tables import WILAYAH


@dataclass(frozen=True, slots=True)
class Variant:
    """Which of the statements answers: the level of the region asked for, and how an indicator is explained (None: an element is
    asked for)."""

    level: Level
    kind: str | None


_SENTENCES = orjson.dumps(dict(SENTENCES)).decode()
_KINDS = {"CAPAIAN_NAIK": ACHIEVEMENT, "CAPAIAN_TURUN": ACHIEVEMENT, "RERATA": MEAN}


def variant(args: Args, katalog: Known) -> Variant:
    """Raises InvalidInputError where an indicator is asked for with a breakdown it has not, or without the one that it needs."""
    kode, elemen = args.now("wilayah"), args.now("elemen")
    level = kode_wilayah.level_of(kode) if kode_wilayah.is_valid(kode) else Level.DESA
    computed = None if katalog is None else katalog.kinds_of_indikator().get(elemen)
    if computed is None:
        return Variant(level, None)
    kind = _KINDS.get(computed, RATIO)
    if args.has("rincian") is not (kind == ACHIEVEMENT):
        raise InvalidInputError(
            'Sebut indikator yang dicapai: rincian: [{rincian: "indikator", pilihan: "I01"}].'
            if kind == ACHIEVEMENT
            else "Indikator ini tidak mempunyai rincian; tanyakan tanpa rincian, atau tanyakan elemennya."
        )
    return Variant(level, kind)


_PARTS: dict[str, TypeEngine[Any]] = {
    "kode_kab": KodeText(), "kode": KodeText(), "elemen": KodeText(), "formulir": KodeText(), "dimensi": KodeText(), "rincian": JSONB(),
    "sisi": KodeText(), "urut": Integer(), "periode": KodeText(), "revisi": Integer(), "selesai": Date(), "nilai": Numeric(),
    "status": KodeText(), "acuan": Date(), "tertulis": Numeric(), "disetujui_pada": DateTime(timezone=True), "sidik": KodeText(),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What the fields of one proof are read from. `figure`: the row of `agregat` or of `indikator`; `parts`, `missing`: of `asal` (and, without
    a revision, what registers count) and `belumAda`; `as_of`: the time as of which it was asked; `lookups`: what fields of a row of `agregat` look up."""

    figure: CTE
    parts: CTE
    missing: CTE
    as_of: BindParameter[Any] | None
    lookups: AgregatLookups | None


def proof(args: Args) -> Rows:
    """The proof of one figure; no row where the region is not in force on the period's last day."""
    binds = {**_binds(args), "kalimat": args.constant(_SENTENCES, TEXT)}
    asked: Variant = args.variant
    n = names(binds)
    if asked.kind is None:
        found = _of_element(binds, asked.level)
        statement = told(n, sentences_of_element(n, asked.level), FIGURE_OF_ELEMENT)
    else:
        found = _of_indicator(binds, asked.level, asked.kind)
        statement = told(n, sentences_of_indicator(n, asked.level, asked.kind), FIGURE_OF_INDICATOR)
    ctes = (found.figure, found.parts, found.missing)
    root = _text(statement, binds, {"acuan": Date(), "cara": Text(), "sidik": KodeText()}).add_cte(*ctes).subquery()
    return Rows(Row(root, root.c.acuan, beside=found))


def _binds(args: Args) -> dict[str, BindParameter[Any]]:
    binds = {
        "wilayah": args.bind_checked("wilayah", TEXT, answered_here(valid_kode)),
        "elemen": args.bind_checked("elemen", TEXTS, known_elemen_or_indikator),
        "periode": args.bind("periode", TEXTS, lambda p: [p]),
        "akhir": args.bind("periode", DATES, lambda p: periode_ends([p])),
        "dimensi": args.bind_checked("rincian", TEXT, lambda c, k: known_dimensions([x.rincian for x in c or ()], k)),
        "bagian": args.bind("periode", TEXTS, lambda p: [str(x) for x in within(p)]),
        "mulai": args.bind("periode", DATES, lambda p: [x.first_day for x in within(p)]),
        "selesai": args.bind("periode", DATES, lambda p: [x.last_day for x in within(p)]),
    }
    if args.has("rincian"):
        binds["rincian"] = args.bind_checked("rincian", TEXT, known_choice)
    if args.has("pada"):
        binds["pada"] = args.bind("pada", TIME)
    return binds


def within(text: str) -> list[Periode]:
    """A period and all that lie within it."""
    found = [Periode.read(text)]
    for p in found:
        found += p.parts
    return found


def _of_element(binds: Binds, level: Level) -> Proof:
    n, t, detailed = names(binds), table_names(binds.get("pada")), "rincian" in binds
    asked = {k: b for k, b in binds.items() if k not in _NOT_OF_FIGURES}
    figure = select(agregat_source(asked, level, detailed=detailed)).cte("jelas_baris")
    lookups = AgregatLookups(asked, level, detailed)
    needed, expected = needed_of_element(n, level), expected_units(n, level)
    return _proof(binds, figure, parts_of(n, t, level, needed), expected, lookups)


def _of_indicator(binds: Binds, level: Level, kind: str) -> Proof:
    n, t = names({**binds, "kode": binds["elemen"]}), table_names(binds.get("pada"))
    not_asked = (*_NOT_OF_FIGURES, "elemen", "dimensi", "rincian")
    rows = indikator_source({"kode": binds["elemen"], **{k: b for k, b in binds.items() if k not in not_asked}}, level)
    chosen = [rows.c.rincian == cast(binds["rincian"], JSONB)] if kind == ACHIEVEMENT else []
    figure = select(rows).where(*chosen).cte("jelas_baris")
    needed, expected = needed_of_indicator(n, t, level, kind), expected_of_indicator(n, level, kind)
    return _proof(binds, figure, parts_of(n, t, level, needed), expected, None)


_NOT_OF_FIGURES = ("bagian", "mulai", "selesai", "kalimat")


def _proof(binds: Binds, figure: CTE, parts: str, expected: str, lookups: AgregatLookups | None) -> Proof:
    """`parts`, `expected`: selects of what there may be of `asal` and `belumAda`."""
    shown = _shown(_text(parts, binds, _PARTS).subquery(), figure)
    units = _text(expected, binds, {"kode_kab": KodeText()}).subquery()
    missing = (
        select(units.c.kode_kab, figure.c.acuan)
        .select_from(units.join(figure, true()))
        .where(~exists(select(shown.c.kode_kab).where(shown.c.kode_kab == units.c.kode_kab)))
        .cte("jelas_belum")
    )
    return Proof(figure, shown, missing, binds.get("pada"), lookups)


def _shown(parts: Subquery, figure: CTE) -> CTE:
    """The parts as the caller may see them: of a closed figure none is open."""
    is_closed = figure.c.status == word("DISUPRESI")
    province = WILAYAH.alias()
    office = (
        select(name_on(province, parts.c.selesai))
        .where(
            province.c.kode_kab == func.left(parts.c.kode_kab, number(2)),
            province.c.kode == func.left(parts.c.kode_kab, number(2)),
            in_force_on(province, parts.c.selesai),
        )
        .limit(number(1))
        .correlate_except(province)
        .scalar_subquery()
    )
    masked = {
        "nilai": case((~is_closed, parts.c.nilai)),
        "tertulis": case((~is_closed, parts.c.tertulis)),
        "status": type_coerce(case((is_closed, word("DISUPRESI")), else_=parts.c.status), KodeText()),
    }
    name = func.coalesce(office, func.left(parts.c.kode_kab, number(2)))
    return (
        select(
            *(masked[c.name].label(c.name) if c.name in masked else c for c in parts.c),
            cast(word("Dinas Sosial Provinsi ", Text).concat(name), Text).label("disetujui_oleh"),
        )
        .select_from(parts.join(figure, true()))
        .cte("jelas_asal")
    )


def _text(statement: str, binds: Binds, columns: Mapping[str, TypeEngine[Any]]) -> TextualSelect:
    """The text as a select, with those of the parameters that it names."""
    named = set(re.findall(r":(p\d+)\b", statement))
    return sql_clause(statement, {k: b for k, b in binds.items() if b.key in named}).columns(**columns)


# ---------- of a proof, and of one part ----------


def figure_of_element(row: Row, args: Args) -> Rows | None:
    found: Proof = row.beside
    return None if found.lookups is None else Rows(Row(found.figure, found.figure.c.acuan, beside=found.lookups))


def figure_of_indicator(row: Row, args: Args) -> Rows | None:
    found: Proof = row.beside
    return None if found.lookups is not None else Rows(Row(found.figure, found.figure.c.acuan))


def parts(row: Row, args: Args) -> Rows:
    found: Proof = row.beside
    p = found.parts
    order = [p.c.kode_kab, p.c.sisi, p.c.elemen, cast(p.c.rincian, TextC), p.c.selesai]
    return Rows(Row(p, p.c.acuan, beside=found), [p.c.revisi.is_not(None)], order)


def missing(row: Row, args: Args) -> Rows:
    """The kabupaten themselves, as of the period's last day."""
    found: Proof = row.beside
    m, w = found.missing, WILAYAH.alias()
    at = select(m.c.kode_kab, m.c.acuan, *(c for c in w.c if c.name != "kode_kab")).select_from(
        m.join(w, and_(w.c.kode_kab == m.c.kode_kab, w.c.kode == m.c.kode_kab, in_force_on(w, m.c.acuan)))
    )
    r = at.correlate_except(m, w).subquery()
    return Rows(Row(r, r.c.acuan), (), [r.c.kode])


office = link(WILAYAH, {"kode_kab": "kode"}, holds=in_force_on)
"""The kabupaten a part is of."""


def rekap_of_part(row: Row, args: Args) -> Rows:
    """Its rekap, as it stood at the time asked for."""
    found: Proof = row.beside
    r = REKAP.alias() if found.as_of is None else rekap_as_of(found.as_of)
    key = [r.c[k] == row[k] for k in ("kode_kab", "formulir", "periode")]
    return Rows(Row(r, func.hub_akhir(r.c.periode, type_=Date())), key)
