"""Numbers as officials write them: "1.799 KK", "Rp. 526.700.000.-", "12,157,475,000", "92,72%", "24,6 5%", "1,5 juta", "Rp 3 M"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_PLAIN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")  # "1.000", which a machine reads as one
_RUPIAH = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_RUPIAH_TAIL = re.compile(r"[.,]\s*-{1,2}$")  # ".-" and ",-" close a sum of money
_WITH_UNIT = re.compile(
    r"(?P<angka>[+-]?\d[\d.,\s]*)(?P<besar>(?:ribu|rb|juta|jt|miliar|milyar|milliar|triliun|trilyun|m|t)(?![A-Za-z])\.?\s*)?"
    r"(?P<satuan>[A-Za-z%/]*)\.?\s*(?P<catatan>\*{1,3}\)?)?",
    re.IGNORECASE,
)
_SIZES = {
    "ribu": 3,
    "rb": 3,
    "juta": 6,
    "jt": 6,
    "miliar": 9,
    "milyar": 9,
    "milliar": 9,
    "mil": 9,
    "triliun": 12,
    "trilyun": 12,
}
_MONEY_SIZES = {"m": 9, "t": 12}  # of money alone: elsewhere "m" is a metre, "t" a ton
_IN_BRACKETS = re.compile(r"\(\s*[\d.,\s]+\)")
_ROUGHLY = ("±", "+/-", "+-", "kurang lebih", "sekitar", "kira-kira", "lebih dari", "kurang dari", "~", "≈", "<", ">")
_SPACED_THOUSANDS = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
_SPACED_FRACTION = re.compile(r"[+-]?[\d.]*,\d+ \d+")  # "24,6 5": a cell that broke inside the fraction

_WHOLE_DIGITS, _FRACTION_DIGITS = (
    16,
    20,
)  # digits before and after the decimal separator: sums of such figures stay exact

_STANDARD_UNIT = {
    "%": "persen", "rp": "rupiah", "jiwa": "orang", "anak": "orang", "lansia": "orang", "pct": "persen", "org": "orang", "prs": "persen",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenAngka:
    """`nilai`: what was meant; `unit`: the unit that was written beside it, if any; `freely_written`: it was not written as a
    plain decimal, so the reader should be told how it was understood; `other`: what it means where its one dot or comma was meant the
    other way, if that makes sense."""

    nilai: Decimal
    unit: str | None
    freely_written: bool
    other: Decimal | None = None


def is_plausible(nilai: Decimal) -> bool:
    """Whether a figure can be one: not longer than any sum of money or count in the country."""
    if not nilai.is_finite():
        return False
    return nilai.adjusted() < _WHOLE_DIGITS and int(nilai.as_tuple().exponent) >= -_FRACTION_DIGITS


def read_angka(text: str, whole: bool, *, money: bool = False, exact: bool = False) -> WrittenAngka:
    """Read a number. `whole`: only whole numbers make sense here, which settles "1.799" (1799) and "12,157" (12157); `money`: it is
    a sum of rupiah, so that "3 M" is three milliards and "5.000" five thousand (the other way is told); `exact`: it comes from a number cell, whose dot parts
    the fraction.

    Raises ValueError when it cannot be read, could mean two things, or is too long to be a figure.
    """
    result = _read(text, whole, money=money, exact=exact)
    if not is_plausible(result.nilai):
        raise ValueError(
            f'"{text}" terlalu panjang; paling banyak {_WHOLE_DIGITS} angka, dan {_FRACTION_DIGITS} di belakang koma'
        )
    return result


def _read(text: str, whole: bool, *, money: bool, exact: bool) -> WrittenAngka:
    written = " ".join(text.split())
    in_thousands = whole or money  # no sum of rupiah has thousandths
    if _PLAIN.fullmatch(written) and (exact or not (in_thousands and _PLAIN_THOUSANDS.fullmatch(written))):
        plain = Decimal(written)
        twofold = not exact and _PLAIN_THOUSANDS.fullmatch(written) is not None
        return WrittenAngka(plain, None, False, Decimal(written.replace(".", "")) if twofold else None)
    rupiah = _RUPIAH.match(written) is not None
    bare = _RUPIAH_TAIL.sub("", _RUPIAH.sub("", written)).strip()
    match = _WITH_UNIT.fullmatch(bare)
    if match is None:
        raise ValueError(_not_a_number(text, written))
    unit = "rupiah" if rupiah else match["satuan"].casefold() or None
    size, word = 0, (match["besar"] or "").strip(" .")
    if word:
        known = _SIZES | _MONEY_SIZES if rupiah or money else _SIZES
        if (power := known.get(word.casefold())) is None:
            if match["satuan"] or word.isupper():  # "3 M" of what is no money
                raise ValueError(
                    f'"{text}" bukan angka yang jelas: "{word}" dapat berarti miliar; tulis angkanya lengkap'
                )
            unit = word.casefold()
        else:
            size = power
    figure = match["angka"].strip()
    if exact:
        nilai, other = Decimal(figure) if _PLAIN.fullmatch(figure) else None, None
    else:
        nilai, other = _nilai(figure, (in_thousands or rupiah) and not size), None
    if nilai is None:
        raise ValueError(f'"{text}" bukan angka')
    if not exact and (size or not (whole or rupiah)):
        other = _other_way(figure, nilai)
    standard = _STANDARD_UNIT.get(unit, unit) if unit else None
    return WrittenAngka(_times(nilai, size), standard, True, None if other is None else _times(other, size))


def _times(nilai: Decimal, size: int) -> Decimal:
    """A figure with so many noughts, without a fraction of noughts: 1,5 and 6 → 1500000."""
    if not size:
        return nilai
    larger = nilai.scaleb(size)
    return larger.quantize(Decimal(1)) if larger == larger.to_integral_value() and larger.adjusted() < 27 else larger


def _not_a_number(text: str, written: str) -> str:
    """Why a text is none, where that can be said."""
    if _IN_BRACKETS.fullmatch(written):
        inside = written.strip("() ")
        return f'"{text}" bukan angka yang jelas: dapat berarti {inside} atau minus {inside}; tulis tanpa tanda kurung'
    if written.casefold().startswith(_ROUGHLY) and any(h.isdigit() for h in written):
        return f'"{text}" bukan angka pasti; tulis angkanya tanpa "kira-kira"'
    return f'"{text}" bukan angka'


def _other_way(figure: str, nilai: Decimal) -> Decimal | None:
    """What "1,799" means where its comma parts thousands, or where it does not: the one that was not taken."""
    bare = figure.replace(" ", "")
    if bare.count(".") + bare.count(",") != 1 or not _is_grouped(bare, "." if "." in bare else ","):
        return None
    digits = Decimal(bare.replace(".", "").replace(",", ""))
    return Decimal(bare.replace(",", ".")) if nilai == digits else digits


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
