"""The catalogue as the services use it: an immutable snapshot of forms, elements, rules and code lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hub.base.kode import Level
from hub.base.periode import PeriodeKind
from hub.base.region_names import name_key

MEASURE = "indikator"  # the breakdown whose choices are codes of the catalogue: what a target or a stated result is of
PARTING = "[]=,|"  # they part choices where a breakdown is written
NO_UNIT = ("per indikator", "satuan barang")  # units that say nothing: they are those of what the figure is of


@dataclass(frozen=True, slots=True)
class RincianDimension:
    """A breakdown an element may carry. `pilihan`: listed choices; `satuan`: unit of a choice where it differs; of a target or a
    stated result (`MEASURE`) the unit of whatever it may be of, listed or not; `other_names`:
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
class Batas:
    """What a figure may be: from, to (None: no end), both included; `tingkat`: how grave it is to be outside."""

    minimum: Decimal | None = None
    maksimum: Decimal | None = None
    tingkat: str = "GALAT"


@dataclass(frozen=True, slots=True)
class Elemen:
    """One figure that offices report. Levels and rules as in the table of the same name. `alias`: what it is called beside its name,
    in the titles of offices' tables; one may be several elements'."""

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
    batas: Batas = Batas()
    kumulatif: bool = False
    jarang_berubah: bool = False
    alias: tuple[str, ...] = ()

    def dimension(self, kode: str) -> RincianDimension | None:
        """The breakdown of that name (case does not matter)."""
        return next((d for d in self.rincian if d.kode.casefold() == kode.casefold()), None)


@dataclass(frozen=True, slots=True)
class Aturan:
    """A rule: `kiri operator kanan`, both formulas; `toleransi` relative; `pelapor` limits it to one kind of reporter;
    `per_rincian`: its level for a choice of a breakdown that both sides have, TIDAK: not looked at, None: as `tingkat`."""

    kode: str
    formulir: str
    nama: str
    kiri: str
    operator: str
    kanan: str
    tingkat: str
    pelapor: Level | None
    toleransi: str
    per_rincian: str | None = None


@dataclass(frozen=True, slots=True)
class Formulir:
    """`periode_jenis`: how often it is expected; `periode_tersingkat`: the shortest period it may be sent for."""

    kode: str
    nama: str
    versi: int
    hash: str
    periode_jenis: PeriodeKind
    tenggat_hari: int
    elemen: tuple[Elemen, ...]
    aturan: tuple[Aturan, ...]
    periode_tersingkat: PeriodeKind


@dataclass(frozen=True, slots=True)
class Indikator:
    kode: str
    varian: str
    nama: str
    jenis: str
    satuan: str

    @property
    def full_kode(self) -> str:
        """As it is asked for: "I04", a variant "I04.disabilitas"."""
        return f"{self.kode}.{self.varian}" if self.varian else self.kode

    @property
    def of_figures(self) -> bool:
        """Whether it is made of figures, not of what other indicators achieve."""
        return self.jenis in ("RASIO", "CACAH_KABUPATEN")


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
class Kewajaran:
    """The bounds of what is plausible.

    `lonjakan_*`: a figure jumps when it is further from the median of its last so many periods than `kali` × `skala` × the median
    distance from it, that distance taken as at least a part of the median and at least so much; where there are fewer than so many
    periods, when it is so many times as much, or as little. `tetap_*`: figures sent again when those that change by nature
    have so many digits, or the others are so many of which so many differ. `pembanding_bulan`: how old another form's figure may be
    to be compared with."""

    lonjakan_periode: int
    lonjakan_sedikitnya: int
    lonjakan_kali: Decimal
    lonjakan_skala: Decimal
    lonjakan_bagian_median: Decimal
    lonjakan_terkecil: Decimal
    lonjakan_faktor: Decimal
    tetap_digit: int
    tetap_stok: int
    tetap_ragam: int
    pembanding_bulan: int


@dataclass(frozen=True, slots=True)
class Katalog:
    """Everything at once; look-ups by code. `satuan`: unit → what figures of it may be; `kewajaran` None: a catalogue that was
    installed before there were such bounds, and nothing is measured by them. `region`: the code below which this hub answers figures;
    None: wherever it has any."""

    formulir: Mapping[str, Formulir]
    elemen: Mapping[str, Elemen]
    indikator: tuple[Indikator, ...]
    code_lists: Mapping[str, tuple[CodeListEntry, ...]]
    satuan: Mapping[str, Batas] = field(default_factory=dict)
    kewajaran: Kewajaran | None = None
    region: str | None = None

    def measure(self, written: str) -> str | None:
        """The code of the indicator or element that is meant, in letters of any size; None where it is none."""
        codes = (*self.kode_indikator(), *self.elemen)
        return next((k for k in codes if k.casefold() == written.casefold()), None)

    def measure_choices(self, listed: Iterable[str]) -> list[str]:
        """What may be told as choices of `MEASURE`: those it lists itself, and the indicators."""
        return sorted({*listed, *self.kode_indikator()})

    def computed_unit(self, measure: str) -> str | None:
        """The unit in which the hub itself knows an indicator ("I04.anak") or an element; None where it does not compute it."""
        if measure in self.elemen:
            return self.elemen[measure].satuan
        return next((i.satuan for i in self.indikator if i.full_kode == measure and i.of_figures), None)

    def kode_indikator(self) -> frozenset[str]:
        """Codes one may ask for: "I04" and, for a variant, "I04.disabilitas"."""
        return frozenset(self.kinds_of_indikator())

    def kinds_of_indikator(self) -> Mapping[str, str]:
        """The kind of each, by the code one may ask for."""
        return {i.full_kode: i.jenis for i in self.indikator}
