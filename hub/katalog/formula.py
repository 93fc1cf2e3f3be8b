"""The small language of rules and indicators: sums of products of figures, numbers and counts.

    BEN03 + BEN04        BAN03 * 200000 * BULAN        KIN04[sumber_anggaran=APBD] | KIN04        REH02 + REH04?

A term is an element with an optional choice of breakdown, a number, or a word the reader of the formula knows
(BULAN, DESA, KECAMATAN, KABUPATEN). "*" as a choice: each one, in rules. "?" behind an element: where it was not reported it does not count; without it a
missing figure makes the whole sum unknown. "|" parts alternatives: the first that is known counts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

WORDS = frozenset({"BULAN", "DESA", "KECAMATAN", "KABUPATEN"})
ANY = "*"  # in a rule: every choice of that breakdown, the same on both sides

_TOKEN = re.compile(
    r"\s*(?:(?P<angka>\d+(?:\.\d+)?)|(?P<kode>[A-Z]+\d*)(?:\[(?P<rincian>[^\]]+)\])?(?P<boleh>\?)?|(?P<op>[+\-*|]))"
)

Rincian = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in a formula. `rincian`: sorted (breakdown, choice) pairs; `may_be_missing`: missing counts as nothing."""

    kode: str
    rincian: Rincian = ()
    may_be_missing: bool = False


Factor = Term | Decimal
Product = tuple[int, tuple[Factor, ...]]  # sign, factors
Sum = tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """`pilihan`: alternatives, each a sum of signed products."""

    text: str
    pilihan: tuple[Sum, ...]
    _terms: tuple[Term, ...] = field(init=False, compare=False, repr=False)
    _single: Term | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """What is asked of it for every region of every rekap."""
        terms = tuple(f for j in self.pilihan for _, factors in j for f in factors if isinstance(f, Term))
        is_single = bool(terms) and self.pilihan == (((1, (terms[0],)),),)
        object.__setattr__(self, "_terms", terms)
        object.__setattr__(self, "_single", terms[0] if is_single else None)

    def terms(self) -> tuple[Term, ...]:
        """Every figure the formula names, in order, words included."""
        return self._terms

    @property
    def single(self) -> Term | None:
        """The figure that all of it is; None: it is made of more."""
        return self._single

    def compute(self, nilai: Callable[[Term], Decimal | None]) -> Decimal | None:
        """The value, or None where no alternative is fully known. `nilai` answers for one figure or word."""
        if (term := self._single) is not None:  # most are
            figure = nilai(term)
            return None if figure is None else _ONE * figure
        for products in self.pilihan:
            result = _add_up(products, nilai)
            if result is not None:
                return result
        return None


_ONE = Decimal(1)
_LONGEST = 2_000  # letters of a formula that is kept read; what somebody writes as a total may be longer


def read_formula(text: str) -> Formula:
    """Parse a formula. Raises ValueError (Indonesian) naming the place where it stops making sense."""
    return _remembered(text) if len(text) <= _LONGEST else _read(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> Formula:
    return _read(text)


def _read(text: str) -> Formula:
    pilihan: list[Sum] = []
    products: list[Product] = []
    factors: list[Factor] = []
    sign, expects_factor, position = 1, True, 0
    end = len(text.rstrip())
    while position < end:
        token = _TOKEN.match(text, position)
        if token is None or expects_factor == (token["op"] is not None):
            raise ValueError(f'Rumus "{text}" tidak terbaca pada huruf ke-{position + 1}: "{text[position:]}"')
        position = token.end()
        if token["op"] is None:
            factors.append(Decimal(token["angka"]) if token["angka"] else _term(token, text))
            expects_factor = False
            continue
        expects_factor = True
        if token["op"] == "*":
            continue
        products.append((sign, tuple(factors)))
        factors, sign = [], -1 if token["op"] == "-" else 1
        if token["op"] == "|":
            pilihan.append(tuple(products))
            products = []
    if expects_factor:
        raise ValueError(f'Rumus "{text}" belum selesai')
    products.append((sign, tuple(factors)))
    pilihan.append(tuple(products))
    return Formula(text, tuple(pilihan))


def read_rincian(text: str) -> Rincian:
    """ "JK=L, umur=60+" → (("JK", "L"), ("umur", "60+")), sorted by name."""
    pairs = []
    for part in text.split(","):
        name, equals, pilihan = (b.strip() for b in part.partition("="))
        if not (name and equals and pilihan):
            raise ValueError(f'Rincian "{text}" harus berbentuk nama=pilihan, dipisah koma')
        pairs.append((name, pilihan))
    return tuple(sorted(pairs))


def _term(token: "re.Match[str]", text: str) -> Term:
    kode, rincian = token["kode"], token["rincian"]
    if kode in WORDS and (rincian or token["boleh"]):
        raise ValueError(f'Rumus "{text}": {kode} tidak mempunyai rincian')
    return Term(kode, read_rincian(rincian) if rincian else (), token["boleh"] is not None)


def _add_up(products: Sum, nilai: Callable[[Term], Decimal | None]) -> Decimal | None:
    total: Decimal | None = None
    for sign, factors in products:
        factor_values = [(f, f if isinstance(f, Decimal) else nilai(f)) for f in factors]
        if any(n is None and isinstance(f, Term) and f.may_be_missing for f, n in factor_values):
            continue  # the product does not count
        product = Decimal(sign)
        for _, n in factor_values:
            if n is None:
                return None
            product *= n
        total = product if total is None else total + product
    return total
