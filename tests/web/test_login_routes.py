"""POST /masuk as browsers and programs send it: which pages may, and what of the answer may be kept."""

import httpx
import pytest

from tests.akses.invitations import exchange, invite, new_proof
from tests.client import Client

_CODE = "A" * 20


def _post(hub: Client, content: str, **heads: str) -> httpx.Response:
    return hub.post("/masuk", content=content, headers={"Content-Type": "application/json", **heads})


@pytest.mark.parametrize(
    "heads",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://contoh.example"},
        {"Origin": "null"},
        {"Origin": "https://contoh.example", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_another_address_is_refused_before_the_code_is_looked_at(hub: Client, heads: dict[str, str]) -> None:
    invited = invite(hub.url)
    answer = exchange(hub, invited.code, new_proof(), **heads)
    assert (answer.status_code, answer.json()["kode"]) == (403, "LINTAS_ASAL")
    assert "access-control-allow-origin" not in answer.headers
    assert exchange(hub, invited.code, new_proof()).status_code == 200


def test_the_hubs_own_page_may_with_and_without_tls(hub: Client) -> None:
    for heads in ({"Sec-Fetch-Site": "same-origin", "Origin": hub.address}, {"Origin": hub.address}, {}):
        answer = exchange(hub, invite(hub.url).code, new_proof(), **heads)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers
        assert "set-cookie" not in answer.headers


def test_no_other_page_is_told_that_it_may(hub: Client) -> None:
    preflight = httpx.options(
        f"{hub.address}/masuk",
        headers={"Origin": "https://contoh.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 405
    assert not [h for h in preflight.headers if h.startswith("access-control")]
    assert hub.get("/masuk").status_code == 405


@pytest.mark.parametrize(
    ("content", "status", "word"),
    [
        ("", 400, "JSON"),
        ("[]", 400, "JSON"),
        ("{}", 400, "kode"),
        ('{"kode": 5}', 400, "kode"),
        (f'{{"kode": "{_CODE}", "bukti": 5}}', 400, "bukti"),
        (f'{{"kode": "{_CODE}", "bukti": "pendek"}}', 400, "22 sampai 200"),
        ('{"kode": "ABC"}', 400, "20 huruf"),
        (f'{{"kode": "{_CODE}", "x": "{"x" * 5_000}"}}', 413, "4 KiB"),
    ],
)
def test_what_cannot_be_read_is_said(read_hub: Client, content: str, status: int, word: str) -> None:
    answer = _post(read_hub, content)
    assert answer.status_code == status
    assert word in answer.json()["pesan"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_form_is_not_taken(read_hub: Client) -> None:
    answer = read_hub.post("/masuk", data={"kode": _CODE})
    assert (answer.status_code, answer.json()["kode"]) == (415, "MASUKAN_TIDAK_SAH")
