"""Arrays as PostgreSQL writes them, of thousands of elements in one text: to be bound as a value and cast, `%s::text[]`.

psycopg makes an array element by element, each escaped by an expression of its own: a quarter of a second for the rows of one rekap.
"""

from collections.abc import Iterable
from decimal import Decimal


def text_array(items: Iterable[str | None]) -> str:
    """For `text[]`, and of texts that are JSON for `jsonb[]`. None: NULL, which the word NULL is not."""
    # in quotation marks nothing but these two means anything: neither braces, commas nor blanks
    quoted = ["NULL" if i is None else '"' + i.replace("\\", "\\\\").replace('"', '\\"') + '"' for i in items]
    return "{" + ",".join(quoted) + "}"


def number_array(items: Iterable[Decimal | int | None]) -> str:
    """For `numeric[]`, `integer[]`, `smallint[]`. None: NULL."""
    return "{" + ",".join(["NULL" if i is None else str(i) for i in items]) + "}"
