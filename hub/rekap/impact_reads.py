"""Rows of what a revision does to totals: `dampak`. Both sides are what `agregat` answers the caller, by its own statement: once over
the figures there are, once over the same with the kabupaten's own as they would be. So nobody is told more by it than by that.

Who does not reach the province reads its total from the released layer. Of what is open to all that is the sum of all kabupaten,
theirs among them. Of anything else it is the total that was released, and what it would be is that with the kabupaten's own
change, known to the kabupaten, added; only where the released total was made of the figure that the kabupaten has in force now.
Where it cannot be told so, there is no row.
"""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Subquery, and_, select, union_all

from hub.angka.agregat import COLUMNS, agregat_source, agregat_sql
from hub.angka.history import TableNames, table_names
from hub.angka.statements import NewAngkaRow
from hub.base.kode import Level
from hub.base.questions import periode_ends
from hub.katalog.katalog import Katalog
from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.sql_text import Binds, Names, names, sql_rows
from hub.plan.types import DATES, TEXT, TEXTS, TIME
from hub.plan.words import number
from hub.rekap.impact import CameIntoForce, IfApproved, may_change

_LEVELS = (Level.KABUPATEN, Level.PROVINSI)
_AS_NOW = table_names(None)


def if_it_counted(found: IfApproved) -> Callable[[Args], Rows]:
    """Totals that would change, of the kabupaten and its province."""

    def build(args: Args) -> Rows:
        shared = _asked(args, found.elemen, list(found.figures))
        more = {
            "kab": args.constant(found.kode_kab, TEXT),
            "prov": args.constant(found.kode_kab[:2], TEXT),
            "terbuka": args.constant(list(found.open_to_all), TEXTS),
            "ganti": args.constant(_new_figures(found), TEXT),
        }
        sides = []
        for level in _LEVELS:
            here = {**shared, "wilayah": more["kab" if level is Level.KABUPATEN else "prov"]}
            instead = _if_it_counted(names({**here, **more}))
            sides.append((_figures(here, _AS_NOW, level), _figures({**here, **more}, instead, level), level))
        return _changed(sides)

    return build


def as_it_came(found: CameIntoForce, katalog: Katalog) -> Callable[[Args], Rows]:
    """Totals that changed when it came into force."""

    def build(args: Args) -> Rows:
        shared = _asked(args, *may_change(found.key, katalog))
        sides = []
        for level in _LEVELS:
            wilayah = found.key.kode_kab if level is Level.KABUPATEN else found.key.kode_kab[:2]
            here = {**shared, "wilayah": args.constant(wilayah, TEXT)}
            before, after = (
                agregat_source({**here, "pada": args.constant(at, TIME)}, level, detailed=False)
                for at in (found.at - timedelta(microseconds=1), found.at)
            )
            sides.append((before, after, level))
        return _changed(sides)

    return build


def _asked(args: Args, elemen: Sequence[str], periods: Sequence[str]) -> dict[str, Any]:
    return {
        "elemen": args.constant(list(elemen), TEXTS),
        "periode": args.constant(list(periods), TEXTS),
        "akhir": args.constant(periode_ends(list(periods)), DATES),
        "dimensi": args.constant("", TEXT),
    }


def _new_figures(found: IfApproved) -> str:
    def is_total(r: NewAngkaRow) -> bool:
        return r.tingkat == Level.KABUPATEN and not r.dimensi

    rows = [
        {"elemen": r.elemen, "periode": p, "nilai": None if r.nilai is None else str(r.nilai), "status": r.status}
        for p, figures in found.figures.items()
        for r in figures
        if is_total(r)
    ]
    return orjson.dumps(rows).decode()


def _changed(sides: Sequence[tuple[Subquery, Subquery, Level]]) -> Rows:
    rows = union_all(
        *(
            select(
                new.c.kode_kab, new.c.kode, new.c.acuan, new.c.elemen, new.c.periode, new.c.urut_elemen, new.c.urut_periode,
                number(level).label("tingkat"), old.c.nilai.label("lama"), new.c.nilai.label("baru"),
            )
            .select_from(
                old.join(
                    new,
                    and_(*(old.c[k] == new.c[k] for k in ("kode_kab", "kode", "elemen", "periode"))),
                )
            )
            .where(old.c.nilai.is_distinct_from(new.c.nilai))
            for old, new, level in sides
        )
    ).subquery()  # fmt: skip
    return Rows(Row(rows, rows.c.acuan), (), [rows.c.urut_elemen, rows.c.urut_periode, rows.c.tingkat.desc()])


def _figures(binds: Binds, tables: TableNames, level: Level) -> Subquery:
    """What `agregat` answers over these tables."""
    statement = agregat_sql(names(binds), tables, level, detailed=False)
    named = set(re.findall(r":(p\d+)\b", statement))
    return sql_rows(statement, {k: b for k, b in binds.items() if b.key in named}, COLUMNS)


_FIGURE = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, sejak"
_RELEASED = f"{_FIGURE}, kelengkapan, terisi"


def _if_it_counted(n: Names) -> TableNames:
    own_asked, own_open, total = _own(n, n.elemen), _own(n, n.terbuka), _total(n)
    kab = f"CAST({n.kab} AS text)"
    own_new = f"""SELECT {kab}, b.elemen, b.periode, {Level.KABUPATEN:d}::smallint, '', {kab}, '{{}}'::jsonb, b.nilai, b.status,
    NULL::timestamptz"""
    figures = f"""(
  SELECT {_FIGURE} FROM angka_terbaca a WHERE NOT ({own_asked})
  UNION ALL {own_new} FROM {_new(n)})"""
    released = f"""(
  SELECT {_RELEASED} FROM angka_rilis a WHERE NOT ({own_open}) AND NOT ({total})
  UNION ALL {own_new}, NULL, NULL FROM {_new(n)}
    WHERE b.elemen = ANY(CAST({n.terbuka} AS text[])) OR {_nothing_shown(n)}
  UNION ALL {_total_and_own_change(n)})"""
    return TableNames(figures, _AS_NOW.angka_tertulis, _AS_NOW.kelengkapan, released)


def _asked_for(n: Names, elemen: str) -> str:
    return (
        f"a.dimensi = '' AND a.periode = ANY(CAST({n.periode} AS text[])) AND a.elemen = ANY(CAST({elemen} AS text[]))"
    )


def _own(n: Names, elemen: str) -> str:
    return f"a.kode_kab = {n.kab} AND a.tingkat = {Level.KABUPATEN:d} AND {_asked_for(n, elemen)}"


def _total(n: Names) -> str:
    return f"a.kode_kab = {n.prov} AND a.tingkat = {Level.PROVINSI:d} AND {_asked_for(n, n.elemen)}"


def _new(n: Names) -> str:
    return f"jsonb_to_recordset(CAST({n.ganti} AS jsonb)) AS b(elemen text, periode text, nilai numeric, status text)"


def _nothing_shown(n: Names) -> str:
    """Whether nothing of it is shown of any kabupaten yet."""
    return f"""NOT EXISTS (SELECT FROM wilayah w JOIN angka_rilis x ON x.kode_kab = w.kode_kab
      WHERE w.kode_induk = {n.prov} AND w.tingkat = {Level.KABUPATEN:d} AND x.elemen = b.elemen AND x.periode = b.periode)"""


def _total_and_own_change(n: Names) -> str:
    """Released totals of the province with the kabupaten's own change added, where they were made of its figure as it is now."""
    own = f"""k.kode_kab = {n.kab} AND k.elemen = a.elemen AND k.periode = a.periode AND k.tingkat = {Level.KABUPATEN:d}
      AND k.dimensi = '' AND k.kode_wilayah = {n.kab}"""
    columns = ", ".join(f"a.{c}" if c != "nilai" else "a.nilai + s.selisih" for c in _RELEASED.split(", "))
    return f"""SELECT {columns} FROM angka_rilis a
  LEFT JOIN {_new(n)} ON b.elemen = a.elemen AND b.periode = a.periode
  LEFT JOIN LATERAL (SELECT k.nilai FROM angka_terbaca k WHERE {own}) kini ON true
  LEFT JOIN LATERAL (
    SELECT k.nilai FROM (
      SELECT *, 'infinity'::timestamptz AS sampai FROM (SELECT {_FIGURE} FROM angka_terbaca) t
      UNION ALL SELECT {_FIGURE}, sampai FROM angka_riwayat_terbaca
    ) k WHERE {own} AND k.sejak <= a.sejak AND k.sampai > a.sejak
  ) dahulu ON true
  CROSS JOIN LATERAL (
    SELECT CASE WHEN dahulu.nilai IS NOT DISTINCT FROM kini.nilai THEN coalesce(b.nilai, 0) - coalesce(kini.nilai, 0) ELSE 0 END AS selisih
  ) s
  WHERE {_total(n)}"""
