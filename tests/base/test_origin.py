"""Who is asking: one name per customer of a network, and proxies believed only where they are named."""

import pytest

from hub.base.errors import SetupError
from hub.base.origin import Caller, TrustedProxies, address_key, caller_of, origin_of
from hub.base.settings import Settings, read_settings

NEAR, FAR = "10.0.0.1", "203.0.113.7"
PROXIES = TrustedProxies("10.0.0.0/8, 2001:db8::5")


@pytest.mark.parametrize(("host", "key"), [
    ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"), ("", ""), ("x" * 500, "x" * 64),
])  # fmt: skip
def test_one_customer_has_one_name(host: str, key: str) -> None:
    assert address_key(host) == key


@pytest.mark.parametrize(("peer", "headers", "client"), [
    (FAR, {"x-forwarded-for": "1.2.3.4"}, FAR),  # nobody said that this one is a proxy
    (NEAR, {}, NEAR),
    (NEAR, {"x-forwarded-for": "1.2.3.4"}, "1.2.3.4"),
    (NEAR, {"x-forwarded-for": "9.9.9.9, 1.2.3.4"}, "1.2.3.4"),  # what stands before it is the client's own word
    (NEAR, {"x-forwarded-for": "9.9.9.9, 1.2.3.4, 10.3.3.3"}, "1.2.3.4"),
    (NEAR, {"x-forwarded-for": "10.3.3.3, 10.4.4.4"}, "10.3.3.3"),
    (NEAR, {"x-forwarded-for": "1.2.3.4, unknown"}, NEAR),
    (NEAR, {"x-forwarded-for": "1.2.3.4:5678"}, "1.2.3.4"),
    (NEAR, {"x-forwarded-for": "[2001:db8::7]:5678"}, "2001:db8::7"),
    (NEAR, {"x-forwarded-for": "2001:db8::7"}, "2001:db8::7"),
    ("2001:db8::5", {"forwarded": 'for="[2001:db8::7]:80";proto=https'}, "2001:db8::7"),
    ("::ffff:10.0.0.1", {"forwarded": "for=9.9.9.9, for=1.2.3.4;by=10.0.0.1"}, "1.2.3.4"),
    (NEAR, {"forwarded": "for=1.2.3.4", "x-forwarded-for": "1.2.3.4"}, "1.2.3.4"),
    (NEAR, {"forwarded": "for=9.9.9.9", "x-forwarded-for": "1.2.3.4"}, NEAR),  # one of them the client made up
    (NEAR, {"forwarded": "for=_hidden"}, NEAR),
    ("", {"x-forwarded-for": "1.2.3.4"}, ""),
])  # fmt: skip
def test_only_named_proxies_are_believed(peer: str, headers: dict[str, str], client: str) -> None:
    assert PROXIES.client(peer, [(n.encode(), v.encode()) for n, v in headers.items()]) == client


def test_without_proxies_nobody_is_believed() -> None:
    told = [(b"x-forwarded-for", b"1.2.3.4"), (b"x-forwarded-proto", b"https")]
    assert TrustedProxies("").client("127.0.0.1", told) == "127.0.0.1"
    assert TrustedProxies("").scheme("127.0.0.1", told) is None
    assert TrustedProxies("127.0.0.1").scheme("127.0.0.1", told) == "https"


def test_several_headers_are_one_list() -> None:
    assert PROXIES.client(NEAR, [(b"x-forwarded-for", b"9.9.9.9"), (b"x-forwarded-for", b"1.2.3.4")]) == "1.2.3.4"


@pytest.mark.parametrize("wrong", ["hub.example", "10.0.0.0/33", "10.0.0.1;10.0.0.2"])
def test_a_setting_that_names_no_network_is_told_so(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PROKSI", wrong)
    with pytest.raises(SetupError, match=r"HUB_PROKSI.*CIDR"):
        read_settings()
    monkeypatch.setenv("HUB_PROKSI", "")
    assert read_settings().proksi == Settings(proksi="").proksi


def test_a_token_is_one_caller_however_it_is_spelled() -> None:
    spelled = ["Bearer hub_x", "bearer hub_x", "BEARER\t hub_x", "  bEARER   hub_x "]
    assert len({caller_of(FAR, s) for s in spelled}) == 1
    assert caller_of(FAR, "Bearer hub_x") != caller_of(FAR, "Bearer hub_y")
    assert {caller_of(FAR, s) for s in (None, "", " \t")} == {Caller(FAR)}


def test_a_path_can_be_printed_and_is_short() -> None:
    origin = origin_of({"client": ("::1", 1), "path": "/a\n\x1b[31m" + "x" * 500})
    assert (origin.address, origin.path[:9], len(origin.path)) == ("::/64", "/a??[31mx", 100)
