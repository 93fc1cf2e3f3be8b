"""Where a request comes from: the address that limits count by, and which proxies are believed about it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

_PATH = 100  # characters of a path that a log line shows


@dataclass(frozen=True, slots=True)
class Origin:
    """`address`: see `address_key`; empty for calls from within. `path`: without its query."""

    address: str = ""
    path: str = ""


class Caller(NamedTuple):
    """Whom places are counted for: the token where one was found good (its digest), else the address."""

    address: str
    token: str = ""


def origin_of(scope: Mapping[str, Any]) -> Origin:
    """The origin of an ASGI request; what its log lines show can be printed."""
    path = scope.get("path", "")[:_PATH]
    if not path.isprintable():
        path = "".join(c if c.isprintable() else "?" for c in path)
    return Origin(address_of(scope), path)


def address_of(scope: Mapping[str, Any]) -> str:
    client = scope.get("client")
    return address_key(client[0]) if client else ""


def caller_of(address: str, authorization: str | None) -> Caller:
    """`authorization`: the header of a caller who was let in; blank: the public. However it is spelled ("bearer", two spaces),
    its last word is the token."""
    words = (authorization or "").split()
    return Caller(address, hashlib.sha256(words[-1].encode()).hexdigest()[:32]) if words else Caller(address)


@lru_cache(maxsize=4_096)
def address_key(host: str) -> str:
    """One name for one customer of a network: an IPv4 address, the /64 of an IPv6 address; anything else as it is."""
    address = _address(host)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return host[:64] if address is None else str(address)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


class TrustedProxies:
    """`networks`: addresses and CIDRs, separated by commas. Raises ValueError for what is neither."""

    def __init__(self, networks: str) -> None:
        self._networks = [ip_network(n.strip(), strict=False) for n in networks.split(",") if n.strip()]

    def __contains__(self, host: str) -> bool:
        address = _address(host)
        return address is not None and any(address in network for network in self._networks)

    def client(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """Who is behind the connection's other end. A proxy that is trusted is believed about the one before it, and so
        on: the right-most address that is not trusted is the client. Where X-Forwarded-For and Forwarded disagree (the
        proxy writes only one of them, the other is the client's own) neither is believed."""
        if not self._networks or peer not in self:
            return peer
        told = list(headers)
        chains = [_x_forwarded_for(told), _forwarded(told, b"for")]
        found = {self._last_untrusted(peer, chain) for chain in chains if chain}
        return found.pop() if len(found) == 1 else peer

    def scheme(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
        """The scheme that the client used, as a trusted proxy tells it; None: nobody who is believed says so."""
        if not self._networks or peer not in self:
            return None
        told = list(headers)
        last = [v.decode("latin-1") for n, v in told if n == b"x-forwarded-proto"] or _forwarded(told, b"proto")
        scheme = last[-1].rpartition(",")[2].strip().lower() if last else ""
        return scheme if scheme in ("http", "https") else None

    def _last_untrusted(self, peer: str, chain: list[str]) -> str:
        client = peer
        for entry in reversed(chain):
            host = _host(entry)
            if _address(host) is None:  # "unknown", "_hidden", nonsense: the last one that had an address stands for it
                return client
            client = host
            if host not in self:
                break
        return client


def _x_forwarded_for(headers: list[tuple[bytes, bytes]]) -> list[str]:
    values = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [entry.strip() for entry in ",".join(values).split(",") if entry.strip()]


def _forwarded(headers: list[tuple[bytes, bytes]], key: bytes) -> list[str]:
    """The values of one parameter of Forwarded (RFC 7239), in order."""
    found = []
    for name, value in headers:
        if name == b"forwarded":
            for element in value.split(b","):
                pairs = [part.strip().partition(b"=") for part in element.split(b";")]
                found += [v.strip().strip(b'"').decode("latin-1") for n, _, v in pairs if n.strip().lower() == key]
    return found


def _host(entry: str) -> str:
    """The address in `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:5678`."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry
