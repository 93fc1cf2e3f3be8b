"""The shipped catalogue as the services see it, without a database."""

from decimal import Decimal
from functools import cache
from typing import Any

from hub.katalog import install
from hub.katalog.cache import build
from hub.katalog.katalog import Katalog
from seeds.katalog_toml import read_katalog

_AFTER_CODE = 17  # where the ranges stand in a row of elements, before their other names


@cache
def shipped_katalog() -> Katalog:
    draft = read_katalog()
    ranges = {kode: rest for kode, *rest in install._range_rows(draft)}
    elemen: list[tuple[Any, ...]] = []
    rincian: list[tuple[Any, ...]] = []
    for f in draft.formulir:
        for row in install._elemen_rows(f):
            whole, least, most, *more = ranges[str(row[0])]
            more = [*(None if n is None else Decimal(str(n)) for n in (least, most)), *more]
            known = (row[0], row[1], *row[3:])  # without its place
            elemen.append((*known[:10], whole, *known[11:17], *more, row[-1]))
        rincian += [
            (e, k, n, p, t, _json(s), m, _json(b), newest)
            for e, k, _, n, p, t, s, m, b, newest in install._rincian_rows(f, draft)
        ]
    formulir = [
        (f.kode, f.nama, 1, "", f.periode, f.tenggat_hari, f.periode_tersingkat or f.periode) for f in draft.formulir
    ]
    return build(
        {
            "formulir": formulir, "elemen": elemen, "rincian": rincian, "aturan": [], "satuan": [], "kewajaran": [],
            "indikator": [], "daftar": [],
        }
    )  # fmt: skip


def _json(text: object) -> Any:
    import orjson

    return orjson.loads(str(text))
