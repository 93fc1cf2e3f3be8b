"""The rows of a table of figures: which region each is of, which of them state totals and of what, which say nothing. Pure.

A region is meant by its code, by its name, with its kecamatan where that is said in a column or in a section row above. A row that
begins with "Jumlah", "Total", "Sub Total" states totals: of the kecamatan it names or stands under, else of the reporter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.region_names import level_of_prefix, without_prefix
from hub.lembar.table import Row, Table
from hub.rekap.draft import Place
from hub.rekap.file_columns import PlacedColumns
from hub.rekap.file_words import OF_REGIONS, ColumnUse
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch

_CODE = re.compile(r"\d{2}(?:[.\s-]?\d{2}(?:[.\s-]?\d{2}(?:[.\s-]?\d{4})?)?)?", re.ASCII)
_CODE_AND_NAME = re.compile(
    r"(?P<kode>\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?|\d{6}|\d{10})\s*[-:/.]?\s+(?P<nama>\D.*)", re.ASCII
)
_DIGITS = re.compile(r"[\d.\s-]+", re.ASCII)
_NUMBERED = re.compile(r"\s*\(?\d{1,3}\s*[.)]\s*(?=[^\d\s.)])")
_LOOSELY_NUMBERED = re.compile(r"\s*\d{1,3}(?:\s+(?=[^\d\s])|\s*[.)]\s+(?=\d))")
_SECTION_MARK = re.compile(r"\s*(?:[A-Za-z]|[IVXivx]{1,5}|\d{1,3})\s*[.)]\s*(?=\S)")
_TOTAL = re.compile(
    r"\W*(?P<sub>sub\W*)?(?P<grand>grand\W*)?(?:t\W{0,3}o\W{0,3}t\W{0,3}a\W{0,3}l|j\W{0,3}u\W{0,3}m\W{0,3}l\W{0,3}a\W{0,3}h|jml)\b\W*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_ALL = re.compile(
    r"(?:(?:total|jumlah|keseluruhan|seluruh(?:nya)?|semua|umum|besar|akhir|kab(?:upaten)?|kota|kab(?:upaten)?\W+kota|se\W?kab(?:upaten)?|provinsi|prov)"
    r"\b\W*)+(?:.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMELESS = re.compile(r"[\W_\d]*|[A-Za-z]|[IVXivx]{1,5}|(?:per\s+)?(?:kecamatan|kec|bagian|sub)\.?", re.IGNORECASE)
_RATES = re.compile(r"\W*(?:rata\W{0,3}rata|persen(?:tase)?|prosentase)\b", re.IGNORECASE)


class RowKind(StrEnum):
    FIGURES = "ANGKA"
    TOTAL = "JUMLAH"
    RATE = "RATA_RATA"  # means and shares: they say nothing new
    SKIPPED = "DIABAIKAN"  # by a mapping


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """`place`: the region as written; `written`: the same in one text; `total`: of a row of totals, the region they are of: a code
    or a name, None: the reporter; `unclear`: it is a row of totals and nothing says of what."""

    row: Row
    kind: RowKind
    place: Place
    written: str
    total: str | None = None
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class RowMapping:
    """What a row is, by the word of who sent the file: the code of its region, or that it is left out."""

    wilayah: str | None
    left_out: bool = False


@dataclass(slots=True)
class _Sums:
    """What rows of totals have closed so far. `since`: regions of the rows since the last one."""

    since: list[Place] = field(default_factory=list)
    closed: set[tuple[str, ...]] = field(default_factory=set)
    sections: set[tuple[str, ...]] = field(default_factory=set)


def place_rows(
    table: Table,
    columns: PlacedColumns,
    regions: RegionList | None = None,
    mapped: Mapping[str, RowMapping] | None = None,
) -> list[PlacedRow]:
    """`regions`: of the reporter, where they are known; `mapped`: row as written (`row_key`) → what it is."""
    mapped = mapped or {}
    placed: list[PlacedRow] = []
    sums = _Sums()
    rows = [r for r in table.rows if any(c.strip() for c in r.cells)]
    above: str | None = None  # the last kecamatan that a row named
    for at, row in enumerate(rows):
        label = _label(row, columns)
        place = _place(row, columns, regions)
        if place.kecamatan is None and place.kode is None:
            place = _with_parent(place, row, above, regions)
        elif place.kecamatan is not None:
            above = place.kecamatan
        own = (mapped.get(row_key(label)) or mapped.get(row_key(str(place)))) if mapped else None
        if own is not None and (own.left_out or own.wilayah is not None):
            kind = RowKind.SKIPPED if own.left_out else RowKind.FIGURES
            placed.append(PlacedRow(row, kind, Place(kode=own.wilayah), label))
        elif (total := _TOTAL.match(label)) is not None:
            named = PlacedRow(row, RowKind.TOTAL, place, label)
            placed.append(_total(named, total, sums, regions, is_last=at == len(rows) - 1))
            sums.since.clear()
            continue
        elif _RATES.match(label) and not _is_region(place, regions):
            placed.append(PlacedRow(row, RowKind.RATE, place, label))
            continue
        else:
            placed.append(PlacedRow(row, RowKind.FIGURES, place, label))
        sums.since.append(placed[-1].place)
        sums.sections.add(row.sections)
    return placed


def row_key(text: str) -> str:
    """A row's words as they are compared and remembered: without its number, capitals and repeated spaces."""
    return " ".join(_NUMBERED.sub("", text).casefold().split())


# ---------- which region ----------


def _label(row: Row, columns: PlacedColumns) -> str:
    """What a row says of itself: its first words, in a column of regions or before them."""
    of_regions = [c.place for c in columns.columns if c.meaning.use in OF_REGIONS]
    figures = {c.place for c in columns.of(ColumnUse.ELEMEN, ColumnUse.NILAI)}
    before = range(min(figures, default=len(row.cells)))
    words = []
    for i in sorted({*of_regions, *before}):
        text = row.cells[i].strip() if i < len(row.cells) else ""
        if text and i not in figures and not (i not in of_regions and _DIGITS.fullmatch(text)):
            words.append(text)
    total = next((w for w in words if _TOTAL.match(w) or _RATES.match(w)), None)
    if total is not None:
        return total
    named = [row.cells[i].strip() for i in of_regions if i < len(row.cells) and row.cells[i].strip()]
    return ", ".join(named or words[:1])


def _place(row: Row, columns: PlacedColumns, regions: RegionList | None) -> Place:
    kode = _cell(row, columns, ColumnUse.KODE_WILAYAH)
    name = _cell(row, columns, ColumnUse.NAMA_WILAYAH)
    kecamatan = _cell(row, columns, ColumnUse.NAMA_KECAMATAN)
    if kode is None and name is not None:
        kode, name = _code_in(name)
    elif kode is not None and name is None and not _DIGITS.fullmatch(kode):
        kode, name = _code_in(kode)  # a name in the column of codes
    return Place(
        kode=None if kode is None else _code(kode) or kode,
        name=None if name is None else _without_number(name, regions),
        kecamatan=None if kecamatan is None else _code(kecamatan) or _without_number(kecamatan, regions),
    )


def _cell(row: Row, columns: PlacedColumns, use: ColumnUse) -> str | None:
    column = columns.first(use)
    if column is None or column.place >= len(row.cells):
        return None
    return " ".join(row.cells[column.place].split()) or None


def _code_in(text: str) -> tuple[str | None, str | None]:
    """A code, a name, or both in one cell: "53.14.01.2005 Oeseli". Figures alone are a code, if a wrong one."""
    if _DIGITS.fullmatch(text):
        return text, None
    both = _CODE_AND_NAME.fullmatch(text)
    return (both["kode"], both["nama"]) if both is not None else (None, text)


def _code(text: str) -> str | None:
    """A code in any of its spellings, with dots."""
    if _CODE.fullmatch(text) is None:
        return None
    kode = kode_wilayah.dotted("".join(h for h in text if h.isdigit()))
    return kode if kode_wilayah.is_valid(kode) else None


def _without_number(name: str, regions: RegionList | None) -> str:
    """ "1. Tungganamo" → "Tungganamo"; "2 X 11 Kayu Tanam" and "35 Ilir" are names."""
    if not name[0].isdigit() and name[0] != "(":
        return name
    if regions is not None and _is_known(name, regions):
        return name
    if (bare := _NUMBERED.sub("", name, count=1)) != name:
        return bare
    bare = _LOOSELY_NUMBERED.sub("", name, count=1)
    return bare if bare != name and regions is not None and _is_known(bare, regions) else name


def _is_region(place: Place, regions: RegionList | None) -> bool:
    """Whether it is a region's by its code, or by a name that is one's."""
    if place.kode is not None:
        return kode_wilayah.is_valid(place.kode)
    return place.name is not None and regions is not None and _is_known(place.name, regions)


def _is_known(name: str, regions: RegionList) -> bool:
    return _match(regions, name, None) is not None


def _with_parent(place: Place, row: Row, above: str | None, regions: RegionList | None) -> Place:
    """With the kecamatan of its section; or of the rows above it, where the name alone may be several regions'."""
    if place.name is None:
        return place
    section = _kecamatan_of(row.sections, regions)
    if section is not None:
        return Place(place.kode, place.name, section)
    if above is None or regions is None or _is_known(place.name, regions):
        return place
    beside = _match(regions, place.name, above)
    return place if beside is None else Place(place.kode, place.name, above)


def _kecamatan_of(sections: Iterable[str], regions: RegionList | None) -> str | None:
    """The kecamatan that the sections a row stands under name, innermost first."""
    for text in reversed(tuple(sections)):
        bare = _SECTION_MARK.sub("", text, count=1).strip(" :-")
        if level_of_prefix(bare) == Level.KECAMATAN:
            return without_prefix(bare)
        if regions is not None:
            for name in (text, bare):
                match = _match(regions, f"Kec. {without_prefix(name)}", None)
                if match is not None and kode_wilayah.level_of(match.kode) is Level.KECAMATAN:
                    return match.nama
    return None


def _match(regions: RegionList, name: str, kecamatan: str | None) -> RegionMatch | None:
    try:
        match = regions.match_name(name, kecamatan)
    except NoMatchError:
        return None
    return match if match.deviation is None else None


# ---------- totals ----------


def _total(
    placed: PlacedRow, match: "re.Match[str]", sums: _Sums, regions: RegionList | None, *, is_last: bool
) -> PlacedRow:
    """A row of totals: of the region it names, the kecamatan it stands under or closes, else of the reporter."""
    rest, kecamatan = match["rest"].strip(" :.,-"), placed.place.kecamatan
    named = "" if match["grand"] or _NAMELESS.fullmatch(rest) else rest
    if named and (level_of_prefix(named) == Level.KECAMATAN or not _OF_ALL.fullmatch(named)):
        return replace(placed, total=named if level_of_prefix(named) is not None else f"Kec. {named}")
    if named or match["grand"]:
        return placed
    sections = placed.row.sections
    if kecamatan is not None and not _TOTAL.match(kecamatan) and not _DIGITS.fullmatch(kecamatan) and not sections:
        return replace(placed, total=f"Kec. {without_prefix(kecamatan)}")
    section = _kecamatan_of(sections, regions)
    others_open = any(s != sections and s not in sums.closed for s in sums.sections)
    if section is not None and sections not in sums.closed and not (is_last and others_open):
        sums.closed.add(sections)
        return replace(placed, total=f"Kec. {section}")
    if is_last and not match["sub"]:
        return placed
    closes = _one_kecamatan(sums.since, regions)
    return replace(placed, total=closes, unclear=closes is None and bool(sums.since))


def _one_kecamatan(places: Iterable[Place], regions: RegionList | None) -> str | None:
    """The code of the kecamatan that all these lie in."""
    found: set[str | None] = set()
    for place in places:
        kode = place.kode
        if kode is None and regions is not None and (place.name or place.kecamatan):
            match = _match(regions, place.name or "", place.kecamatan)
            kode = match.kode if match is not None else None
        if kode is None or not kode_wilayah.is_valid(kode):
            return None
        found.add(kode_wilayah.parent_of(kode) if kode_wilayah.level_of(kode) is Level.DESA else None)
    return found.pop() if len(found) == 1 else None
