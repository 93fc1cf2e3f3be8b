"""What a caller is told he may do comes out of the table of moves, asked in Python or by the database."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import Text, column, values

from hub.base.actor import PUBLIC, Actor, Role
from hub.db.database import database_role
from hub.db.dialect import DIALECT
from hub.plan.rows import Row
from hub.rekap import moves, reads
from tests.db.roles import take_role

CALLERS = [
    PUBLIC,
    Actor(Role.ADMIN, "", "pengelola"),
    *(Actor(Role.PROVINSI, w, "dinas") for w in ("53", "36")),
    *(Actor(Role.KABUPATEN, w, "dinas") for w in ("53.14", "53.15")),
]
REPORTERS = ("53", "36", "53.14", "53.15", "36.73")
CASES = [(kab, status) for kab in REPORTERS for status in moves.STATUSES]


@pytest.mark.parametrize("actor", CALLERS, ids=lambda a: f"{a.role} {a.wilayah}")
def test_the_database_tells_what_the_table_says(shared_demo_url: str, actor: Actor) -> None:
    with psycopg.connect(shared_demo_url) as conn:
        take_role(conn, database_role(actor.role), actor.wilayah)
        told = conn.execute(_question()).fetchall()
    assert told == [(kab, status, list(moves.told(actor, kab, status))) for kab, status in CASES]


def _question() -> Any:
    rekap = values(column("kode_kab", Text), column("status", Text), name="rekap").data(CASES).alias()
    said = reads.may(Row(rekap), None)  # type: ignore[arg-type]  # the caller is the connection's own
    question = rekap.select().add_columns(said)
    return str(question.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))


def test_who_may_and_is_told_can_make_the_move() -> None:
    for actor in CALLERS:
        for kab, status in CASES:
            for action in moves.told(actor, kab, status):
                moves.require(actor, kab, action)
                assert moves.after(kab, status, action) in moves.STATUSES


def test_of_a_kabupatens_rekap_everything_that_can_be_done_is_told() -> None:
    for kab, status in CASES:
        if not moves.is_statement(kab):
            told = {action for w in (kab, kab[:2]) for action in moves.told(Actor(_role(w), w, "dinas"), kab, status)}
            assert told == {m.aksi for m in moves.MOVES if moves.after(kab, status, m.aksi)}


def _role(wilayah: str) -> Role:
    return Role.PROVINSI if len(wilayah) == 2 else Role.KABUPATEN
