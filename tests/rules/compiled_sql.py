"""Compiled statements, taken apart: what each select in them joins, and in which order rows come together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.project_files import tables

# views of one table each, or of two with one key, which carry its kode_kab
_VIEWS = {
    "angka_terbaca", "angka_riwayat_terbaca", "angka_tertulis_terbaca", "angka_tertulis_riwayat_terbaca", "sumber_daya_terbaca",
    "wksbm_terbaca", "tahap_wksbm_terbaca",
    "rekap_nilai_terbaca", "rekap_total_terbaca", "rekap_temuan_terbaca", "rekap_revisi_terbaca",
}  # fmt: skip
CARRIERS = {t.name for t in tables().values() if "kode_kab" in t.c} | _VIEWS

# Joins of two tables that carry kode_kab which need not be on it, with the reason.
_MAY_CROSS = {
    r"\b(\w+)\.kode_induk = \w+\.kode AND \1\.tingkat = 2\b": "from a province to its kabupaten, each a place of its own",
    r"\b\w+\.ke_kab = \w+\.kode_kab\b": "goods under way stand with their sender; the receiver finds them by its own code",
}
_ORDERED = {"string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "xmlagg"}
_TEXT_OR_REMARK = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
_SOURCE = re.compile(r"(?:\bFROM|\bJOIN|,)\s+(?:LATERAL\s+)?(\w+|\(§\d+\))(?![\w.(])(?:\s+(?:AS\s+)?([a-z]\w*)\b)?")
_SELECT = re.compile(r"\s*(?:SELECT|WITH|\(§\d+\)\s+(?:UNION|EXCEPT|INTERSECT))\b")
_UNION = re.compile(r"\b(?:UNION|EXCEPT|INTERSECT)\b(?:\s+ALL)?")


@dataclass(eq=False)
class Select:
    """One select of a statement. `text`: without the selects inside it, which are (§number); `bare`: without anything in
    parentheses; `before`: what stands before it; `sources`: alias (or name) → table or (§number)."""

    text: str
    bare: str
    before: str
    number: int
    outer: "Select | None" = None
    sources: dict[str, str] = field(default_factory=dict)

    def source(self, alias: str) -> str | None:
        """What that alias is of, here or around."""
        if alias in self.sources:
            return self.sources[alias]
        return self.outer.source(alias) if self.outer is not None else None


def joins_without_kode_kab(sql: str) -> list[str]:
    """Tables that carry kode_kab, stand beside another that carries it or hang on a row of one, and are not found by theirs."""
    made, _ = _taken_apart(sql)
    found = []
    for select in made:
        for alias, table in select.sources.items():
            if table not in CARRIERS or _by_kode_kab(select.text, alias):
                continue
            others = set(re.findall(r"\b([a-z]\w*)\.\w", select.text)) - {alias}
            beside = sorted(a for a in others if _carries(a, select, made))
            if beside and not any(re.search(p, select.text) for p in _MAY_CROSS):
                found.append(f"{table} {alias} beside {', '.join(beside)}: {select.text.strip()}")
    return found


def orders_by_habit(sql: str) -> list[str]:
    """Orders that hold by habit only: of what is selected from, and of what is put together by an aggregate that has none."""
    made, unordered = _taken_apart(sql)
    lost = [
        f"ordered for nothing: {s.text.strip()}"
        for s in made
        if re.search(r"(?:\b(?:FROM|JOIN|LATERAL|AS|MATERIALIZED)|,)\s*$", s.before)
        and re.search(r"\bORDER BY\b", s.bare)
        and not re.search(r"\bLIMIT\b|\bDISTINCT ON\b", s.bare)
    ]
    return lost + [f"put together in no order: {a}" for a in unordered]


def _by_kode_kab(text: str, alias: str) -> bool:
    same = rf"\b{alias}\.kode_kab = (?!{alias}\.)\S|[\w)] = {alias}\.kode_kab\b|\bUSING \(kode_kab\b"
    return re.search(same, text) is not None


def _carries(alias: str, select: Select, made: list[Select]) -> bool:
    """Whether rows of that alias have a kode_kab: of a table, of a subselect, of a WITH."""
    source = select.source(alias)
    if source is None or source in CARRIERS:
        return source is not None
    named = re.compile(rf"\b{source} AS (?:MATERIALIZED )?\s*$")
    # also by another name: the kabupaten of a link's end
    return any(
        re.search(r"_kab\b", s.text)
        for s in made
        if source == f"(§{s.number})" or (source.isidentifier() and named.search(s.before))
    )


def _taken_apart(sql: str) -> tuple[list[Select], list[str]]:
    """Every select, and every aggregate that puts rows together without saying in which order."""
    made: list[Select] = []
    unordered: list[str] = []
    frames = [("", "")]  # text, bare
    for part in re.split(r"([()])", _TEXT_OR_REMARK.sub("''", sql)):
        if part == "(":
            frames.append(("", ""))
        elif part == ")":
            text, bare = frames.pop()
            before, before_bare = frames[-1]
            if _SELECT.match(text):
                number = len(made)
                made += _selects(text, bare, before, number)
                shown = f"(§{number})"
            else:
                shown = f"({text})"
                name = re.search(r"(\w+)\s*$", before)
                if name is not None and name[1] in _ORDERED and not re.search(r"\bORDER BY\b", bare):
                    unordered.append(f"{name[1]}{shown}")
            frames[-1] = before + shown, f"{before_bare}(…)"
        else:
            text, bare = frames[-1]
            frames[-1] = text + part, bare + part
    ((text, bare),) = frames
    made += _selects(text, bare, "", len(made))
    around = {int(number): select for select in made for number in re.findall(r"§(\d+)", select.text)}
    for select in made:
        select.outer = around.get(select.number)
    return made, unordered


def _selects(text: str, bare: str, before: str, number: int) -> Iterator[Select]:
    """One for each side of a union; they have the number in common."""
    for side, bare_side in zip(_UNION.split(text), _UNION.split(bare), strict=True):
        yield Select(side, bare_side, before, number, sources={a or s: s for s, a in _SOURCE.findall(side)})
