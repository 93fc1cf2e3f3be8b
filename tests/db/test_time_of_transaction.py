"""The one time of a transaction (hub_saat) is kept where nobody but the owner puts anything."""

from contextlib import closing

import psycopg
import pytest

from hub.db.private_cluster import login_url
from tests.client import Client
from tests.db.roles import Session, take_role


@pytest.mark.parametrize("sequence", ["saat_transaksi", "saat_mikrodetik"])
@pytest.mark.parametrize("words", ["setval({}, 1)", "nextval({})", "currval({})"])
def test_nobody_reaches_where_the_time_is_kept(session: Session, sequence: str, words: str) -> None:
    take_role(session, "hub_kabupaten", "53.14")
    session.execute("SELECT hub_saat()")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("SELECT " + words.format(f"'{sequence}'"))


def test_saying_that_a_time_is_kept_keeps_none(hub: Client) -> None:
    """Neither before there was one in the session nor of the transaction before."""
    with closing(psycopg.connect(login_url(hub.url))) as conn:
        take_role(conn, "hub_kabupaten", "53.14")
        said = "SELECT set_config('hub.saat', pg_current_xact_id()::text, true)"
        conn.execute(said)
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
            conn.execute("SELECT hub_saat()")
        conn.rollback()
        take_role(conn, "hub_kabupaten", "53.14")
        ((earlier,),) = conn.execute("SELECT hub_saat()").fetchall()
        conn.rollback()
        take_role(conn, "hub_kabupaten", "53.14")
        conn.execute(said)
        ((own, now),) = conn.execute("SELECT hub_saat(), now()").fetchall()
        assert earlier < now <= own
