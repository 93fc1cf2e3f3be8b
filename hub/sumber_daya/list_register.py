"""Which row of the register the row of a list is. Pure: the register comes as an argument.

By the registration number within the kabupaten, by a decree's number within the desa, else by the name in the desa; a list
that does not say the desa may name one that only one row there bears.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from hub.base.public_id import PublicId
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, WARNING
from hub.sumber_daya.list_letters import number_key
from hub.sumber_daya.list_row import ListRow
from hub.sumber_daya.statements import Surat
from hub.wilayah.region_list import RegionMatch

_SIMILARITY = 88  # of 100: names so alike may be one


@dataclass(frozen=True, slots=True)
class Terdaftar:
    """A row of the register. `values`: its columns; `titik`: longitude and latitude."""

    key: PublicId
    versi: int
    values: dict[str, Any]
    titik: tuple[float, float] | None
    surat: frozenset[Surat]

    @property
    def jenis(self) -> str:
        return str(self.values["jenis"])

    @property
    def stands(self) -> bool:
        return self.values["sampai"] is None


class Register:
    """`kode_in_force`: a desa's code of any time → the one in force."""

    def __init__(self, rows: Iterable[Terdaftar], kode_in_force: Callable[[str], str]) -> None:
        self._of_name_in_desa: dict[tuple[str, str, str], list[Terdaftar]] = defaultdict(list)
        self._of_name: dict[tuple[str, str, str], list[Terdaftar]] = defaultdict(list)
        self._desa: dict[tuple[str, str], list[Terdaftar]] = defaultdict(list)
        self._of_number: dict[tuple[str, str, str, str], list[Terdaftar]] = defaultdict(list)
        self._id: dict[str, Terdaftar] = {}
        for t in rows:
            desa, name = kode_in_force(t.values["kode_desa"]), name_key(t.values["nama"])
            self._id[str(t.key)] = t
            self._of_name_in_desa[t.jenis, desa, name].append(t)
            self._of_name[t.jenis, t.key.kode_kab, name].append(t)
            self._desa[t.jenis, desa].append(t)
            for s in t.surat:
                if number := number_key(s[3]):
                    region = t.key.kode_kab if s[0] == "TANDA_DAFTAR" else desa
                    self._of_number[t.jenis, s[0], region, number].append(t)

    def named(self, kind: str, desa: str, name: str) -> Terdaftar | None:
        """Of that name in that desa; one that stands before one that is gone."""
        namesakes = self._of_name_in_desa.get((kind, desa, name_key(name)), [])
        return next((t for t in namesakes if t.stands), namesakes[0] if namesakes else None)

    def find(self, b: ListRow, kode_kab: str, desa: RegionMatch | None, name: str | None) -> Terdaftar | None:
        """The row that a row of a list is; None: a new one, or, with a finding, one that cannot be told."""
        if "id" in b.written:
            return self._by_id(b)
        by_number = self._by_number(b, kode_kab, desa)
        by_name = self._by_name(b, kode_kab, desa, name)
        if by_number is None:
            if by_name is None and desa is not None and name:
                self._note_similar(b, desa, name)
            return by_name
        if by_name is not None and by_name.key != by_number.key:
            message = (
                f"Nomornya milik {by_number.values['nama']} ({by_number.key}), namanya milik {by_name.values['nama']} "
                f"({by_name.key}); perbaiki salah satunya."
            )
            b.add_finding("NOMOR_MILIK_LAIN", ERROR, message, "nomor_tanda_daftar")
            return None
        if name and name_key(name) != name_key(by_number.values["nama"]):
            message = f'Nomornya milik "{by_number.values["nama"]}"; dibaca sebagai ganti nama menjadi "{name}".'
            b.add_finding("GANTI_NAMA", WARNING, message, "nama", str(by_number.key))
        return by_number

    def _by_id(self, b: ListRow) -> Terdaftar | None:
        existing = self._id.get(b.written["id"])
        if existing is None:
            message = (
                f"Tidak ada {b.jenis} dengan id {b.written['id']} di sini. Salin id dari jawaban hub; bila kolom ini bukan id dari "
                "hub, kosongkan atau ganti nama kolomnya menjadi No."
            )
            b.add_finding("ID_TAK_DIKENAL", ERROR, message, "id")
        return existing

    def _by_number(self, b: ListRow, kode_kab: str, desa: RegionMatch | None) -> Terdaftar | None:
        for s in b.surat:
            number = number_key(s.nomor)
            region = kode_kab if s.jenis == "TANDA_DAFTAR" else desa.kode if desa else None
            if number is None or region is None:
                continue
            same = self._of_number.get((b.jenis, s.jenis, region, number), [])
            if len({t.key for t in same}) == 1:
                return same[0]
        return None

    def _by_name(self, b: ListRow, kode_kab: str, desa: RegionMatch | None, name: str | None) -> Terdaftar | None:
        if desa is not None and name is None:  # a list that names no institutions, one per desa
            namesakes = self._desa.get((b.jenis, desa.kode), [])
        elif desa is not None:
            namesakes = self._of_name_in_desa.get((b.jenis, desa.kode, name_key(name or "")), [])
        elif name:
            namesakes = self._of_name.get((b.jenis, kode_kab, name_key(name)), [])
        else:
            return None
        standing = [t for t in namesakes if t.stands] or namesakes
        if len(standing) > 1:
            named = "; ".join(f"{t.values['nama']} ({t.key})" for t in standing[:3])
            message = f"Register memuat {len(standing)} yang cocok: {named}. Tulis id-nya dalam kolom ID."
            b.add_finding("RANGKAP_DI_REGISTER", ERROR, message, "nama", named)
            return None
        return standing[0] if standing else None

    def _note_similar(self, b: ListRow, desa: RegionMatch, name: str) -> None:
        key = name_key(name)
        for t in self._desa.get((b.jenis, desa.kode), ()):
            if fuzz.ratio(key, name_key(t.values["nama"])) >= _SIMILARITY:
                message = f'Mirip dengan "{t.values["nama"]}" ({t.key}) yang sudah terdaftar di {desa.nama}; dicatat sebagai baru.'
                b.add_finding("MIRIP_TERDAFTAR", WARNING, message, "nama", str(t.key))
                return
