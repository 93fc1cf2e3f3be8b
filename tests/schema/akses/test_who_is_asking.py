"""siapaSaya: one question tells who one is and what one may do; a wrong token is refused as everywhere."""

from typing import Any

import pytest

from hub.app import Bounds
from hub.base.settings import Settings
from tests.client import Client
from tests.hub_server import Server

WHO = "{ siapaSaya { peran nama wilayah { __typename kode nama } berlakuSampai boleh } }"


def _who(hub: Client, as_whom: str | None) -> Any:
    return hub.ask(WHO, None, as_whom)["siapaSaya"]


def test_without_a_token_one_is_the_public(read_hub: Client) -> None:
    assert _who(read_hub, None) == {
        "peran": "UMUM", "nama": "Umum", "wilayah": None, "berlakuSampai": None, "boleh": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("as_whom", "role", "region", "may", "may_not"),
    [
        (
            "53.14",
            "KABUPATEN",
            {"__typename": "Kabupaten", "kode": "53.14", "nama": "Rote Ndao"},
            "ajukanRekap",
            "setujuiRekap",
        ),
        (
            "53",
            "PROVINSI",
            {"__typename": "Provinsi", "kode": "53", "nama": "Nusa Tenggara Timur"},
            "setujuiRekap",
            "simpanTagana",
        ),
        ("", "ADMIN", None, "aturTenggat", "ajukanRekap"),
    ],
)
def test_officers_are_told_who_they_are_and_what_they_may(
    read_hub: Client, as_whom: str, role: str, region: Any, may: str, may_not: str
) -> None:
    who = _who(read_hub, as_whom)
    assert (who["peran"], who["nama"], who["wilayah"]) == (role, f"uji {role} {as_whom}", region)
    assert who["berlakuSampai"] is None
    assert may in who["boleh"]
    assert may_not not in who["boleh"]
    assert who["boleh"] == sorted(set(who["boleh"]))


def test_every_mutation_named_is_one(read_hub: Client) -> None:
    mutations = {
        f["name"] for f in read_hub.ask('{ __type(name: "Mutation") { fields { name } } }')["__type"]["fields"]
    }
    for as_whom in ("53.14", "53", ""):
        assert set(_who(read_hub, as_whom)["boleh"]) <= mutations


def test_a_region_that_is_not_loaded_is_null(hub: Client) -> None:
    assert _who(hub, "11.01") | {"boleh": None} == {
        "peran": "KABUPATEN", "nama": "uji KABUPATEN 11.01", "wilayah": None, "berlakuSampai": None, "boleh": None,
    }  # fmt: skip


def test_the_end_of_a_token_is_told(hub: Client) -> None:
    hub.token("53.14")
    hub.sql("UPDATE token SET kedaluwarsa_pada = '2099-01-01 00:00:00+07' WHERE nama = 'uji KABUPATEN 53.14'")
    assert _who(hub, "53.14")["berlakuSampai"].startswith(("2099-01-01T00:00:00+07:00", "2098-12-31T17:00:00"))


@pytest.mark.parametrize("change", ["dicabut_pada = now()", "kedaluwarsa_pada = now()"])
def test_who_is_let_in_no_more_is_refused_with_a_code(hub: Client, change: str) -> None:
    assert _who(hub, "53.14")["peran"] == "KABUPATEN"
    hub.sql(f"UPDATE token SET {change} WHERE nama = 'uji KABUPATEN 53.14'")
    answer = hub.send(WHO, None, "53.14")
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"] == {"kode": "TOKEN_DITOLAK", "code": "UNAUTHENTICATED"}


def test_it_is_asked_together_with_other_things(read_hub: Client) -> None:
    both = read_hub.ask('{ siapaSaya { peran } kabupaten(kode: "53.14") { nama } }', None, "53")
    assert both == {"siapaSaya": {"peran": "PROVINSI"}, "kabupaten": {"nama": "Rote Ndao"}}


def test_at_a_node_what_is_the_provinces_is_not_among_it(demo_url: str) -> None:
    server = Server(demo_url, Settings(wilayah="53.14"), Bounds())
    server.start()
    with Client(server.address, demo_url) as node:
        boleh = _who(node, "")["boleh"]
        assert "aturTenggat" not in boleh
        assert "ajukanRekap" not in _who(node, "53.14")["boleh"]  # it has not taken over yet
    server.stop()
