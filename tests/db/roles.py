"""The login a hub serves with, and the database's roles as a test takes them on: with a claim signed as the hub signs it."""

import time
from typing import Any

import psycopg

from hub.base.kunci_peran import role_key
from hub.base.settings import Settings
from hub.db.klaim import AMBIL_PERAN, Penanda
from hub.db.private_cluster import login_url

KUNCI = role_key(Settings())
PENANDA = Penanda(KUNCI)
Sesi = psycopg.Connection[Any]


def setelan(url: str) -> dict[str, str]:
    """The settings of a hub over that database, by their variables."""
    return {
        "HUB_DATABASE_URL": login_url(url),
        "HUB_DATABASE_URL_PEMILIK": url,
        "HUB_KUNCI_PERAN": KUNCI.decode(),
    }


def ambil_peran(conn: psycopg.Connection[Any], peran: str, wilayah: str) -> None:
    """Take on a role and region as the hub does; until the transaction ends, or on a connection that commits by itself for
    good."""
    klaim = "" if peran == "hub_publik" else PENANDA.claim(peran, wilayah, conn.info.backend_pid, time.time() + 60)
    sampai = "false" if conn.autocommit else "true"
    conn.execute(AMBIL_PERAN.replace("true", sampai), (peran, klaim))
