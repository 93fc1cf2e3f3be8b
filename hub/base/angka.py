"""Numbers as officials write them: "1.799 KK", "Rp. 526.700.000.-", "12,157,475,000", "92,72%", "24,6 5%"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_PLAIN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")  # "1.000", which a machine reads as one
_RUPIAH = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_RUPIAH_TAIL = re.compile(r"[.,]\s*-{1,2}$")  # ".-" and ",-" close a sum of money
_WITH_UNIT = re.compile(r"(?P<angka>[+-]?\d[\d.,\s]*)(?P<satuan>[A-Za-z%/]*)\s*")
_SPACED_THOUSANDS = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
_SPACED_FRACTION = re.compile(r"[+-]?[\d.]*,\d+ \d+")  # "24,6 5": a cell that broke inside the fraction

_WHOLE_DIGITS, _FRACTION_DIGITS = (
    16,
    20,
)  # digits before and after the decimal separator: sums of such figures stay exact

_STANDARD_UNIT = {"%": "persen", "rp": "rupiah", "jiwa": "orang", "anak": "orang", "lansia": "orang", "pct": "persen"}


@dataclass(frozen=True, slots=True)
class WrittenAngka:
    """`nilai`: what was meant; `unit`: the unit that was written beside it, if any; `freely_written`: it was not written as a
    plain decimal, so the reader should be told how it was understood."""

    nilai: Decimal
    unit: str | None
    freely_written: bool


def is_plausible(nilai: Decimal) -> bool:
    """Whether a figure can be one: not longer than any sum of money or count in the country."""
    if not nilai.is_finite():
        return False
    return nilai.adjusted() < _WHOLE_DIGITS and int(nilai.as_tuple().exponent) >= -_FRACTION_DIGITS


def read_angka(text: str, whole: bool) -> WrittenAngka:
    """Read a number. `whole`: only whole numbers make sense here, which settles "1.799" (1799) and "12,157" (12157).

    Raises ValueError when it cannot be read, could mean two things, or is too long to be a figure.
    """
    result = _read(text, whole)
    if not is_plausible(result.nilai):
        raise ValueError(
            f'"{text}" terlalu panjang; paling banyak {_WHOLE_DIGITS} angka, dan {_FRACTION_DIGITS} di belakang koma'
        )
    return result


def _read(text: str, whole: bool) -> WrittenAngka:
    written = " ".join(text.split())
    if _PLAIN.fullmatch(written) and not (whole and _PLAIN_THOUSANDS.fullmatch(written)):
        return WrittenAngka(Decimal(written), None, freely_written=False)
    rupiah = _RUPIAH.match(written) is not None
    written = _RUPIAH_TAIL.sub("", _RUPIAH.sub("", written)).strip()
    match = _WITH_UNIT.fullmatch(written)
    if match is None:
        raise ValueError(f'"{text}" bukan angka')
    unit = "rupiah" if rupiah else match["satuan"].casefold() or None
    nilai = _nilai(match["angka"].strip(), whole or rupiah)
    if nilai is None:
        raise ValueError(f'"{text}" bukan angka')
    return WrittenAngka(nilai, _STANDARD_UNIT.get(unit, unit) if unit else None, freely_written=True)


def _nilai(angka: str, whole: bool) -> Decimal | None:
    if " " in angka and not (_SPACED_THOUSANDS.fullmatch(angka) or _SPACED_FRACTION.fullmatch(angka)):
        return None
    angka = angka.replace(" ", "")
    dots, commas = angka.count("."), angka.count(",")
    if dots and commas:
        decimal_mark = max(".", ",", key=angka.rfind)
        whole_part, _, fraction = angka.rpartition(decimal_mark)
        thousands_mark = "," if decimal_mark == "." else "."
        if not _is_grouped(whole_part, thousands_mark) or not fraction.isdigit():
            return None
        return Decimal(f"{whole_part.replace(thousands_mark, '')}.{fraction}")
    if not (dots or commas):
        return Decimal(angka)
    separator = "." if dots else ","
    # one kind of separator: thousands where it stands more than once, where only whole numbers make sense or, with a
    # dot, where Indonesians write thousands
    if _is_grouped(angka, separator) and (dots + commas > 1 or whole or separator == "."):
        return Decimal(angka.replace(separator, ""))
    return Decimal(angka.replace(separator, ".")) if dots + commas == 1 and not angka.endswith(separator) else None


def _is_grouped(angka: str, separator: str) -> bool:
    """Whether the separator parts groups of three, the first one not beginning with 0."""
    first, *rest = angka.lstrip("+-").split(separator)
    return (
        1 <= len(first) <= 3
        and not first.startswith("0")
        and bool(rest)
        and all(len(k) == 3 and k.isdigit() for k in rest)
    )
