"""The draft that a row of a list becomes: alone, or laid over the row of the register that it is. Pure.

What a list does not say stays as it was; an empty cell takes nothing away.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.base.region_names import name_key
from hub.base.temuan import ERROR, WARNING
from hub.sumber_daya.checks import COLUMNS_OF_KIND, PEOPLE_COLUMNS
from hub.sumber_daya.draft import ColumnValue, SumberDayaDraft, SuratDraft
from hub.sumber_daya.list_letters import number_key
from hub.sumber_daya.list_register import Terdaftar
from hub.sumber_daya.list_row import ListRow, ListSurat
from hub.sumber_daya.statements import Surat
from hub.wilayah.region_list import RegionMatch

DEFAULT_OWNERS = {  # who owns one where the list does not say
    "LKS": "MASYARAKAT", "PANTI": "MASYARAKAT", "LK3": "MASYARAKAT", "RUMAH_SINGGAH": "MASYARAKAT", "SLRT": "KABUPATEN",
    "PUSKESOS": "DESA", "GUDANG_BENCANA": "KABUPATEN", "KAMPUNG_SIAGA_BENCANA": "DESA", "KARANG_TARUNA": "DESA",
}  # fmt: skip
_KIND_LABELS = {
    "PUSKESOS": "Puskesos",
    "KAMPUNG_SIAGA_BENCANA": "KSB",
    "KARANG_TARUNA": "Karang Taruna",
}  # one per desa
_TARGET_GROUPS_IN_NAMES = (
    ("lanjut usia", re.compile(r"w[e]?r[e]?dha|werda|lansia|lanjut usia|jompo", re.IGNORECASE)),
    ("disabilitas", re.compile(r"disabilitas|difabel|cacat|tuna ?(netra|rungu|grahita|daksa|wicara|laras)|netra", re.IGNORECASE)),
    ("anak", re.compile(r"\banak\b|asuhan|yatim|balita|remaja", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What holds where a row does not say. `sejak` None: nothing was named for the list; `file_name`: its name."""

    today: date
    sejak: date | None
    file_name: str


def row_name(b: ListRow) -> str | None:
    """The name; None where the list names none and its kind is told by its desa."""
    return b.written.get("nama") or (None if b.jenis in _KIND_LABELS else "")


def draft_of(b: ListRow, desa: RegionMatch, old: Terdaftar | None, assumptions: Assumptions) -> SumberDayaDraft:
    return _new_draft(b, desa, assumptions) if old is None else _laid_over(b, desa, old, assumptions)


def _new_draft(b: ListRow, desa: RegionMatch, assumptions: Assumptions) -> SumberDayaDraft:
    name = b.written.get("nama") or (f"{_KIND_LABELS[b.jenis]} {desa.nama}" if b.jenis in _KIND_LABELS else "")
    values: dict[str, ColumnValue] = {
        k: _column_value(v) for k in COLUMNS_OF_KIND[b.jenis] if (v := b.nilai.get(k)) is not None
    }
    if b.jenis == "PANTI" and "sasaran" not in values:
        _target_group(b, name, values)
    surat = tuple(_new_surat(s) for s in b.surat if s.sejak is not None)
    earliest = min((s.sejak for s in surat), default=None)
    since = _day(b, "sejak") or assumptions.sejak or earliest or assumptions.today
    until = _until(b, None, assumptions)
    if until is not None and until <= since and "sejak" not in b.nilai:
        message = (
            f"Sudah tidak ada sejak {until}, tetapi sejak kapan ada tidak ditulis; isi kolom Sejak atau Tahun Berdiri."
        )
        b.add_finding("SEJAK_KOSONG", ERROR, message, "sampai" if "sampai" in b.written else "status")
        until = None
    return SumberDayaDraft(
        b.jenis, name, str(b.nilai.get("pemilik") or DEFAULT_OWNERS[b.jenis]), desa.kode, since,
        sampai=until, alamat=_text(b, "alamat"), titik=_geojson(b.titik),
        rahasia=b.nilai.get("rahasia") is True, sumber=_text(b, "sumber") or assumptions.file_name, values=values, surat=surat or None,
        lembar=b.lembar, baris=b.baris, labels=_labels(b),
    )  # fmt: skip


def _laid_over(b: ListRow, desa: RegionMatch, old: Terdaftar, assumptions: Assumptions) -> SumberDayaDraft:
    before = old.values
    values: dict[str, ColumnValue] = {k: before[k] for k in COLUMNS_OF_KIND[b.jenis]}
    values |= {k: _column_value(v) for k, v in b.nilai.items() if k in values}
    for people_column in PEOPLE_COLUMNS:
        _reconcile(people_column, b.nilai, values)
    secret = bool(b.nilai.get("rahasia", before["rahasia"]))
    name = b.written.get("nama") or before["nama"]
    if name_key(name) == name_key(before["nama"]):
        name = before["nama"]
    return SumberDayaDraft(
        b.jenis, name, str(b.nilai.get("pemilik") or before["pemilik"]), desa.kode, _day(b, "sejak") or before["sejak"],
        str(old.key), old.versi, sampai=_until(b, old, assumptions), alamat=_text(b, "alamat") or before["alamat"],
        titik=_geojson(b.titik or (None if secret else old.titik)), rahasia=secret,
        contoh=before["contoh"], sumber=_text(b, "sumber") or before["sumber"], values=values, surat=_surat(b, old), lembar=b.lembar,
        baris=b.baris, labels=_labels(b),
    )  # fmt: skip


def _labels(b: ListRow) -> dict[str, str]:
    """Fields as the list calls its columns; a paper by the column that says most of it."""
    surat = next((b.labels[k] for k in _SURAT_COLUMNS if k in b.written), "surat")
    desa = next((b.labels[k] for k in ("kode_desa", "desa", "alamat") if k in b.written), "desa")
    point = next((b.labels[k] for k in ("koordinat", "lintang") if k in b.written), "titik")
    pairs = {
        f"{people_column}{suffix}": b.labels[f"{people_column}/"]
        for people_column in PEOPLE_COLUMNS
        if f"{people_column}/" in b.labels
        for suffix in ("", "_l", "_p")
    }
    unlisted = {k: k.replace("_", " ").title() for k in (*COLUMNS_OF_KIND[b.jenis], "nama", "sampai")}
    return {**unlisted, **pairs, **b.labels, "surat": surat, "desa": desa, "titik": point}


_SURAT_COLUMNS = ("masa_tanda_daftar", "nomor_tanda_daftar", "akreditasi", "nomor_tanggal_sk", "tanggal_sk", "nomor_sk")


def _reconcile(people_column: str, new: dict[str, Any], values: dict[str, ColumnValue]) -> None:
    """A newer number of all takes the place of older parts, and newer parts that of an older number of all."""
    parts = (f"{people_column}_l", f"{people_column}_p")
    if people_column not in values:
        return
    if people_column in new and not set(parts) & new.keys():
        if sum(n for k in parts if isinstance(n := values[k], int)) != values[people_column]:
            values.update(dict.fromkeys(parts))
    elif people_column not in new and set(parts) & new.keys():
        values[people_column] = None


def _until(b: ListRow, old: Terdaftar | None, assumptions: Assumptions) -> date | None:
    before: date | None = old.values["sampai"] if old else None
    written = _day(b, "sampai")
    if written is not None:
        return written
    if b.aktif is False and (before is None or before > assumptions.today):
        message = f"Statusnya tidak aktif; dicatat tidak ada lagi sejak {assumptions.today}."
        b.add_finding("TIDAK_AKTIF", WARNING, message, "status", str(assumptions.today))
        return assumptions.today
    if b.aktif is not False and before is not None and before <= assumptions.today:
        message = (
            f"Di register sudah tidak ada sejak {before}, dan tetap begitu; bila ada lagi, ubah lewat simpanSumberDaya."
        )
        b.add_finding("SUDAH_DITUTUP", WARNING, message, "status" if "status" in b.written else "nama", str(before))
    return before


def _target_group(b: ListRow, name: str, values: dict[str, ColumnValue]) -> None:
    for target_group, pattern in _TARGET_GROUPS_IN_NAMES:
        if pattern.search(name):
            values["sasaran"] = target_group
            message = f'Sasaran tidak ditulis; dari namanya dianggap "{target_group}".'
            b.add_finding("SASARAN_DARI_NAMA", WARNING, message, "nama", target_group)
            return


# ---------- papers ----------


def _new_surat(s: ListSurat) -> SuratDraft:
    assert s.sejak is not None
    return SuratDraft(s.jenis, s.sejak, s.sampai, s.nomor, s.peringkat)


def _surat(b: ListRow, old: Terdaftar) -> tuple[SuratDraft, ...] | None:
    """All papers the row will have; None where the list has none."""
    if not any(s.sejak for s in b.surat):
        return None
    papers: list[Surat] = sorted(old.surat, key=lambda s: (s[1], s[0]))
    for s in b.surat:
        if s.sejak is None:
            continue
        existing = next((x for x in papers if _is_same(x, s)), None)
        since = existing[1] if existing is not None and s.assumed else s.sejak
        number, cakupan = (s.nomor or existing[3], existing[5]) if existing is not None else (s.nomor, None)
        papers = [x for x in papers if x is not existing and (x[0], x[1]) != (s.jenis, since)]
        papers.append((s.jenis, since, s.sampai, number, s.peringkat, cakupan))
    return tuple(SuratDraft(*s) for s in papers)


def _is_same(existing: Surat, s: ListSurat) -> bool:
    """Whether a paper of the register is the one the list means."""
    if existing[0] != s.jenis:
        return False
    number = number_key(s.nomor)
    if number is not None and number_key(existing[3]) is not None:
        return number == number_key(existing[3])
    return existing[1] == s.sejak or (s.assumed and existing[2] == s.sampai)


# ---------- values ----------


def _column_value(nilai: Any) -> ColumnValue:
    value: ColumnValue = nilai
    return value


def _day(b: ListRow, field_name: str) -> date | None:
    nilai = b.nilai.get(field_name)
    return nilai if isinstance(nilai, date) else None


def _text(b: ListRow, field_name: str) -> str | None:
    nilai = b.nilai.get(field_name)
    return nilai if isinstance(nilai, str) else None


def _geojson(point: tuple[float, float] | None) -> dict[str, object] | None:
    return None if point is None else {"type": "Point", "coordinates": list(point)}
