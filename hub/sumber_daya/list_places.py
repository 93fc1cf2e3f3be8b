"""Where the row of a list stands: its kabupaten, then its desa. Pure; nothing is ever made from a name.

A desa is named by its code, by its name (with its kecamatan where two bear it), or, in lists that have no such column, by
the address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.region_names import level_of_prefix, name_key, without_prefix
from hub.base.temuan import ERROR, INFO, WARNING
from hub.lembar.written_row import WrittenRow
from hub.sumber_daya.checks import DESA_MESSAGES
from hub.wilayah.near_names import label_parts
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah, NoMatchError, RegionMatch

_END = r"(?=\s*(?:[,;/()]|\bkec\b|\bkecamatan\b|\bkab\b|\bkabupaten\b|\bkota\b|\brt\b|\brw\b|\bkode pos\b|$))"
_DESA = re.compile(r"\b(?:desa|ds|kelurahan|kel)\b\.?\s*(?P<nama>[^,;/()]+?)" + _END, re.IGNORECASE)
_KECAMATAN = re.compile(r"\b(?:kecamatan|kec)\b\.?\s*(?P<nama>[^,;/()]+?)" + _END, re.IGNORECASE)
_ANY_DAY = date(2000, 1, 1)  # any day: what is in force was chosen before
_SPLIT = re.compile(r"[,;/()]| - ")


@dataclass(frozen=True, slots=True)
class Kabupaten:
    """The kabupaten a row may name. `only`: the only one there is to be, None where the row must say."""

    names: dict[str, str]
    only: str | None
    regions: RegionIndex

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], kode: str) -> "Kabupaten":
        """`pairs`: (code, name) of those in force; `kode`: the code the list is of."""
        names = dict(pairs)
        regions = RegionIndex("", _ANY_DAY, [DatedWilayah(k, _ANY_DAY, None, n) for k, n in names.items()])
        return cls(names, kode if kode_wilayah.level_of(kode) is Level.KABUPATEN else None, regions)


def read_kabupaten(b: WrittenRow, allowed: Kabupaten) -> str | None:
    """The code of the kabupaten the row is of; None, with a finding, where that cannot be told."""
    text = b.written.get("kabupaten")
    kode_desa = kode_wilayah.dotted(b.written.get("kode_desa", ""))
    if text is None:
        if allowed.only is not None:
            return allowed.only
        if kode_wilayah.is_valid(kode_desa) and kode_desa[:5] in allowed.names:
            return kode_desa[:5]
        message = "Kabupaten/kota baris ini tidak disebut; isi kolom Kab/Kota."
        b.add_finding("KABUPATEN_KOSONG", ERROR, message, "kabupaten")
        return None
    kode = _kabupaten(b, text, allowed)
    if kode is not None and allowed.only is not None and kode != allowed.only:
        name = allowed.names.get(allowed.only, allowed.only)
        message = f'"{text}" bukan kabupaten/kota daftar ini ({name}, {allowed.only}).'
        b.add_finding("KABUPATEN_LAIN", ERROR, message, "kabupaten", allowed.only)
        return None
    return kode


def _kabupaten(b: WrittenRow, text: str, allowed: Kabupaten) -> str | None:
    kode = kode_wilayah.dotted(text)
    if kode_wilayah.is_valid(kode):
        if kode in allowed.names:
            return kode
        b.add_finding("KABUPATEN_TAK_DIKENAL", ERROR, f'Kabupaten/kota "{text}" tidak dikenal di sini.', "kabupaten")
        return None
    try:
        match = allowed.regions.match_name(text, None)
    except NoMatchError as mismatch:
        proposal = "; ".join(mismatch.suggestions) or None
        suggestion = f" Mungkin maksudnya: {proposal}." if proposal else ""
        what = "dapat berarti lebih dari satu" if mismatch.cause == "RANGKAP" else "tidak dikenal di sini"
        b.add_finding(
            "KABUPATEN_TAK_DIKENAL", ERROR, f'Kabupaten/kota "{text}" {what}.{suggestion}', "kabupaten", proposal
        )
        return None
    has_twin = any(allowed.regions.codes_named(f"Kota {match.nama}"))
    if match.deviation == "NAMA_MIRIP" or (
        has_twin and level_of_prefix(text) is None and not text.casefold().startswith("kota")
    ):
        message = f'"{text}" dibaca sebagai {"Kabupaten " if has_twin else ""}{match.nama} ({match.kode}).'
        b.add_finding("NAMA_MIRIP", WARNING, message, "kabupaten", match.kode)
    return match.kode


def read_desa(b: WrittenRow, regions: RegionIndex) -> RegionMatch | None:
    """The desa the row names, by whichever way it does. None with a finding where it cannot be told, None without one where
    the row says nothing of it."""
    name, kecamatan, kode = b.written.get("desa"), b.written.get("kecamatan"), b.written.get("kode_desa")
    if kode is None and name is not None and name[:1].isdigit():
        if kode_wilayah.is_valid(kode_wilayah.dotted(name)):
            name, kode = None, name
        elif (label := label_parts(name)) is not None:  # as the hub proposes it: "53.14.01.2005 Oeseli"
            kode, name = label
    try:
        if kode is not None:
            return _by_kode(b, regions, kode, name, kecamatan)
        if name is not None:
            return _by_name(b, regions, name, kecamatan, "desa")
    except NoMatchError as mismatch:
        by_name = kode is None and name is not None and mismatch.cause == "TAK_DIKENAL"
        if by_name and _is_elsewhere(b, regions, name or "", kecamatan):
            return None
        _record_mismatch(b, mismatch, "kode_desa" if kode is not None else "desa")
        return None
    return _by_address(b, regions, kecamatan)


def _is_elsewhere(b: WrittenRow, regions: RegionIndex, name: str, kecamatan: str | None) -> bool:
    """Whether a name that is no desa's of that kecamatan is another region's; then that is said."""
    if kecamatan is not None and (found := regions.in_other_kecamatan(f"Desa {name}", kecamatan)) is not None:
        label, parent = found
        message = f'"{name}" adalah {label} di {parent}, bukan di "{kecamatan}"; perbaiki desa atau kecamatannya.'
        b.add_finding("DESA_DAN_KECAMATAN_BEDA", ERROR, message, "desa", label)
        return True
    try:
        match = regions.match_name(name, kecamatan)  # of whatever level
    except NoMatchError:
        return False
    if kode_wilayah.level_of(match.kode) is Level.DESA:
        return False
    _note_not_desa(b, match, "desa")
    return True


def _by_kode(
    b: WrittenRow, regions: RegionIndex, kode: str, name: str | None, kecamatan: str | None
) -> RegionMatch | None:
    match = regions.match_kode(kode)
    if kode_wilayah.level_of(match.kode) is not Level.DESA:
        _note_not_desa(b, match, "kode_desa")
        return None
    if match.deviation is not None:
        message = f"Kode {kode} tidak berlaku; dipakai {match.kode} ({match.nama})."
        b.add_finding("KODE_LAIN_MASA", WARNING, message, "kode_desa", match.kode)
    spellings = {name_key(n) for n in (match.nama, *regions.in_force[match.kode].alias)}
    if name is not None and not {name_key(name), name_key(without_prefix(name))} & spellings:
        message = f'Kode {kode} adalah {match.nama}, sedangkan namanya ditulis "{name}"; perbaiki salah satunya.'
        b.add_finding("KODE_DAN_NAMA_BEDA", ERROR, message, "kode_desa", match.nama)
        return None
    if kecamatan is not None and (parent := regions.other_kecamatan(match.kode, kecamatan)) is not None:
        message = f'{match.nama} ({match.kode}) bukan di "{kecamatan}" ({parent}); perbaiki desa atau kecamatannya.'
        own = kode_wilayah.parent_of(match.kode) or ""
        b.add_finding("DESA_DAN_KECAMATAN_BEDA", ERROR, message, "kecamatan", own)
        return None
    return match


def _by_name(b: WrittenRow, regions: RegionIndex, name: str, kecamatan: str | None, column: str) -> RegionMatch | None:
    """As a desa, whatever else bears the name: a kecamatan is not what a column of desa means."""
    match = regions.match_name(name if level_of_prefix(name) == Level.DESA else f"Desa {name}", kecamatan)
    if kode_wilayah.level_of(match.kode) is not Level.DESA:
        _note_not_desa(b, match, column)
        return None
    if match.deviation == "NAMA_MIRIP":
        place = ", ".join(t for t in (name, kecamatan) if t)
        b.add_finding(
            "NAMA_MIRIP",
            WARNING,
            f'"{place}" dibaca sebagai {match.nama} ({match.kode}).',
            column,
            f"{match.kode} {match.nama}",
        )
    return match


def _by_address(b: WrittenRow, regions: RegionIndex, kecamatan: str | None) -> RegionMatch | None:
    address = b.written.get("alamat")
    if address is None:
        return None
    written_kec = _KECAMATAN.search(address)
    kecamatan = kecamatan or (written_kec["nama"].strip() if written_kec else None)
    if written_desa := _DESA.search(address):
        try:
            match = _by_name(b, regions, written_desa["nama"].strip(), kecamatan, "alamat")
        except NoMatchError as mismatch:
            _record_mismatch(
                b, mismatch, "alamat", ", ".join(t for t in (written_desa["nama"].strip(), kecamatan) if t)
            )
            return None
    else:
        match = _whole_name(regions, address, kecamatan)
    if match is not None:
        message = f"Desa tidak disebut tersendiri; dibaca dari alamat: {match.nama} ({match.kode})."
        b.add_finding("DESA_DARI_ALAMAT", INFO, message, "alamat", match.kode)
    return match


def _whole_name(regions: RegionIndex, address: str, kecamatan: str | None) -> RegionMatch | None:
    """A part of the address between commas that is the exact name of one desa and no other."""
    parts = [" ".join(p.split()) for p in _SPLIT.split(address) if p.strip()]
    kec = {k for t in (*parts, kecamatan or "") for k in _at_level(regions, t, Level.KECAMATAN)}
    for part in parts:
        key = name_key(part)
        namesakes = [k for k in _at_level(regions, part, Level.DESA) if name_key(regions.in_force[k].nama) == key]
        chosen = [k for k in namesakes if kode_wilayah.parent_of(k) in kec] or namesakes
        if len(chosen) == 1:
            return RegionMatch(chosen[0], regions.in_force[chosen[0]].nama)
    return None


def _at_level(regions: RegionIndex, name: str, level: Level) -> list[str]:
    return sorted(k for k in regions.codes_named(name) if kode_wilayah.level_of(k) is level)


def _note_not_desa(b: WrittenRow, match: RegionMatch, column: str) -> None:
    level = kode_wilayah.level_of(match.kode).name.lower()
    b.add_finding(
        "BUKAN_DESA", ERROR, f"{match.nama} ({match.kode}) adalah {level}; sebutkan desa atau kelurahannya.", column
    )


def _record_mismatch(b: WrittenRow, mismatch: NoMatchError, column: str, written: str | None = None) -> None:
    kode, explanation = DESA_MESSAGES[mismatch.cause]
    proposal = "; ".join(mismatch.suggestions) or None
    suggestion = f" Mungkin maksudnya: {proposal}." if proposal else ""
    kecamatan = b.written.get("kecamatan")
    if kecamatan and mismatch.suggestions and all(u.split()[0].count(".") == 2 for u in mismatch.suggestions):
        b.add_finding(
            "KECAMATAN_TAK_DIKENAL", ERROR, f'Kecamatan "{kecamatan}" {explanation}.{suggestion}', "kecamatan", proposal
        )
        return
    named = written or ", ".join(t for t in (b.written.get(column), kecamatan) if t)
    b.add_finding(kode, ERROR, f'Desa "{named}" {explanation}.{suggestion}', column, proposal)
