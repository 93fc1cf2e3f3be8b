"""The catalogue as the services use it: an immutable snapshot of forms, elements, rules and code lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.base.kode import Level
from hub.base.periode import PeriodeKind
from hub.base.region_names import name_key


@dataclass(frozen=True, slots=True)
class RincianDimension:
    """A breakdown an element may carry. `pilihan`: listed choices; `satuan`: unit of a choice where it differs; `other_names`:
    what a choice is called beside its code, in letters and digits (`name_key`) → choice; `terbaru`: its choices replace each other, the newest is the figure."""

    kode: str
    nama: str
    pilihan: tuple[str, ...]
    terbuka: bool
    satuan: Mapping[str, str]
    menjumlah: bool
    other_names: Mapping[str, str] = field(default_factory=dict)
    terbaru: bool = False

    @property
    def whole(self) -> bool:
        """Whether its choices, when all are there, make the figure without it: an open breakdown may always lack one."""
        return self.menjumlah and not self.terbuka

    def listed(self, written: str) -> str | None:
        """The listed choice that is meant: by its code, in letters of any size, else by a name it goes by."""
        tidy = " ".join(written.split()).casefold()
        by_code = next((p for p in self.pilihan if p.casefold() == tidy), None)
        return by_code or self.other_names.get(name_key(written))


@dataclass(frozen=True, slots=True)
class Elemen:
    """One figure that offices report. Levels and rules as in the table of the same name."""

    kode: str
    formulir: str
    nama: str
    satuan: str
    tingkat: Level
    titik: bool
    frekuensi: str
    agregasi_wilayah: str
    agregasi_waktu: str
    sensitif: int
    bulat: bool
    arah: str
    kelompok: str | None
    registri: Level | None
    definisi: str | None
    kode_ref: str | None
    kode_sipd: str | None
    rincian: tuple[RincianDimension, ...]

    def dimension(self, kode: str) -> RincianDimension | None:
        """The breakdown of that name (case does not matter)."""
        return next((d for d in self.rincian if d.kode.casefold() == kode.casefold()), None)


@dataclass(frozen=True, slots=True)
class Aturan:
    """A rule: `kiri operator kanan`, both formulas; `toleransi` relative; `pelapor` limits it to one kind of reporter."""

    kode: str
    formulir: str
    nama: str
    kiri: str
    operator: str
    kanan: str
    tingkat: str
    pelapor: Level | None
    toleransi: str


@dataclass(frozen=True, slots=True)
class Formulir:
    kode: str
    nama: str
    versi: int
    hash: str
    periode_jenis: PeriodeKind
    tenggat_hari: int
    elemen: tuple[Elemen, ...]
    aturan: tuple[Aturan, ...]


@dataclass(frozen=True, slots=True)
class Indikator:
    kode: str
    varian: str
    nama: str
    jenis: str
    satuan: str


@dataclass(frozen=True, slots=True)
class CodeListEntry:
    """An entry of a code list. `definisi`: one per source: {sumber, umur?, kriteria[]}."""

    daftar: str
    kode: str
    nama: str
    satuan: str | None
    sensitif: int
    alias: tuple[str, ...]
    definisi: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Katalog:
    """Everything at once; look-ups by code."""

    formulir: Mapping[str, Formulir]
    elemen: Mapping[str, Elemen]
    indikator: tuple[Indikator, ...]
    code_lists: Mapping[str, tuple[CodeListEntry, ...]]

    def kode_indikator(self) -> frozenset[str]:
        """Codes one may ask for: "I04" and, for a variant, "I04.disabilitas"."""
        return frozenset(self.kinds_of_indikator())

    def kinds_of_indikator(self) -> Mapping[str, str]:
        """The kind of each, by the code one may ask for."""
        return {i.kode if not i.varian else f"{i.kode}.{i.varian}": i.jenis for i in self.indikator}
