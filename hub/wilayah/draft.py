"""Lines of a list of regions: which can be used, which cannot, and what an unusable one may have meant.

A list says by leaving out that a region is no more. So a line that cannot be used is not as if it were not there: the
region it meant must not look left out.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from hub.base import kode as kode_wilayah
from hub.base.region_names import name_key, official_name
from hub.wilayah.statements import WilayahRow

_DIGITS = (2, 2, 2, 4)
_SEPARATORS = re.compile(r"[\s.,;:/_-]+")
# what offices call the kinds of changes, in the words of their own lists
_KINDS = {
    "pemekaran": "pecah", "mekar": "pecah", "dimekarkan": "pecah", "pemecahan": "pecah", "penggabungan": "gabung",
    "digabung": "gabung", "bergabung": "gabung", "perpindahan": "pindah", "penambahan": "tambah", "baru": "tambah",
    "pembentukan": "tambah", "penghapusan": "hapus", "dihapus": "hapus", "perubahan_nama": "ganti_nama",
    "ubah_nama": "ganti_nama",
}  # fmt: skip
_FAILED_FORMULA = re.compile(r"#(REF|N/A|NAME|VALUE|DIV/0|NULL|NUM|GETTING_DATA)?[!?#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a list as it was read: line number, code, name. `cut`: the file ends in it, without an end of line; `where`: put
    before the number where the list has several tables."""

    number: int
    kode: str
    name: str
    cut: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of how a file was read: a hidden sheet, rows that are none of the list."""

    text: str


@dataclass(frozen=True, slots=True)
class RegionChange:
    """A line of a list of changes. `jenis`: tambah, hapus, pindah*, pecah, gabung, ganti_*; codes are empty where not meant, names where
    not written."""

    number: int
    jenis: str
    kode_lama: str
    kode_baru: str
    old_name: str = ""
    new_name: str = ""

    @property
    def links(self) -> bool:
        """Whether it says what became of a region."""
        return self.jenis in ("pecah", "gabung") or self.jenis.startswith("pindah")

    @property
    def ends(self) -> bool:
        """Whether the old region ends by it; one of which another is split off may go on."""
        return bool(self.kode_lama) and self.jenis != "pecah"

    @property
    def begins(self) -> bool:
        """Whether the new region begins by it; one that takes another in may have been there."""
        return bool(self.kode_baru) and self.jenis != "gabung"


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that cannot be used: its number, why, and the codes and the name it seems to hold."""

    number: int
    cause: str
    kode: tuple[str, ...] = ()
    name: str = ""
    file_label: str = ""  # put before the number where it is not the list itself: "perubahan "

    def message(self, known: Collection[str] = ()) -> str:
        """The finding; `known`: codes in force, of which the likely ones are suggested."""
        likely = [k for text in self.kode if not kode_wilayah.is_valid(text) for k in readings(text)]
        likely.sort(key=lambda k: k not in known)
        hint = f"; barangkali {likely[0]}" if likely else ""
        return f"{self.file_label}baris {self.number}: {self.cause}{hint}"


@dataclass(slots=True)
class ReadList:
    """A list after its lines were looked at: what it says by code, its unusable lines, how many lines there were."""

    rows: dict[str, WilayahRow] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # line numbers by code
    broken: list[BrokenLine] = field(default_factory=list)
    lines_read: int = 0
    last: ListLine | None = None  # a last line without an end
    remarks: list[str] = field(default_factory=list)


def check_list(lines: Iterable[ListLine | BrokenLine | Remark], valid_from: date) -> ReadList:
    """Sort the lines into regions in force from `valid_from` and lines that cannot be used."""
    read = ReadList()
    for line in lines:
        if isinstance(line, Remark):
            read.remarks.append(line.text)
            continue
        read.lines_read += 1
        if isinstance(line, BrokenLine):
            read.broken.append(line)
            continue
        code = kode_wilayah.dotted(line.kode)
        reason = _code_fault(line.kode, code) or _name_fault(line.name, code)
        if not reason and code in read.numbers:
            reason = f"{code}: kode kembar dalam berkas (juga baris {read.numbers[code]})"
        if reason:
            read.broken.append(BrokenLine(line.number, reason, (code,), line.name, line.where))
            continue
        level = int(kode_wilayah.level_of(code))
        read.numbers[code] = line.number
        read.rows[code] = WilayahRow(
            code, valid_from, level, kode_wilayah.kind_of(code), official_name(line.name, level)
        )
        read.last = line if line.cut else None
    return read


def check_changes(
    changes: Iterable[RegionChange | BrokenLine | Remark],
) -> tuple[list[RegionChange], list[BrokenLine], list[str]]:
    """Changes with their kind and codes in one spelling, the lines that cannot be used, and what else there is to say."""
    usable: list[RegionChange] = []
    broken: list[BrokenLine] = []
    remarks: list[str] = []
    for p in changes:
        if isinstance(p, Remark):
            remarks.append(p.text)
            continue
        if isinstance(p, BrokenLine):
            broken.append(p)
            continue
        kind = "_".join(re.findall(r"[^\s_-]+", p.jenis.casefold()))
        kind = _KINDS.get(kind, kind)
        old, new = kode_wilayah.dotted(p.kode_lama), kode_wilayah.dotted(p.kode_baru)
        reason = _change_fault(p.jenis, kind, old, new)
        if reason:
            codes = tuple(k for k in (old, new) if k)
            broken.append(BrokenLine(p.number, reason, codes, file_label="perubahan "))
        else:
            usable.append(RegionChange(p.number, kind, old, new, p.old_name, p.new_name))
    return usable, broken, remarks


def readings(text: str) -> list[str]:
    """Codes that a written one may stand for, the likeliest first: "11.1" → 11.10 (a spreadsheet took it for a number),
    11.01; "36. 03" → 36.03. Empty when nothing comes to mind."""
    visible = "".join(h for h in text if unicodedata.category(h)[0] != "C")
    joined = re.sub(r"(?<=\d)\.0$", "", visible.strip()) if visible.count(".") == 1 else visible
    for written in (joined, visible):
        code = kode_wilayah.dotted(".".join(p for p in _SEPARATORS.split(written) if p))
        if kode_wilayah.is_valid(code) and code != text:
            return [code]
    parts = [p for p in _SEPARATORS.split(visible) if p]
    if not parts or len(parts) > len(_DIGITS) or not all(p.isascii() and p.isdigit() for p in parts):
        return []
    if any(len(p) > width for p, width in zip(parts, _DIGITS, strict=False)):
        return []
    right = [*parts[:-1], parts[-1].ljust(_DIGITS[len(parts) - 1], "0")]
    left = [p.rjust(width, "0") for p, width in zip(parts, _DIGITS, strict=False)]
    return [k for k in dict.fromkeys((".".join(right), ".".join(left))) if kode_wilayah.is_valid(k)]


def may_mean(line: BrokenLine, missing: Mapping[str, str]) -> set[str] | None:
    """Which of the regions that the list leaves out {code: name} a broken line may have meant; None: it may be any."""
    found: set[str] = set()
    unreadable = not line.kode
    for text in line.kode:
        codes = [text] if kode_wilayah.is_valid(text) else readings(text)
        exact = {k for k in codes if k in missing}
        found |= exact or {k for k in missing if DamerauLevenshtein.distance(text, k, score_cutoff=1) <= 1}
        unreadable = unreadable or not kode_wilayah.is_valid(text)
    if key := name_key(line.name):
        found |= {k for k, name in missing.items() if name_key(name) == key}
    return None if unreadable and not found else found


def invisible(text: str) -> str | None:
    """The first character that nobody sees or that stands for a lost one, as U+200B; None without any."""
    return next((f"U+{ord(h):04X}" for h in text if unicodedata.category(h)[0] == "C" or h == "\ufffd"), None)


def _code_fault(written: str, code: str) -> str | None:
    if hidden := invisible(written):
        return f'"{_shown(written)}": huruf tak tampak ({hidden}) di dalam kode'
    if not kode_wilayah.is_valid(code):
        return f'"{written}" bukan kode wilayah'
    if kode_wilayah.level_of(code) == kode_wilayah.Level.DESA and code[9] not in "123":
        return f"{code}: angka pertama desa harus 1, 2 atau 3"
    return None


def _name_fault(name: str, code: str) -> str | None:
    if hidden := invisible(name):
        return f'{code}: huruf tak tampak atau rusak ({hidden}) di dalam nama "{_shown(name)}"'
    if _FAILED_FORMULA.fullmatch(name.strip()):
        return f'{code}: nama "{name.strip()}" adalah rumus yang gagal' if name.strip() else f"{code}: nama kosong"
    if not name_key(name) or not official_name(name, int(kode_wilayah.level_of(code))):
        return f"{code}: nama kosong"
    if "?" in name:
        return f'{code}: nama "{name}" memuat tanda tanya; barangkali huruf yang hilang ketika berkas disimpan'
    if kode_wilayah.is_valid(kode_wilayah.dotted(name)) and "." in name:
        return f'{code}: nama "{name}" adalah kode wilayah'
    if (meant := _read_twice(name)) is not None:
        return f'{code}: nama "{name}" disimpan dengan pengodean yang salah; barangkali "{meant}"'
    return None


def _read_twice(name: str) -> str | None:
    """What the name was before UTF-8 was read as Windows-1252; None when it was not."""
    try:
        meant = name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant != name else None


def _change_fault(written: str, kind: str, old: str, new: str) -> str | None:
    for text in (written, old, new):
        if hidden := invisible(text):
            return f'"{_shown(text)}": huruf tak tampak ({hidden})'
    known = kind in ("tambah", "hapus", "pecah", "gabung") or kind.startswith(("pindah", "ganti_"))
    if not known:
        return f'jenis "{written}" tidak dikenal (tambah, hapus, pindah…, pecah, gabung, ganti_…)'
    if bad := [k for k in (old, new) if k and not kode_wilayah.is_valid(k)]:
        return " dan ".join(f'"{k}"' for k in bad) + " bukan kode wilayah"
    if old and new and kode_wilayah.level_of(old) != kode_wilayah.level_of(new):
        return f"{old} dan {new} tidak setingkat; barangkali kodenya terpotong"
    needs_old, needs_new = kind != "tambah", kind != "hapus"
    missing = [
        column
        for column, need, code in (("kode_lama", needs_old, old), ("kode_baru", needs_new, new))
        if need > bool(code)
    ]
    return f"{kind}: {' dan '.join(missing)} kosong" if missing else None


def _shown(text: str) -> str:
    """With what nobody sees written out."""
    return "".join(f"[U+{ord(h):04X}]" if invisible(h) else h for h in text)
