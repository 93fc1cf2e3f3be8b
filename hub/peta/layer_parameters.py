"""Parameters of the map's addresses, as they stand after the question mark."""

from collections.abc import Collection, Iterable, Sequence

from geo.tile_address import Box
from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.questions import kode_sah

_TERPANJANG = 2_000  # characters of all values together


class Parameter:
    """Values by name; a name given twice has both, as if joined by a comma. Raises MasukanTidakSahError on whatever it cannot
    read. Whoever reads says at the end with `habis` that nothing may be left."""

    def __init__(self, pasangan: Iterable[tuple[str, str]]) -> None:
        self._isi: dict[str, str] = {}
        for nama, nilai in pasangan:
            self._isi[nama] = f"{self._isi[nama]},{nilai}" if nama in self._isi else nilai
        self._dikenal: list[str] = []
        if sum(len(n) + len(v) for n, v in self._isi.items()) > _TERPANJANG:
            raise MasukanTidakSahError(f"Parameter terlalu panjang; paling banyak {_TERPANJANG} huruf seluruhnya.")
        if any("\0" in v for v in self._isi.values()):
            raise MasukanTidakSahError("Parameter tidak boleh berisi karakter NUL.")

    def tanpa(self, *nama: str) -> "Parameter":
        """The same without those."""
        return Parameter((n, v) for n, v in self._isi.items() if n not in nama)

    def __contains__(self, nama: str) -> bool:
        return bool(self._isi.get(nama))

    def urut(self) -> list[tuple[str, str]]:
        """All of them, by name: equal questions in one spelling."""
        return sorted(self._isi.items())

    def teks(self, nama: str) -> str | None:
        self._dikenal.append(nama)
        return self._isi.get(nama, "").strip() or None

    def perlu(self, nama: str, contoh: str) -> str:
        nilai = self.teks(nama)
        if nilai is None:
            raise MasukanTidakSahError(f"Parameter {nama} belum ada; sebutkan, misalnya {nama}={contoh}.")
        return nilai

    def daftar(self, nama: str, pilihan: Sequence[str]) -> tuple[str, ...]:
        """Values out of a list, each once, in the order of that list; empty where none is given."""
        minta = {n.strip().upper() for n in (self.teks(nama) or "").split(",") if n.strip()}
        salah = sorted(minta - set(pilihan))
        if salah:
            raise MasukanTidakSahError(f"{nama}: {', '.join(salah)} tidak dikenal; pilih dari {', '.join(pilihan)}.")
        return tuple(p for p in pilihan if p in minta)

    def tingkat(self, nama: str = "tingkat") -> Tingkat | None:
        isi = self.teks(nama)
        if isi is None:
            return None
        if isi.upper() not in Tingkat.__members__:
            raise MasukanTidakSahError(f'{nama}: "{isi}" tidak dikenal; pilih {", ".join(Tingkat.__members__)}.')
        return Tingkat[isi.upper()]

    def wilayah(self, nama: str = "wilayah") -> str | None:
        isi = self.teks(nama)
        return None if isi is None else kode_sah(kode_wilayah.rapikan(isi))

    def wilayah_perlu(self) -> str:
        """A code that must be there."""
        self.perlu("wilayah", "53")
        wilayah = self.wilayah()
        assert wilayah is not None
        return wilayah

    def desimal(self, nama: str, contoh: str) -> float:
        isi = self.perlu(nama, contoh)
        try:
            return float(isi)
        except ValueError:
            raise MasukanTidakSahError(f'{nama}: "{isi}" harus bilangan, misalnya {contoh}.') from None

    def ya_tidak(self, nama: str) -> bool | None:
        isi = self.teks(nama)
        if isi is None:
            return None
        if isi.lower() not in ("true", "false"):
            raise MasukanTidakSahError(f'{nama}: "{isi}" tidak dikenal; tulis true atau false.')
        return isi.lower() == "true"

    def bilangan(self, nama: str, bawaan: int, paling: int) -> int:
        isi = self.teks(nama)
        if isi is None:
            return bawaan
        if not (isi.isascii() and isi.isdigit() and len(isi) < 10) or not 1 <= int(isi) <= paling:
            raise MasukanTidakSahError(f'{nama}: "{isi}" harus bilangan bulat dari 1 sampai {paling}.')
        return int(isi)

    def kotak(self, nama: str = "bbox") -> Box | None:
        """West, south, east, north in degrees."""
        isi = self.teks(nama)
        if isi is None:
            return None
        try:
            barat, selatan, timur, utara = (float(n) for n in isi.split(","))
        except ValueError:
            raise MasukanTidakSahError(
                f'{nama}: "{isi}" harus empat bilangan: barat,selatan,timur,utara (derajat).'
            ) from None
        if not (-180 <= barat <= timur <= 180 and -90 <= selatan <= utara <= 90):
            raise MasukanTidakSahError(
                f"{nama}: urutannya barat,selatan,timur,utara dalam derajat, misalnya 122.5,-11.1,123.5,-10.3."
            )
        return barat, selatan, timur, utara

    def habis(self, lain: Collection[str] = ()) -> None:
        """Refuse what nobody has read: a misspelled name must not show another map than was meant."""
        asing = sorted(self._isi.keys() - {*self._dikenal, *lain})
        if asing:
            ada = ", ".join(sorted({*self._dikenal, *lain})) or "(tidak ada)"
            raise MasukanTidakSahError(f"Parameter {', '.join(asing)} tidak dikenal di sini; yang ada: {ada}.")
