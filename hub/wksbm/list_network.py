"""The networks of a list: one row each, or one row for each of its members or activities. Pure.

A row that names no network goes on with the one above. Members and activities stand in columns of their own, or several in one cell:
"Mekar (Karang Taruna); Melati (PSM)", "pendataan 5-3-2021; 5a.1 12 Juni 2021".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from hub.base.region_names import name_key
from hub.base.temuan import ERROR
from hub.katalog.katalog import CodeListEntry
from hub.lembar.list_values import read_choice, read_dated, read_day, read_point, split_cell
from hub.lembar.written_row import WrittenRow
from hub.wilayah.region_list import RegionMatch
from hub.wksbm.draft import ActivityDraft, MemberDraft

_PHASES = {
    "PENUMBUHAN": "penumbuhan|tumbuh|tahap penumbuhan|fase penumbuhan",
    "PEMANTAPAN": "pemantapan|mantap|tahap pemantapan|fase pemantapan",
    "PENGEMBANGAN": "pengembangan|berkembang|tahap pengembangan|fase pengembangan",
}
_TEXTS = ("nama", "balai", "dokumen", "keterangan", "sumber", "id")
_KIND_BEHIND = re.compile(r"(?P<nama>.*\S)\s*\((?P<jenis>[^()]+)\)")
_PART_COLUMNS = frozenset(
    ("anggota", "jenis_anggota", "anggota_sejak", "anggota_sampai", "kegiatan", "tanggal_kegiatan", "uraian")
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class At(Generic[T]):
    """A part of a network, with the row and the column that told it."""

    part: T
    b: WrittenRow
    column: str


@dataclass(slots=True, eq=False)
class ListNetwork:
    """A network as its rows have it. `values`: texts and days by column, `first` where each was told first; `members`: `jenis` as
    written."""

    b: WrittenRow
    kab: str | None = None
    desa: RegionMatch | None = None
    rows: list[WrittenRow] = field(default_factory=list)
    values: dict[str, str | date] = field(default_factory=dict)
    first: dict[str, WrittenRow] = field(default_factory=dict)
    titik: tuple[float, float] | None = None
    members: list[At[MemberDraft]] = field(default_factory=list)
    activities: list[At[ActivityDraft]] = field(default_factory=list)

    def text(self, column: str) -> str | None:
        value = self.values.get(column)
        return value if isinstance(value, str) else None

    def day(self, column: str) -> date | None:
        value = self.values.get(column)
        return value if isinstance(value, date) else None


def goes_on(b: WrittenRow) -> bool:
    """Whether a row tells more of the network above: it names none, and has a member or an activity."""
    return not {"nama", "desa", "kode_desa", "id"} & b.labels.keys() & b.written.keys() and bool(
        _PART_COLUMNS & b.written.keys()
    )


def add_row(n: ListNetwork, b: WrittenRow, psks: Sequence[CodeListEntry]) -> None:
    n.rows.append(b)
    for column in _TEXTS:
        if column in b.written:
            _tell(n, b, column, b.written[column])
    for column in ("sejak", "sampai", "tahap_sejak"):
        if column in b.written and (day := read_day(b, column)) is not None:
            _tell(n, b, column, day)
    if "tahap" in b.written and (phase := read_choice(b, "tahap", _PHASES)) is not None:
        _tell(n, b, "tahap", phase)
    n.titik = n.titik or read_point(b)
    _members(n, b, psks)
    _activities(n, b)


def _tell(n: ListNetwork, b: WrittenRow, column: str, value: str | date) -> None:
    known = n.values.get(column)
    if known is None:
        n.values[column], n.first[column] = value, b
    elif known != value and not (isinstance(known, str) and name_key(known) == name_key(str(value))):
        message = (
            f'{b.labels.get(column, column)} jejaring ini "{value}", padahal "{known}" pada baris {n.first[column].baris}; samakan, atau '
            "tulis sekali saja."
        )
        b.add_finding("ISIAN_BERBEDA", ERROR, message, column, str(known))


def _members(n: ListNetwork, b: WrittenRow, psks: Sequence[CodeListEntry]) -> None:
    if "anggota" not in b.written:
        if "jenis_anggota" in b.written:
            b.add_finding("NAMA_KOSONG", ERROR, "Jenis anggota ditulis tanpa nama anggotanya; isi namanya.", "anggota")
        return
    since = read_day(b, "anggota_sejak") if "anggota_sejak" in b.written else None
    until = read_day(b, "anggota_sampai") if "anggota_sampai" in b.written else None
    kind = b.written.get("jenis_anggota")
    for item in (b.written["anggota"],) if kind else split_cell(b, "anggota"):
        name, own = item, kind
        if own is None and (match := _KIND_BEHIND.fullmatch(item)):
            name, own = match["nama"], match["jenis"]
        own = own or _kind_in(name, psks)
        if own is None:
            message = f'Jenis anggota "{name}" tidak ditulis; isi kolom Jenis Anggota, atau tulis jenisnya dalam kurung: "{name} (Karang Taruna)".'
            b.add_finding("ANGGOTA_TANPA_JENIS", ERROR, message, "anggota")
            continue
        member = MemberDraft(name, own, since, until)
        if all(m.part != member for m in n.members):
            n.members.append(At(member, b, "anggota"))


def _kind_in(name: str, psks: Sequence[CodeListEntry]) -> str | None:
    """The kind with which the name of a group begins: "Karang Taruna Mekar"."""
    words = name.casefold().split()
    begun = [
        (len(spelled), e.kode)
        for e in psks
        for spelled in (s.casefold().split() for s in (e.nama, *e.alias))
        if words[: len(spelled)] == spelled
    ]
    return max(begun)[1] if begun else None


def _activities(n: ListNetwork, b: WrittenRow) -> None:
    if "kegiatan" not in b.written:
        if "tanggal_kegiatan" in b.written or "uraian" in b.written:
            b.add_finding("KEGIATAN_KOSONG", ERROR, "Kegiatannya tidak ditulis; isi kolom Kegiatan.", "kegiatan")
        return
    told = b.written.get("uraian")
    if "tanggal_kegiatan" in b.written:
        day = read_day(b, "tanggal_kegiatan")
        if day is not None:
            _add_activity(n, b, ActivityDraft(day, b.written["kegiatan"], told))
        return
    without = []
    for item in split_cell(b, "kegiatan"):
        dated = read_dated(item)
        if dated is None or dated.approximate:
            without.append(item)
        else:
            _add_activity(n, b, ActivityDraft(dated.day, dated.what, told))
    if without:
        message = (
            f"Tanggal kegiatan {'; '.join(without)[:200]} tidak ditulis; isi kolom Tanggal Kegiatan, atau tulis tanggal lengkapnya di "
            "belakang kegiatannya."
        )
        b.add_finding("KEGIATAN_TANPA_TANGGAL", ERROR, message, "kegiatan")


def _add_activity(n: ListNetwork, b: WrittenRow, activity: ActivityDraft) -> None:
    if all(a.part != activity for a in n.activities):
        n.activities.append(At(activity, b, "kegiatan"))
