"""What is closed to a caller, said of columns or in a text, is the same."""

import psycopg
import pytest
from sqlalchemy import Integer, Text, column, literal_column, select, values

from hub.akses.closed_figures import closed, closed_column, reached, reaches
from hub.db.dialect import DIALECT
from tests.db.roles import take_role

FIGURES = [
    (sensitivity, level, kab)
    for sensitivity in range(4)
    for level in range(1, 5)
    for kab in ("53", "53.14", "53.15", "36.73")
]
# whom it concerns: role, region, the kabupaten and provinces whose figures are open to him altogether
CALLERS = [
    ("hub_publik", "", []),
    ("hub_kabupaten", "53.14", ["53.14"]),
    ("hub_provinsi", "53", ["53", "53.14", "53.15"]),
    ("hub_admin", "", ["53", "53.14", "53.15", "36.73"]),
]


@pytest.mark.parametrize(("role", "region", "own"), CALLERS)
def test_columns_and_text_say_the_same(shared_demo_url: str, role: str, region: str, own: list[str]) -> None:
    f = (
        values(column("peka", Integer), column("tingkat", Integer), column("kab", Text), name="f")
        .data(FIGURES)
        .alias("f")
    )
    texts = closed("f.peka", "f.tingkat", "f.kab"), reached("f.kab")
    said = [closed_column(f.c.peka, f.c.tingkat, f.c.kab), reaches(f.c.kab), *(literal_column(t) for t in texts)]
    question = str(select(*f.c, *said).compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))
    with psycopg.connect(shared_demo_url) as conn:
        take_role(conn, role, region)
        rows = conn.execute(question).fetchall()
    assert [r[:3] for r in rows] == FIGURES
    for sensitivity, level, kab, closed_there, reached_there, *in_text in rows:
        open_to_all = level <= {2: 3, 3: 2}.get(sensitivity, 4)
        assert (closed_there, reached_there) == (not open_to_all and kab not in own, kab in own)
        assert in_text == [closed_there, reached_there]
