"""What a list of people, networks, goods or institutions calls its columns, and which of them the hub does not keep. Pure.

A title is compared without capitals, dots, slashes, what stands in brackets and repeated spaces: "Tanggal Lahir (hh-bb-tttt)" is
"tanggal lahir". Where titles stand above each other the whole is looked for first ("Anggota" over "L": "anggota l"), then the lower
ones alone, unless a person is above them: "Nama" below "Ketua" is no name of what the row is of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from hub.base.temuan import INFO, WARNING, Location, Temuan

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PERSONAL_TITLES = frozenset(
    [
        "hp",
        "no hp",
        "nomor hp",
        "telepon",
        "telp",
        "no telepon",
        "no telp",
        "nomor telepon",
        "tlp",
        "no tlp",
        "wa",
        "no wa",
        "nomor wa",
        "whatsapp",
        "kontak",
        "no kontak",
        "contact person",
        "narahubung",
        "nik",
        "no ktp",
        "nomor ktp",
        "ktp",
        "no kk",
        "nomor kk",
        "email",
        "e mail",
        "surel",
        "tanggal lahir",
        "tgl lahir",
        "tempat lahir",
        "tempat tanggal lahir",
        "tempat tgl lahir",
        "ttl",
        "jenis kelamin",
        "agama",
        "pendidikan",
        "pendidikan terakhir",
        "umur",
        "usia",
        "operator",
        "nama operator",
        "nama pengurus",
        "sekretaris",
        "bendahara",
        "wakil ketua",
        "pendamping",
        "nia",
        "no rekening",
        "nomor rekening",
        "rekening",
        "manajer",
        "koordinator",
        "ketua",
        "pekerjaan",
        "status perkawinan",
        "status kawin",
        "golongan darah",
        "gol darah",
        "ukuran baju",
        "foto",
        "pas foto",
        "tanda tangan",
        "npwp",
        "alamat rumah",
        "alamat ketua",
        "facebook",
        "instagram",
        "suku",
        "bpjs",
        "no bpjs",
    ]
)
_PERSONAL_WORD = re.compile(
    r"\b(nik|ktp|hp|wa|whatsapp|telp|telepon|telpon|tlp|e ?mail|surel|rekening|npwp|bpjs)\b|^(no|nomor) kk\b"
)
_COUNTS = re.compile(r"(jumlah|jml|total|banyak(nya)?)\b")
_PERSON = (
    r"ketua|wakil|sekretaris|bendahara|pengurus|pimpinan|kepala|penanggung jawab|pendamping|operator|petugas|manajer|koordinator|"
    r"ibu|ayah|bapak|istri|isteri|suami|anak|orang ?tua|wali|ahli waris|panggilan|fo|bo|pj|pic"
)
_NAME_OF_PERSON = re.compile(rf"nama (lengkap )?({_PERSON})\b")
_PERSON_ABOVE = re.compile(rf"(data |nama |identitas )?({_PERSON})\b")


def header_key(text: str) -> str:
    return " ".join("".join(h if h.isalnum() else " " for h in text.casefold()).split())


def is_personal_title(key: str) -> bool:
    """Whether a column of that title, as compared, holds what is only of a person. Columns that count people do not."""
    if _COUNTS.match(key):
        return False
    return key in _PERSONAL_TITLES or _PERSONAL_WORD.search(key) is not None or _NAME_OF_PERSON.match(key) is not None


def not_stored(column: str, count: int, location: tuple[Location, ...]) -> Temuan:
    message = f'Kolom "{column}" ({count} baris) berisi data pribadi; hub tidak menyimpannya.'
    return Temuan("DATA_PRIBADI", WARNING, message, nilai=column, lokasi=location)


def unknown_column(
    column: str, count: int, what: str, known: Mapping[str, str], location: tuple[Location, ...]
) -> Temuan:
    """`what`: the kind of list; `known`: title as compared → field."""
    key = header_key(column)
    near = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=80) if key else None
    if not key:
        message = f"Kolom {location[0].kolom} tidak berkepala; {count} isinya tidak disimpan."
        return Temuan("KOLOM_TAK_DIKENAL", WARNING, message, lokasi=location)
    suggestion = f' Mungkin maksudnya "{near[0]}".' if near else ""
    message = f'Kolom "{column}" tidak dikenal untuk {what}; {count} isinya tidak disimpan.{suggestion}'
    level = WARNING if near else INFO
    return Temuan("KOLOM_TAK_DIKENAL", level, message, nilai=column, usulan=near[0] if near else None, lokasi=location)


@dataclass(frozen=True)
class ListTitles:
    """The titles of one kind of list, as `find_tables` asks for them. `what`: what its rows are, in Indonesian; `spellings`: field →
    titles as compared, with "|" between them; `identifying`: fields that say what a row is of; `needed`: fields one of which a table
    must have to be such a list; `single`: fields that are each row's own, so that one cell cannot say them for several."""

    what: str
    spellings: Mapping[str, str]
    identifying: frozenset[str]
    needed: frozenset[str]
    single: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> dict[str, str]:
        """Title as compared → field."""
        return {s: field_name for field_name, spellings in self.spellings.items() for s in spellings.split("|")}

    def field(self, parts: tuple[str, ...]) -> str | None:
        """The field that a column of these titles, the top one first, holds."""
        return self._found(parts)[0]

    def _found(self, parts: tuple[str, ...]) -> tuple[str | None, int]:
        """(the field, how many of the titles above say nothing of it)."""
        for start in range(len(parts)):
            if start and _PERSON_ABOVE.match(header_key(parts[start - 1])):
                break
            whole = " ".join(parts[start:])
            for text in (whole, _BRACKETS.sub(" ", whole)):
                field_name = self.known.get(header_key(text))
                if field_name is not None:
                    return field_name, start
        return None, 0

    def is_personal(self, parts: tuple[str, ...]) -> bool:
        """Whether such a column, which is none of the list's fields, holds what is only of a person."""
        keys = [header_key(_BRACKETS.sub(" ", t)) for t in (" ".join(parts), *parts[-1:])]
        return any(map(is_personal_title, keys)) or any(_PERSON_ABOVE.match(header_key(p)) for p in parts[:-1])

    def sureness(self, parts: tuple[str, ...]) -> float:
        field_name, idle = self._found(parts)
        if field_name is not None:
            # what is above may be a title of the whole sheet, and no part of the header
            return 1.0 if not idle else 0.8 if all(self.field((p,)) for p in parts[:idle]) else 0.6
        return 0.9 if self.is_personal(parts) else 0.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return self.field(parts) in self.identifying
