"""What a province says of a part before any of it travels: its digest, its columns, the groups of pieces there are, and of those that differ
each piece. From it a node knows what to fetch, what to drop, and whether it could take the part at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.base.errors import HubError, InvalidInputError
from hub.simpul.bundle_digests import Listing
from hub.simpul.bundle_parts import PARTS

Held = Mapping[str, Mapping[str, str]]
"""Table → group → digest, as the node has them."""
Pieces = Mapping[str, Mapping[str, tuple[str, int]]]
"""Table → piece → digest and size."""


class BundleError(HubError):
    """A part cannot be taken as it is; what was there stays."""

    kode = "BEKAL_DITOLAK"
    status = 409


@dataclass(frozen=True, slots=True)
class Offer:
    """`columns`: table → names; `groups`: table → group → its pieces with digest and size; None: as the node has them."""

    part: str
    digest: str
    columns: Mapping[str, Sequence[str]]
    groups: Mapping[str, Mapping[str, Mapping[str, tuple[str, int]] | None]]

    def content(self) -> dict[str, Any]:
        return {"bagian": self.part, "sidik": self.digest, "kolom": self.columns, "kelompok": self.groups}


def offer_of(part: str, listing: Listing, held: Held) -> Offer:
    """For a node that holds these groups."""
    groups: dict[str, dict[str, dict[str, tuple[str, int]] | None]] = {}
    digests = listing.groups()
    for table, of in listing.pieces.items():
        same = {g for g, digest in digests[table].items() if held.get(table, {}).get(g) == digest}
        told: dict[str, dict[str, tuple[str, int]] | None] = groups.setdefault(table, dict.fromkeys(same))
        for p in of:
            if p.group not in same:
                pieces = told.setdefault(p.group, {})
                assert pieces is not None
                pieces[p.name] = (p.digest, p.size)
    return Offer(part, listing.digest, listing.columns, groups)


def read_offer(content: object) -> Offer:
    """Raises InvalidInputError where it is none; BundleError where it is of another version of the program."""
    try:
        assert isinstance(content, dict)
        part, digest = content["bagian"], content["sidik"]
        columns = {str(t): [str(n) for n in names] for t, names in content["kolom"].items()}
        groups = {
            str(table): {
                str(g): None if of is None else {str(name): (str(d), int(size)) for name, (d, size) in of.items()}
                for g, of in told.items()
            }
            for table, told in content["kelompok"].items()
        }
        assert isinstance(part, str)
        assert isinstance(digest, str)
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError):
        raise InvalidInputError(
            "Jawaban provinsi bukan daftar bekal; pakai hub versi yang sama di kedua pihak."
        ) from None
    if part not in PARTS or not columns.keys() == groups.keys() <= PARTS[part].keys():
        raise too_new(part)
    return Offer(part, digest, columns, groups)


def too_new(part: str, what: Collection[str] = ()) -> BundleError:
    """Made by a newer program than this one. `what`: columns that are not known here."""
    named = f" ({', '.join(sorted(what)[:5])})" if what else ""
    return BundleError(
        f"Bekal {part} dari provinsi dibuat hub yang lebih baru dan memuat yang belum dikenal di sini{named}; perbarui hub ini. "
        "Isi yang lama tetap dipakai."
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """`wanted`: pieces that differ; `gone`: table → pieces the province does not have."""

    wanted: Pieces
    gone: Mapping[str, Sequence[str]]


def plan_of(offer: Offer, here: Listing) -> Plan:
    """What makes `here` what is offered. Raises BundleError where the node holds other groups than the offer was made for."""
    wanted: dict[str, dict[str, tuple[str, int]]] = {}
    gone: dict[str, list[str]] = {}
    for table, told in offer.groups.items():
        own: dict[str, dict[str, str]] = {}
        for p in here.pieces[table]:
            own.setdefault(p.group, {})[p.name] = p.digest
        wanted[table], gone[table] = {}, []
        for group, of in told.items():
            held = own.get(group, {})
            if of is None:
                continue
            wanted[table].update({name: what for name, what in of.items() if held.get(name) != what[0]})
            gone[table] += [name for name in held if name not in of]
        gone[table] += [name for group, of_group in own.items() if group not in told for name in of_group]
    return Plan(wanted, gone)
