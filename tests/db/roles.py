"""The login a hub serves with, and the database's roles as a test takes them on: with a claim signed as the hub signs it."""

import time
from typing import Any

import psycopg

from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.db.claims import TAKE_ROLE, ClaimSigner
from hub.db.private_cluster import login_url

ROLE_KEY = role_key(Settings())
SIGNER = ClaimSigner(ROLE_KEY)
Session = psycopg.Connection[Any]


def settings_for(url: str) -> dict[str, str]:
    """The settings of a hub over that database, by their variables."""
    return {
        "HUB_DATABASE_URL": login_url(url),
        "HUB_DATABASE_URL_PEMILIK": url,
        "HUB_KUNCI_PERAN": ROLE_KEY.decode(),
    }


def take_role(conn: psycopg.Connection[Any], role: str, wilayah: str) -> None:
    """Take on a role and region as the hub does; until the transaction ends, or on a connection that commits by itself for
    good."""
    claim = "" if role == "hub_publik" else SIGNER.claim(role, wilayah, conn.info.backend_pid, time.time() + 60)
    is_local = "false" if conn.autocommit else "true"
    conn.execute(TAKE_ROLE.replace("true", is_local), (role, claim))
