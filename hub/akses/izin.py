"""Who may do what: one table of actions, each with the roles that may and where; and what is said to all others.

The database holds the same once more, by row security under the caller's claim (docs/peran.md). `docs/izin.md` prints this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hub.base import kode
from hub.base.actor import Actor, Role
from hub.base.errors import NotAuthorisedError
from hub.base.kode import Level


class Reach(StrEnum):
    """Where a role may, as docs say it."""

    OWN = "its own"
    BELOW = "its own and below"
    KABUPATEN = "its kabupaten"
    ANYWHERE = "anywhere"

    def holds(self, own: str, wilayah: str) -> bool:
        """`own`: the code that the role reaches; `wilayah`: the one asked about."""
        match self:
            case Reach.OWN:
                return wilayah == own
            case Reach.BELOW:
                return kode.is_within(wilayah, own)
            case Reach.KABUPATEN:
                kabupaten = kode.is_valid(wilayah) and kode.level_of(wilayah) is Level.KABUPATEN
                return kabupaten and kode.kode_prov(wilayah) == own
            case Reach.ANYWHERE:
                return True


class Place(StrEnum):
    """At which hub something is done, where a kabupaten has one of its own."""

    OFFICE = "at the hub where the office writes"
    PROVINCE = "at the province's"
    ANY = "at any"


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """One row of the table.

    `does`: what it is; `calls`: the mutations that do it; `reach`: who may, and where, no other role may at all. Of a refusal, in
    the words of users: `refusals`: what those of a role are told, `otherwise`: what everybody else is. In these stand {token}:
    the caller's, {wilayah}: the code asked about, {kantor}: the office of that code, {provinsi}: its province's, {apa}: the thing
    it is about.
    """

    does: str
    calls: tuple[str, ...]
    reach: Mapping[Role, Reach]
    otherwise: str
    refusals: Mapping[Role, str] = field(default_factory=dict)
    place: Place = Place.OFFICE


_OFFICES = {Role.KABUPATEN: Reach.OWN, Role.PROVINSI: Reach.OWN}
_EVERY_OFFICE = {Role.KABUPATEN: Reach.BELOW, Role.PROVINSI: Reach.BELOW, Role.ADMIN: Reach.ANYWHERE}

# ---------- rekap; `wilayah`: the reporter ----------

WRITE_REKAP = Action(
    "save and submit a rekap, take it back, take over proposals",
    ("simpanDrafRekap", "ajukanRekap", "unggahRekap", "bacaBerkas", "tarikRekap", "terimaUsulan"),
    _OFFICES,
    "{token} tidak boleh menulis rekap {wilayah}.",
    {Role.PUBLIC: "Kirim token kantor Anda untuk menulis rekap; tanpa token hanya angka publik yang terbaca."},
)
JUDGE_REKAP = Action(
    "approve, return and reopen a rekap",
    ("setujuiRekap", "setujuiBanyak", "kembalikanRekap", "bukaRekap"),
    {Role.PROVINSI: Reach.BELOW},
    "Hanya provinsi {provinsi} yang boleh menyetujui, mengembalikan atau membuka rekap {wilayah}.",
    {Role.PUBLIC: "Kirim token provinsi untuk menyetujui atau mengembalikan rekap."},
    place=Place.PROVINCE,
)
SET_DEADLINE = Action(
    "set the deadline of a form and period",
    ("aturTenggat",),
    {Role.PROVINSI: Reach.BELOW, Role.ADMIN: Reach.ANYWHERE},
    "Hanya provinsi {provinsi} yang menetapkan tenggat bagi {wilayah}; mintalah kepadanya.",
    {Role.PUBLIC: "Kirim token provinsi untuk menetapkan tenggat; tanpa token tenggat hanya terbaca."},
    place=Place.PROVINCE,
)

REMIND = Action(
    "note that kabupaten/kota were reminded of what they owe",
    ("catatPengingat",),
    {Role.PROVINSI: Reach.KABUPATEN, Role.ADMIN: Reach.ANYWHERE},
    "{token} tidak boleh mencatat pengingat bagi kabupaten/kota itu; yang mengingatkan ialah provinsinya.",
    {Role.PUBLIC: "Kirim token provinsi untuk mencatat pengingat."},
    place=Place.PROVINCE,
)

WRITE_PERFORMANCE = replace(
    WRITE_REKAP,
    does="write the objectives and the scale of the office (`hub import sasaran`, `hub import skala`)",
    calls=(),
    otherwise="{token} tidak boleh menulis sasaran atau skala kinerja {wilayah}.",
    refusals={Role.PUBLIC: "Kirim token kantor Anda untuk menulis sasaran atau skala kinerja."},
)

# ---------- budget; `wilayah`: the office whose programmes they are ----------

WRITE_PROGRAM = Action(
    "bring in the list of an office's programmes",
    (),
    _OFFICES,
    "{token} tidak boleh menulis daftar program {wilayah}; yang menulisnya ialah kantor itu sendiri.",
    {Role.PUBLIC: "Kirim token kantor Anda untuk menulis daftar program; tanpa token hanya dapat membaca."},
)

# ---------- social resources; `wilayah`: where it stands, `apa`: its owner ----------

WRITE_SUMBER_DAYA = Action(
    "write a social resource, bring in a list",
    ("simpanSumberDaya", "unggahSumberDaya"),
    _EVERY_OFFICE,
    "{token} tidak boleh menulis sumber daya di {wilayah}.",
    {Role.PUBLIC: "Kirim token kantor Anda untuk menulis sumber daya; tanpa token hanya dapat membaca."},
)
WRITE_OWNED_ABOVE = Action(
    "the same, of one that a province or the ministry owns",
    (),
    {Role.PROVINSI: Reach.BELOW, Role.ADMIN: Reach.ANYWHERE},
    WRITE_SUMBER_DAYA.otherwise,
    {
        **WRITE_SUMBER_DAYA.refusals,
        Role.KABUPATEN: "{token} tidak boleh menulis sumber daya milik {apa}; mintalah kepada provinsi.",
    },
    place=Place.PROVINCE,
)
_OWNERS_ABOVE = ("KEMENTERIAN", "PROVINSI")

# ---------- stock; `wilayah`: the office that keeps the warehouse, `apa`: its name ----------

RECORD_STOK = Action(
    "record movements and the minimum of a warehouse that the office keeps",
    ("catatMutasiStok", "aturStokMinimum"),
    _OFFICES,
    "{token} tidak boleh mencatat stok gudang {apa}; yang mencatat ialah kantor pemiliknya.",
    {
        Role.PUBLIC: "Kirim token kantor Anda untuk mencatat stok; tanpa token hanya stok yang terbaca.",
        Role.ADMIN: "Stok dicatat oleh kantor pemilik gudang, bukan oleh pengelola hub.",
    },
)
ANSWER_TRANSFER = replace(
    RECORD_STOK,
    does="accept and refuse what was sent to a warehouse that the office keeps",
    calls=("terimaPindahan", "tolakPindahan"),
)

# ---------- WKSBM; `wilayah`: where the network stands, or the office that wrote the partner down ----------

WRITE_WKSBM = Action(
    "write a network, its activities, its phase, its links",
    ("simpanWksbm", "catatKegiatanWksbm", "pindahTahapWksbm", "hubungkanWksbm"),
    _EVERY_OFFICE,
    "{token} tidak boleh menulis WKSBM di {wilayah}.",
    {Role.PUBLIC: "Kirim token kantor Anda untuk menulis WKSBM; tanpa token hanya dapat membaca."},
)
ADD_PARTNER = replace(
    WRITE_WKSBM,
    does="write down a partner of networks",
    calls=("simpanMitraLuar",),
    reach=dict.fromkeys(_EVERY_OFFICE, Reach.ANYWHERE),
    place=Place.ANY,
)
CHANGE_PARTNER = replace(
    WRITE_WKSBM,
    does="change a partner that the office, or one below it, wrote down",
    calls=(),
    otherwise="Mitra {apa} dicatat oleh kantor {kantor}; yang mengubahnya kantor itu atau yang di atasnya.",
)

# ---------- Tagana; `wilayah`: the kabupaten of the register ----------

WRITE_TAGANA = Action(
    "write the Tagana register",
    ("simpanTagana",),
    {Role.KABUPATEN: Reach.OWN},
    "Register Tagana {wilayah} hanya diurus dinas sosial {wilayah} sendiri; kirim tokennya.",
)
READ_NAMES = Action(
    "read the names of members, under a grant of the kabupaten",
    ("bacaNamaTagana",),
    {Role.PROVINSI: Reach.KABUPATEN},
    "Nama dibaca di sini hanya oleh provinsi dari kabupaten/kotanya, dengan izin kabupaten/kota itu.",
    place=Place.PROVINCE,
)
VERIFY_TAGANA = Action(
    "verify a member: first the kabupaten, then the province under a grant",
    ("verifikasiTagana",),
    {**WRITE_TAGANA.reach, **READ_NAMES.reach},
    "Hanya dinas kabupaten/kota dan provinsinya yang memverifikasi anggota Tagana.",
    {Role.KABUPATEN: WRITE_TAGANA.otherwise, Role.PROVINSI: READ_NAMES.otherwise},
)
GRANT_NAMES = replace(WRITE_TAGANA, does="let the province read names", calls=("izinkanNama",))
WITHDRAW_GRANT = replace(
    WRITE_TAGANA,
    does="end such a grant",
    calls=("cabutIzinNama",),
    otherwise="Izin dicabut oleh kabupaten/kota yang memberikannya.",
    refusals={Role.KABUPATEN: WRITE_TAGANA.otherwise},
)

# ---------- questions ----------

ASK_FREE_PLACES = Action(
    "ask how far it is to free places (`dayaTersisa`), which tells of clients",
    (),
    _EVERY_OFFICE,
    "dayaTersisa memakai banyaknya klien tiap lembaga, yang hanya terbuka bagi kantor wilayah itu dan provinsinya; "
    "kirim token kantor Anda lewat GraphQL, atau tanyakan tanpa dayaTersisa.",
    place=Place.ANY,
)

TABLE = (
    WRITE_REKAP,
    JUDGE_REKAP,
    SET_DEADLINE,
    REMIND,
    WRITE_PERFORMANCE,
    WRITE_PROGRAM,
    WRITE_SUMBER_DAYA,
    WRITE_OWNED_ABOVE,
    RECORD_STOK,
    ANSWER_TRANSFER,
    WRITE_WKSBM,
    ADD_PARTNER,
    CHANGE_PARTNER,
    WRITE_TAGANA,
    VERIFY_TAGANA,
    GRANT_NAMES,
    WITHDRAW_GRANT,
    READ_NAMES,
    ASK_FREE_PLACES,
)


def owned_above(owner: str) -> bool:
    """Whether an owner of social resources stands above the kabupaten."""
    return owner in _OWNERS_ABOVE


def writing(owner: str) -> Action:
    """The action that writing a social resource of that owner is."""
    return WRITE_OWNED_ABOVE if owned_above(owner) else WRITE_SUMBER_DAYA


def may(actor: Actor, action: Action, wilayah: str | None = None) -> bool:
    """Whether the caller may, of that region; None: of any at all."""
    return _is_reached(actor, action, wilayah) and done_elsewhere(actor, action, wilayah) is None


def callable_by(actor: Actor) -> list[str]:
    """Names of the mutations that the caller may send at this hub, of some region at least; in order."""
    return sorted({call for action in TABLE for call in action.calls if may(actor, action)})


def _is_reached(actor: Actor, action: Action, wilayah: str | None) -> bool:
    reach = action.reach.get(actor.role)
    return reach is not None and (wilayah is None or reach.holds(actor.wilayah, wilayah))


def done_elsewhere(actor: Actor, action: Action, wilayah: str | None) -> str | None:
    """Why nobody does that at this hub, and where it is done; None: it is done here."""
    standing = actor.standing
    match action.place:
        case Place.OFFICE:
            office = wilayah or (actor.wilayah if actor.role is Role.KABUPATEN else "")
            return standing.why_not_written(office) if kode.is_valid(office) else None
        case Place.PROVINCE if standing.is_node:
            return f"Hub ini simpul {standing.region}; hal itu dilakukan di {standing.province}."
    return None


def require(actor: Actor, action: Action, wilayah: str | None = None, what: str = "") -> None:
    """Raises NotAuthorisedError where the caller may not. `what`: what it is about, in the words of users."""
    if not may(actor, action, wilayah):
        raise denied(actor, action, wilayah or "", what)


def denied(actor: Actor, action: Action, wilayah: str = "", what: str = "") -> NotAuthorisedError:
    """What the caller is told who may not."""
    elsewhere = done_elsewhere(actor, action, wilayah or None)
    if elsewhere is None or not (actor.standing.is_node or _is_reached(actor, action, wilayah or None)):
        elsewhere = _sentence(actor, action, wilayah, what)
    return NotAuthorisedError(elsewhere)


def _sentence(actor: Actor, action: Action, wilayah: str, what: str) -> str:
    sentence = action.refusals.get(actor.role, action.otherwise)
    return sentence.format(
        token=f"Token Anda ({actor.role.value} {actor.wilayah})",
        wilayah=wilayah,
        kantor=wilayah or "pengelola hub",
        provinsi=wilayah[:2],
        apa=what,
    )


def markdown() -> str:
    """The table as docs print it."""
    roles = (Role.KABUPATEN, Role.PROVINSI, Role.ADMIN, Role.PUBLIC)
    rows = [["What", "Mutations", *roles], ["---"] * (2 + len(roles))]
    for a in TABLE:
        where = [reach.value if (reach := a.reach.get(role)) else "–" for role in roles]
        rows.append([a.does, ", ".join(f"`{c}`" for c in a.calls), *where])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
