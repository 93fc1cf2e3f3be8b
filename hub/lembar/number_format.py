"""What the format of a cell says of the number in it: its unit, that it is a per cent, a code or a date. Pure.

The number itself is given whole, not as the format rounds it: 0.27543 in "0%" is "27.543%".
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from hub.lembar.date_serial import MOMENT, SPAN, TIME, written_date

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "d/m/yy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yy h:mm",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@", **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
_LONGEST = 1_000  # letters of a format; what is longer is none
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<half>am/pm|a/p)|(?P<power>e[+-])'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<date>[ymdhsbg]+|e+(?=[^+-]|$))|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_WHOLE = re.compile(r"-?[0-9]{1,400}")
_SIGNS = str.maketrans("", "", "()-")


@dataclass(frozen=True, slots=True)
class Shown:
    """`exact`: its point is that of a fraction; `unseen`: the format shows nothing of it."""

    text: str
    exact: bool = False
    unseen: bool = False


@dataclass(slots=True)
class _Section:
    """`before`, `after`: the words around the number; `places`: its digits with what stands between them; `kind`: of a date."""

    before: str = ""
    after: str = ""
    places: list[str] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    percents: int = 0
    scaled: bool = False
    plain: bool = False  # the digits have no shape of their own: General, a power, a fraction
    kind: str | None = None
    text: bool = False

    def empty(self) -> bool:
        return not (self.places or self.plain or self.kind or self.text or (self.before + self.after).strip())


class NumberFormat:
    def __init__(self, code: str) -> None:
        self._sections = [_section(s) for s in _split(code[:_LONGEST])]
        self._by_condition = any(s.condition for s in self._sections[:3])
        self.adds_nothing = code.strip().lower() in ("", "general", "@", "0", "#,##0", "0.00", "#,##0.00")

    def number(self, value: Decimal, *, from_1904: bool = False) -> Shown:
        if self.adds_nothing:
            text = decimal_text(value)
            return Shown(text, exact="." in text)
        section, negative = self._of(value)
        if section is None or section.empty():
            return Shown("", unseen=True)
        if section.kind is not None:
            written = written_date(float(value), section.kind, from_1904=from_1904)
            if written is not None:
                return Shown(written)
        elif not section.places and not section.plain and not section.text and value:
            return Shown((section.before + section.after).strip())  # nothing but words: [=1]"L";[=2]"P"
        if section.percents:
            value = value.scaleb(2 * section.percents)
        digits = _digits(abs(value), section)
        minus = "-" if value < 0 else ""
        # "juta" goes with the figure that is shown, divided; this one is not
        before, after = ("", "") if section.scaled or not (section.places or section.plain or section.text) else (
            section.before, section.after
        )  # fmt: skip
        if negative:
            before, after = before.translate(_SIGNS), after.translate(_SIGNS)
        fraction = value != value.to_integral_value()
        return Shown(f"{minus}{before}{digits}{after}".strip(), exact=fraction)

    def words(self, text: str) -> Shown:
        section = self._sections[3] if len(self._sections) > 3 else self._sections[0]
        if len(self._sections) > 3 and not section.text and not section.plain:
            return Shown("", unseen=True)
        return Shown(f"{section.before}{text}{section.after}" if section.text else text)

    def _of(self, value: Decimal) -> tuple[_Section | None, bool]:
        """The section for it, and whether it is one that writes the sign itself."""
        if len(self._sections) == 1 and not self._by_condition:
            return self._sections[0], False
        sections = self._sections[:3]
        if self._by_condition:
            found = next((s for s in sections if s.condition is None or _holds(s.condition, value)), None)
            return found, found is not None and value < 0
        if len(sections) > 1 and value < 0:
            return sections[1], True
        if len(sections) > 2 and value == 0:
            return sections[2], False
        return sections[0], False


@lru_cache(4096)
def number_format(code: str) -> NumberFormat:
    return NumberFormat(code)


def built_in(number: int) -> NumberFormat:
    """One that files name by its number alone; those of currencies and of no number are plain."""
    return number_format(_BUILT_IN.get(number, "General"))


def as_decimal(raw: str | float) -> Decimal | None:
    """The number as spreadsheets show it, of 15 digits, without what binary fractions add; a whole number has all of its digits. None
    where it is none."""
    if isinstance(raw, str):
        raw = raw.strip()
        if _WHOLE.fullmatch(raw):
            return Decimal(raw)
    try:
        number = float(raw)
        if not isfinite(number):
            return None
        return Decimal(int(number)) if number.is_integer() else Decimal(f"{number:.15g}")
    except ValueError:
        return None


def decimal_text(value: Decimal) -> str:
    """ "12157475000", "0.00005": never a power."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _split(code: str) -> list[str]:
    sections, start = [], 0
    for token in _TOKEN.finditer(code):
        if token[0] == ";":
            sections.append(code[start : token.start()])
            start = token.end()
    return [*sections, code[start:]] if code.strip() else ["General"]


def _section(code: str) -> _Section:
    section, dated = _Section(), ""
    commas = points = 0
    between: list[str] = []  # since the last digit
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "digit":
            if points == 0:
                section.places += [*between, text] if section.places else [text]
                if not section.places[:-1]:
                    section.before += "".join(between)
            commas, between = 0, []
        elif kind in ("point", "comma"):
            points, commas = points + (kind == "point"), commas + (kind == "comma")
            section.scaled = section.scaled or (kind == "point" and commas > 0)
        elif kind == "percent":
            section.percents += 1
            between.append("%")
        elif kind in ("general", "power", "text"):
            section.plain, section.text = section.plain or kind != "text", section.text or kind == "text"
            if kind != "power":
                section.before, between = "".join(between), []
        elif kind in ("date", "half"):
            dated += text.lower() if kind == "date" else "h"
        elif kind == "bracket":
            dated += _bracket(section, text, between)
        elif kind == "other" and text == "/" and section.places:
            section.plain = True
        elif kind is not None:
            between.append(text)
    section.scaled = section.scaled or (commas > 0 and bool(section.places))
    if section.places or section.plain or section.text:
        section.after = "".join(between)
    else:
        section.before = "".join(between)
    section.kind = _date_kind(dated)
    return section


def _bracket(section: _Section, text: str, between: list[str]) -> str:
    """What it adds to the signs of a date."""
    condition = _CONDITION.fullmatch(text.strip())
    if condition is not None:
        limit = as_decimal(condition[2])
        section.condition = (condition[1], limit) if limit is not None else None
    elif text.startswith("$"):
        between.append(text[1:].partition("-")[0])
    elif _ELAPSED.fullmatch(text):
        return f"[{text.lower()}"
    return ""


def _date_kind(dated: str) -> str | None:
    if not dated.strip("bg"):
        return None
    if "[" in dated:
        return SPAN
    days = set(dated) & set("yde")
    return TIME if not days and set(dated) & set("hs") else MOMENT


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _digits(value: Decimal, section: _Section) -> str:
    text = decimal_text(value)
    if section.plain or section.kind is not None or not section.places:
        return text
    whole, point, fraction = text.partition(".")
    whole = whole.zfill(section.places.count("0"))
    signs = [p for p in section.places if p in "0#?" and len(p) == 1]
    if (
        len(signs) == len(section.places)
        or point
        or section.scaled
        or by_thousands("".join("0" if p in ("0", "#", "?") else p for p in section.places))
    ):
        return whole + point + fraction
    return _into_places(whole, section.places)


def by_thousands(written: str) -> bool:
    """Whether what stands between digits only makes them easier to read: 0"."000 is no code."""
    groups = re.split(r"[., \u00a0']", written)
    return (
        all(g.isdecimal() for g in groups)
        and all(len(g) == 3 for g in groups[1:])
        and (len(groups) == 1 or len(groups[0]) <= 3)
    )


def _into_places(digits: str, places: list[str]) -> str:
    """53140101 in 00"."00"."00"."00 is "53.14.01.01"; what is left over stands in front."""
    written: list[str] = []
    rest = list(digits)
    for place in reversed(places):
        if place in ("0", "#", "?"):
            if rest:
                written.append(rest.pop())
        elif rest:
            written.append(place)
    return "".join(rest) + "".join(reversed(written))
