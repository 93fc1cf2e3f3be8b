"""Arrays as PostgreSQL writes them, of thousands of elements in one text: to be bound as a value and cast, `%s::text[]`.

psycopg makes an array element by element, each escaped by an expression of its own: a quarter of a second for the rows of one rekap.
"""

from collections.abc import Iterable
from decimal import Decimal


def text_array(items: Iterable[str | None]) -> str:
    """For `text[]`, and of texts that are JSON for `jsonb[]`. None: NULL, which the word NULL is not."""
    # in quotation marks nothing but these two means anything: neither braces, commas nor blanks
    listed = list(items)
    if None not in listed:
        joined = '","'.join(listed)  # type: ignore[arg-type]
        if "\\" not in joined and joined.count('"') == 2 * max(len(listed) - 1, 0):
            return '{"' + joined + '"}' if listed else "{}"  # codes, words and numbers: nothing in them to escape
    quoted = ["NULL" if i is None else '"' + i.replace("\\", "\\\\").replace('"', '\\"') + '"' for i in listed]
    return "{" + ",".join(quoted) + "}"


def number_array(items: Iterable[Decimal | int | None]) -> str:
    """For `numeric[]`, `integer[]`, `smallint[]`. None: NULL."""
    return "{" + ",".join(["NULL" if i is None else str(i) for i in items]) + "}"
