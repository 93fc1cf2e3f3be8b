"""The one tree of expected errors. Anything that is not a HubError is a defect and is masked at the edge.

Messages are Indonesian: they reach users as they are. `kode` is stable and meant for programs.
"""

from collections.abc import Mapping
from types import MappingProxyType

TERHITUNG = 2**53 - 1  # no number in an error is larger: the largest that every reader of JSON gets exactly


class HubError(Exception):
    """An expected failure. `kode`: stable machine name; `status`: the HTTP status where one applies; `rincian`: what else a
    program may want to know; `coba_lagi`: seconds after which it is worth trying again, sent as Retry-After."""

    kode = "GALAT"
    status = 400
    coba_lagi: int | None = None
    rincian: Mapping[str, object] = MappingProxyType({})

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


class MasukanTidakSahError(HubError):
    """An argument or an input cannot be read or is out of range."""

    kode = "MASUKAN_TIDAK_SAH"


class AntreanPenuhError(MasukanTidakSahError):
    """So many files are being read, and wait to be, that one more has to come again later."""

    kode = "ANTREAN_PENUH"
    status = 503


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


class BentrokPetaError(HubError):
    """The map changed while a copy of it was being made."""

    kode = "BENTROK_PETA"
    status = 409


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


class BatasWaktuError(BatasTerlampauiError):
    """The database stopped a statement that took too long."""

    kode = "BATAS_WAKTU"
    status = 503


class BatasBadanError(BatasTerlampauiError):
    """A request's body is too large."""

    kode = "BATAS_BADAN"


class BatasDokumenError(BatasTerlampauiError):
    """A GraphQL document is too long a text."""

    kode = "BATAS_DOKUMEN"


class BatasMedanError(BatasTerlampauiError):
    """A question selects too many fields for one statement."""

    kode = "BATAS_MEDAN"
    status = 400


def _terhitung(banyak: int) -> str:
    return str(banyak) if banyak < TERHITUNG else f"lebih dari {TERHITUNG}"


class BatasBiayaError(BatasTerlampauiError):
    """A question would cost too much; it was not run."""

    kode = "BATAS_BIAYA"
    status = 400

    def __init__(self, perkiraan: int, batas: int) -> None:
        super().__init__(
            f"Pertanyaan ini ditaksir menghasilkan {_terhitung(perkiraan)} isian (baris × kolom), paling banyak {batas}; persempit "
            "wilayah, tingkat, elemen, periode atau kolomnya, atau ambil per halaman dengan first."
        )
        self.rincian = {"perkiraan": min(perkiraan, TERHITUNG), "batas": batas}


class BatasBerkasError(BatasTerlampauiError):
    """A request brings more files than one may."""

    kode = "BATAS_BERKAS"


class BatasKepalaError(BatasTerlampauiError):
    """The head of a request is too large."""

    kode = "BATAS_KEPALA"
    status = 431


class BatasKirimError(BatasTerlampauiError):
    """A request comes in too slowly."""

    kode = "BATAS_KIRIM"
    status = 408


class BatasTempatError(BatasTerlampauiError):
    """All places for this caller are taken: connections, WebSockets, subscriptions, bodies on their way,
    documents and inputs that wait to be read."""

    kode = "BATAS_TEMPAT"
    status = 503
    coba_lagi = 5


class BatasPercobaanError(BatasTerlampauiError):
    """Too many wrong tokens came from one address, and this was one more."""

    kode = "BATAS_PERCOBAAN"
    status = 429

    def __init__(self, detik: int) -> None:
        super().__init__(
            f"Token ini ditolak, dan terlalu banyak token salah datang dari alamat ini; periksa salinannya, lalu coba lagi "
            f"setelah {detik} detik. Token yang benar tetap dilayani."
        )
        self.coba_lagi = detik


class UnggahanTidakSahError(HubError):
    """A request with files is not put together as the GraphQL multipart request says."""

    kode = "UNGGAHAN_TIDAK_SAH"


class KumpulanDitolakError(HubError):
    """Several requests came as one list."""

    kode = "KUMPULAN_DITOLAK"


class MetodeSalahError(HubError):
    """What was asked needs another HTTP method (POST)."""

    kode = "METODE_SALAH"
    status = 405


class LayananTidakSiapError(HubError):
    """A part the hub needs (the database) does not answer."""

    kode = "LAYANAN_TIDAK_SIAP"
    status = 503


class PenyiapanError(HubError):
    """The machine or the settings lack something; the message names what to install or set."""

    kode = "PENYIAPAN"
    status = 500
