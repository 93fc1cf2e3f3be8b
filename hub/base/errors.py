"""The one tree of expected errors. Anything that is not a HubError is a defect and is masked at the edge.

Messages are Indonesian: they reach users as they are. `kode` is stable and meant for programs.
"""


class HubError(Exception):
    """An expected failure. `kode`: stable machine name; `status`: the HTTP status where one applies."""

    kode = "GALAT"
    status = 400

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


class MasukanTidakSahError(HubError):
    """An argument or an input cannot be read or is out of range."""

    kode = "MASUKAN_TIDAK_SAH"


class TidakDikenalError(HubError):
    """A name or a code that the hub does not know."""

    kode = "TIDAK_DIKENAL"
    status = 404


class TokenDitolakError(HubError):
    """A token was sent and it is wrong, revoked or expired."""

    kode = "TOKEN_DITOLAK"
    status = 401


class TidakBerwenangError(HubError):
    """The caller is known (or is the public) and may not do this."""

    kode = "TIDAK_BERWENANG"
    status = 403


class BentrokRevisiError(HubError):
    """Somebody else changed the rekap first. `revisi_terbaru`: the revision that now stands."""

    kode = "BENTROK_REVISI"
    status = 409

    def __init__(self, pesan: str, revisi_terbaru: int) -> None:
        super().__init__(pesan)
        self.revisi_terbaru = revisi_terbaru


class BatasTerlampauiError(HubError):
    """A guard rail was hit: size, depth, time."""

    kode = "BATAS_TERLAMPAUI"
    status = 413


class BatasRepresentasiError(BatasTerlampauiError):
    """A router asked for more entities at once than the hub looks up in one request."""

    kode = "BATAS_REPRESENTASI"


class IntrospeksiMatiError(HubError):
    """The schema was asked for and this hub does not tell it."""

    kode = "INTROSPEKSI_MATI"
    status = 403


class LayananTidakSiapError(HubError):
    """A part the hub needs (the database) does not answer."""

    kode = "LAYANAN_TIDAK_SIAP"
    status = 503


class PenyiapanError(HubError):
    """The machine or the settings lack something; the message names what to install or set."""

    kode = "PENYIAPAN"
    status = 500
