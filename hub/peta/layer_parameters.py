"""Parameters of the map's addresses, as they stand after the question mark."""

from collections.abc import Collection, Iterable, Sequence

from geo.tile_address import Box
from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.questions import valid_kode

_LONGEST = 2_000  # characters of all values together


class Parameter:
    """Values by name; a name given twice has both, as if joined by a comma. Raises InvalidInputError on whatever it cannot
    read. Whoever reads says at the end with `refuse_unread` that nothing may be left. `longest`: characters of all together."""

    def __init__(self, pairs: Iterable[tuple[str, str]], longest: int = _LONGEST) -> None:
        self._values: dict[str, str] = {}
        for name, nilai in pairs:
            self._values[name] = f"{self._values[name]},{nilai}" if name in self._values else nilai
        self._known: list[str] = []
        if sum(len(n) + len(v) for n, v in self._values.items()) > longest:
            raise InvalidInputError(f"Parameter terlalu panjang; paling banyak {longest} huruf seluruhnya.")
        if any("\0" in v for v in self._values.values()):
            raise InvalidInputError("Parameter tidak boleh berisi karakter NUL.")

    def without(self, *names: str) -> "Parameter":
        """The same without those."""
        return Parameter((n, v) for n, v in self._values.items() if n not in names)

    def __contains__(self, name: str) -> bool:
        return bool(self._values.get(name))

    def in_order(self) -> list[tuple[str, str]]:
        """All of them, by name: equal questions in one spelling."""
        return sorted(self._values.items())

    def text(self, name: str) -> str | None:
        self._known.append(name)
        return self._values.get(name, "").strip() or None

    def required(self, name: str, sample: str) -> str:
        nilai = self.text(name)
        if nilai is None:
            raise InvalidInputError(f"Parameter {name} belum ada; sebutkan, misalnya {name}={sample}.")
        return nilai

    def choices(self, name: str, pilihan: Sequence[str]) -> tuple[str, ...]:
        """Values out of a list, each once, in the order of that list; empty where none is given."""
        wanted = {n.strip().upper() for n in (self.text(name) or "").split(",") if n.strip()}
        wrong = sorted(wanted - set(pilihan))
        if wrong:
            raise InvalidInputError(f"{name}: {', '.join(wrong)} tidak dikenal; pilih dari {', '.join(pilihan)}.")
        return tuple(p for p in pilihan if p in wanted)

    def level(self, name: str = "tingkat") -> Level | None:
        value = self.text(name)
        if value is None:
            return None
        if value.upper() not in Level.__members__:
            raise InvalidInputError(f'{name}: "{value}" tidak dikenal; pilih {", ".join(Level.__members__)}.')
        return Level[value.upper()]

    def wilayah(self, name: str = "wilayah") -> str | None:
        value = self.text(name)
        return None if value is None else valid_kode(kode_wilayah.dotted(value))

    def required_wilayah(self) -> str:
        """A code that must be there."""
        self.required("wilayah", "53")
        wilayah = self.wilayah()
        assert wilayah is not None
        return wilayah

    def decimal(self, name: str, sample: str) -> float:
        value = self.required(name, sample)
        try:
            return float(value)
        except ValueError:
            raise InvalidInputError(f'{name}: "{value}" harus bilangan, misalnya {sample}.') from None

    def flag(self, name: str) -> bool | None:
        value = self.text(name)
        if value is None:
            return None
        if value.lower() not in ("true", "false"):
            raise InvalidInputError(f'{name}: "{value}" tidak dikenal; tulis true atau false.')
        return value.lower() == "true"

    def whole_number(self, name: str, default: int, most: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 10) or not 1 <= int(value) <= most:
            raise InvalidInputError(f'{name}: "{value}" harus bilangan bulat dari 1 sampai {most}.')
        return int(value)

    def box(self, name: str = "bbox") -> Box | None:
        """West, south, east, north in degrees."""
        value = self.text(name)
        if value is None:
            return None
        try:
            west, south, east, north = (float(n) for n in value.split(","))
        except ValueError:
            raise InvalidInputError(
                f'{name}: "{value}" harus empat bilangan: barat,selatan,timur,utara (derajat).'
            ) from None
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise InvalidInputError(
                f"{name}: urutannya barat,selatan,timur,utara dalam derajat, misalnya 122.5,-11.1,123.5,-10.3."
            )
        return west, south, east, north

    def refuse_unread(self, others: Collection[str] = ()) -> None:
        """Refuse what nobody has read: a misspelled name must not show another map than was meant."""
        unread = sorted(self._values.keys() - {*self._known, *others})
        if unread:
            known = ", ".join(sorted({*self._known, *others})) or "(tidak ada)"
            raise InvalidInputError(f"Parameter {', '.join(unread)} tidak dikenal di sini; yang ada: {known}.")
