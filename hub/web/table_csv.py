"""A table of figures as CSV (RFC 4180): for programs with commas and a point before fractions; for an Indonesian Excel with semicolons,
a comma before fractions and the mark by which Excel knows UTF-8."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from io import StringIO

from hub.angka.table_statements import COLUMNS, OpenTable, TableRow
from hub.base.errors import LimitExceededError
from hub.base.off_loop import off_loop
from hub.base.temuan import display
from hub.lembar.harmless import write_csv

CSV = "text/csv; charset=utf-8; header=present"
MOST_ROWS = 5_000_000
_MARK = "\ufeff"
_EXCEL = ";"


def choices_text(rincian: Mapping[str, str]) -> str:
    """ "JK=L,jabatan=pelaksana", as files of rekap write it; empty: the whole."""
    return ",".join(f"{name}={rincian[name]}" for name in sorted(rincian)) if rincian else ""


async def csv_pieces(table: OpenTable, separator: str) -> AsyncGenerator[bytes]:
    """Raises LimitExceededError before the first piece, where there are more rows than one file may have."""
    if table.fewest > MOST_ROWS:
        raise LimitExceededError(
            f"Tabel ini sedikitnya {display(table.fewest)} baris, paling banyak {display(MOST_ROWS)} dalam satu berkas; ambil "
            "per periode, per kabupaten/kota, atau sebagian elemennya."
        )
    yield ((_MARK if separator == _EXCEL else "") + _text([COLUMNS], separator)).encode()
    async for rows in table.rows:
        yield await off_loop(len(rows), _lines, rows, separator)


def _lines(rows: Sequence[TableRow], separator: str) -> bytes:
    comma = separator == _EXCEL
    cells = [
        (
            r.kode, r.nama, r.elemen, r.periode, choices_text(r.rincian),
            "" if r.nilai is None else r.nilai.replace(".", ",") if comma else r.nilai, r.status,
        )
        for r in rows
    ]  # fmt: skip
    return _text(cells, separator).encode()


def _text(rows: Sequence[Sequence[str]], separator: str) -> str:
    out = StringIO(newline="")
    write_csv(out, rows, separator)
    return out.getvalue()
