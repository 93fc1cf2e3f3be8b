"""Values as the reference resolver orders and writes them."""

from datetime import date
from decimal import Decimal
from typing import Any


def jsonb_order(rincian: dict[str, str]) -> tuple[Any, ...]:
    """PostgreSQL's order of jsonb objects: fewer pairs first, then key by key (shorter keys first), value by value."""
    pairs = sorted(rincian.items(), key=lambda p: (len(p[0].encode()), p[0].encode()))
    return (len(pairs), tuple(x.encode() for p in pairs for x in p))


def plain(nilai: Any) -> Any:
    if isinstance(nilai, Decimal):
        return int(nilai) if nilai == nilai.to_integral_value() else float(nilai)
    if isinstance(nilai, date):
        return nilai.isoformat()
    return nilai
