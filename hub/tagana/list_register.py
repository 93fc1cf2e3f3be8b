"""Which member of the register a row of a list is. Pure: the register comes as an argument.

By the id, by the membership number, else by name, day of birth and desa; a row that says no desa may be the only one of its name
and day of birth. A name alone is nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub.base.region_names import name_key
from hub.base.temuan import ERROR, WARNING
from hub.lembar.written_row import WrittenRow
from hub.tagana.draft import Training
from hub.tagana.list_person import ListPerson
from hub.wilayah.region_list import RegionMatch


@dataclass(frozen=True, slots=True)
class Member:
    """As the register has them. `values`: the columns; `desa`: the code of their desa that is in force."""

    id: str
    versi: int
    values: dict[str, Any]
    desa: str
    pelatihan: tuple[Training, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.values['nama']} ({self.id})"


def number_key(nia: str) -> str:
    """What two spellings of one membership number have in common."""
    return "".join(h for h in nia.casefold() if h.isalnum())


@dataclass(slots=True)
class Register:
    """The members of one kabupaten."""

    _by_id: dict[str, Member] = field(default_factory=dict)
    _by_nia: dict[str, Member] = field(default_factory=dict)
    _by_birth: dict[tuple[str, date], list[Member]] = field(default_factory=dict)
    _by_name: dict[str, list[Member]] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Iterable[Member]) -> "Register":
        register = cls()
        for m in members:
            register._by_id[m.id] = m
            if m.values["nia"]:
                register._by_nia[number_key(m.values["nia"])] = m
            key = name_key(m.values["nama"])
            register._by_birth.setdefault((key, m.values["tanggal_lahir"]), []).append(m)
            register._by_name.setdefault(key, []).append(m)
        return register

    def find(self, b: WrittenRow, p: ListPerson, desa: RegionMatch | None) -> Member | None:
        """The member; None: a new one or, with a finding, one that cannot be told."""
        if "id" in b.written and (by_id := self._by_id.get(b.written["id"])) is not None:
            return by_id
        if ":" in b.written.get("id", ""):
            message = f"Tidak ada anggota dengan id {b.written['id']} dalam register ini; kosongkan bila anggota baru."
            b.add_finding("ID_TAK_DIKENAL", ERROR, message, "id")
            return None
        by_nia = self._by_nia.get(number_key(p.nia)) if p.nia else None
        by_person = self._by_person(b, p, desa, may_be_new=by_nia is None)
        if by_nia is None:
            if by_person is not None and by_person.values["nia"] and p.nia:
                message = f"Orang ini terdaftar dengan NIA {by_person.values['nia']}; dibaca sebagai ganti nomor menjadi {p.nia}."
                b.add_finding("GANTI_NIA", WARNING, message, "nia", by_person.id)
            return by_person
        return self._by_number(b, p, by_nia, by_person)

    def namesakes(self, name: str) -> list[Member]:
        return self._by_name.get(name_key(name), [])

    def _by_person(self, b: WrittenRow, p: ListPerson, desa: RegionMatch | None, *, may_be_new: bool) -> Member | None:
        if not p.nama or p.tanggal_lahir is None:
            return None
        same = self._by_birth.get((name_key(p.nama), p.tanggal_lahir), [])
        here = [m for m in same if desa is None or m.desa == desa.kode]
        if len(here) > 1:
            named = "; ".join(m.label for m in here[:3])
            message = f"Register memuat {len(here)} yang cocok: {named}. Tulis id-nya dalam kolom ID."
            b.add_finding("RANGKAP_DI_REGISTER", ERROR, message, "nama", named)
            return None
        if not here and same and may_be_new and desa is not None:
            message = (
                f"Nama dan tanggal lahirnya sama dengan {same[0].label} di desa {same[0].desa}; dicatat sebagai orang "
                "lain. Bila orang yang sama pindah desa, tulis id itu dalam kolom ID."
            )
            b.add_finding("MIRIP_TERDAFTAR", WARNING, message, "nama", same[0].id)
        return here[0] if here else None

    def _by_number(self, b: WrittenRow, p: ListPerson, by_nia: Member, by_person: Member | None) -> Member | None:
        other_name = bool(p.nama) and name_key(p.nama or "") != name_key(by_nia.values["nama"])
        other_birth = p.tanggal_lahir is not None and p.tanggal_lahir != by_nia.values["tanggal_lahir"]
        if (by_person is not None and by_person.id != by_nia.id) or (other_name and other_birth):
            whose = f", orangnya {by_person.label}" if by_person is not None else ""
            message = f"NIA {p.nia} milik {by_nia.label}{whose}; perbaiki nomor atau namanya."
            b.add_finding("NOMOR_MILIK_LAIN", ERROR, message, "nia", by_nia.id)
            return None
        if other_name:
            message = f'NIA {p.nia} terdaftar atas nama "{by_nia.values["nama"]}"; dibaca sebagai ganti nama menjadi "{p.nama}".'
            b.add_finding("GANTI_NAMA", WARNING, message, "nama", by_nia.id)
        return by_nia
