"""Why one hub does not take what another sends: each with its code, for programs, and a sentence that names the remedy."""

from hub.base.errors import HubError


class NodeRefusedError(HubError):
    """The sender is not who may send this, or did not sign it as he must."""

    kode = "SIMPUL_DITOLAK"
    status = 401


class UnknownKeyError(NodeRefusedError):
    """No node here has that key."""

    kode = "KUNCI_TIDAK_DIKENAL"


class RevokedKeyError(NodeRefusedError):
    """The key was revoked, or another has taken its place for longer than packages are under way."""

    kode = "KUNCI_DICABUT"


class WrongSignatureError(NodeRefusedError):
    """The signature is missing, wrong, or does not cover what it must."""

    kode = "TANDA_TANGAN_SALAH"


class ClockError(NodeRefusedError):
    """The signature is of another time: too old, or of a clock that is ahead."""

    kode = "JAM_BERBEDA"


class ReplayedError(NodeRefusedError):
    """The very same request came before."""

    kode = "KIRIMAN_DIULANG"
    status = 409


class RestoredError(NodeRefusedError):
    """The node is behind what it told before: its database was restored from an older copy."""

    kode = "SIMPUL_MUNDUR"
    status = 409


class FormerKeyError(HubError):
    """The province signs with a key that this node has no reason to believe."""

    kode = "KUNCI_PROVINSI_BERGANTI"
    status = 502


class JoinRefusedError(NodeRefusedError):
    """A one-time code is wrong, used, too old, or was tried too often."""

    kode = "KODE_GABUNG_DITOLAK"
    status = 403


class NoPeerError(HubError):
    """The other hub did not answer, or not as itself."""

    kode = "SIMPUL_TIDAK_TERHUBUNG"
    status = 502


class PeerRefusedError(HubError):
    """The other hub refused, and said so under its own signature. `their_code`: its code."""

    kode = "DITOLAK_SIMPUL_LAIN"
    status = 502

    def __init__(self, message: str, their_code: str) -> None:
        super().__init__(message)
        self.their_code = their_code


class NotAskedError(NodeRefusedError):
    """This hub is not asked live, or not this."""

    kode = "TIDAK_DITANYA_LANGSUNG"
    status = 403
