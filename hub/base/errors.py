"""The one tree of expected errors. Anything that is not a HubError is a defect and is masked at the edge.

Messages are Indonesian: they reach users as they are. `kode` is stable and meant for programs.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

LARGEST_COUNT = 2**53 - 1  # no number in an error is larger: the largest that every reader of JSON gets exactly


class HubError(Exception):
    """An expected failure. `kode`: stable machine name; `code`: the name of its kind that GraphQL programs of all makers know;
    `status`: the HTTP status where one applies; `rincian`: what else a program may want to know; `retry_after`: seconds after which it
    is worth trying again, sent as Retry-After."""

    kode = "GALAT"
    code = "BAD_USER_INPUT"
    status = 400
    retry_after: int | None = None
    rincian: Mapping[str, object] = MappingProxyType({})

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInputError(HubError):
    """An argument or an input cannot be read or is out of range."""

    kode = "MASUKAN_TIDAK_SAH"


class ParametersError(InvalidInputError):
    """Parameters of an address that cannot be read, all of them at once: (name, what is wrong with it)."""

    def __init__(self, wrong: Iterable[tuple[str, str]]) -> None:
        self.wrong = tuple(wrong)
        super().__init__(" ".join(message for _, message in self.wrong))
        self.rincian = {"temuan": [{"parameter": name, "pesan": message} for name, message in self.wrong]}


class MalformedRequestError(InvalidInputError):
    """What came in can be read, and is no question: a part of it is missing or of another kind."""

    code = "BAD_REQUEST"
    status = 422


class UnreadableRequestError(InvalidInputError):
    """What came in cannot be read at all."""

    code = "BAD_REQUEST"


class ContentTypeError(InvalidInputError):
    """The body is of a media type that the hub does not read."""

    code = "BAD_REQUEST"
    status = 415


class NotAcceptableError(InvalidInputError):
    """The caller takes none of the media types that there are of it."""

    code = "BAD_REQUEST"
    status = 406


class QueueFullError(InvalidInputError):
    """So many files are being read, and wait to be, that one more has to come again later."""

    kode = "ANTREAN_PENUH"
    code = "SERVICE_UNAVAILABLE"
    status = 503


class UnknownNameError(HubError):
    """A name or a code that the hub does not know."""

    kode = "TIDAK_DIKENAL"
    status = 404


class OtherRegionError(HubError):
    """Figures were asked of a region that this hub does not answer for."""

    kode = "BUKAN_WILAYAH_SIMPUL"
    status = 421


class TokenRefusedError(HubError):
    """A token was sent and it is wrong, revoked or expired."""

    kode = "TOKEN_DITOLAK"
    code = "UNAUTHENTICATED"
    status = 401


class CodeRefusedError(HubError):
    """A one-time code to log in with was sent, and it is wrong, withdrawn, expired or was tried too often."""

    kode = "KODE_DITOLAK"
    code = "UNAUTHENTICATED"
    status = 401


class CodeUsedError(CodeRefusedError):
    """The code is right, and was exchanged for its token before, by another device or too long ago."""

    kode = "KODE_SUDAH_DIPAKAI"


class CrossOriginError(HubError):
    """A page of another address sent what is taken from the hub's own pages, and from programs, alone."""

    kode = "LINTAS_ASAL"
    code = "FORBIDDEN"
    status = 403


class NotAuthorisedError(HubError):
    """The caller is known (or is the public) and may not do this."""

    kode = "TIDAK_BERWENANG"
    code = "FORBIDDEN"
    status = 403


class RevisionConflictError(HubError):
    """Somebody else changed the rekap first. `newest_revision`: the revision that now stands."""

    kode = "BENTROK_REVISI"
    code = "CONFLICT"
    status = 409

    def __init__(self, message: str, newest_revision: int) -> None:
        super().__init__(message)
        self.newest_revision = newest_revision


class PetaConflictError(HubError):
    """The map changed while a copy of it was being made."""

    kode = "BENTROK_PETA"
    code = "CONFLICT"
    status = 409


class LimitExceededError(HubError):
    """A guard rail was hit: size, depth, time."""

    kode = "BATAS_TERLAMPAUI"
    status = 413


class RepresentationLimitError(LimitExceededError):
    """A router asked for more entities at once than the hub looks up in one request."""

    kode = "BATAS_REPRESENTASI"


class IntrospectionOffError(HubError):
    """The schema was asked for and this hub does not tell it."""

    kode = "INTROSPEKSI_MATI"
    code = "FORBIDDEN"
    status = 403


class TimeLimitError(LimitExceededError):
    """The database stopped a statement that took too long."""

    kode = "BATAS_WAKTU"
    code = "REQUEST_TIMEOUT"
    status = 503


class BodyLimitError(LimitExceededError):
    """A request's body is too large."""

    kode = "BATAS_BADAN"
    code = "BAD_REQUEST"


class DocumentLimitError(LimitExceededError):
    """A GraphQL document is too long a text."""

    kode = "BATAS_DOKUMEN"
    code = "GRAPHQL_VALIDATION_FAILED"


class FieldLimitError(LimitExceededError):
    """A question selects too many fields for one statement."""

    kode = "BATAS_MEDAN"
    code = "GRAPHQL_VALIDATION_FAILED"
    status = 400


def _counted(count: int) -> str:
    return str(count) if count < LARGEST_COUNT else f"lebih dari {LARGEST_COUNT}"


class CostLimitError(LimitExceededError):
    """A question would cost too much; it was not run."""

    kode = "BATAS_BIAYA"
    code = "GRAPHQL_VALIDATION_FAILED"
    status = 400

    def __init__(self, estimate: int, limit: int) -> None:
        super().__init__(
            f"Pertanyaan ini ditaksir menghasilkan {_counted(estimate)} isian (baris × kolom), paling banyak {limit}; persempit "
            "wilayah, tingkat, elemen, periode atau kolomnya, atau ambil per halaman dengan first."
        )
        self.rincian = {"perkiraan": min(estimate, LARGEST_COUNT), "batas": limit}


class FileLimitError(LimitExceededError):
    """A request brings more files than one may."""

    kode = "BATAS_BERKAS"
    code = "BAD_REQUEST"


class HeaderLimitError(LimitExceededError):
    """The head of a request is too large."""

    kode = "BATAS_KEPALA"
    code = "BAD_REQUEST"
    status = 431


class SendingLimitError(LimitExceededError):
    """A request comes in too slowly."""

    kode = "BATAS_KIRIM"
    code = "REQUEST_TIMEOUT"
    status = 408


class PlaceLimitError(LimitExceededError):
    """All places for this caller are taken: connections, WebSockets, subscriptions, bodies on their way,
    documents and inputs that wait to be read."""

    kode = "BATAS_TEMPAT"
    code = "SERVICE_UNAVAILABLE"
    status = 503
    retry_after = 5


class AttemptLimitError(LimitExceededError):
    """Too many wrong tokens, or codes, came from one address, and this was one more. `what`: which of them, as a word in a sentence."""

    kode = "BATAS_PERCOBAAN"
    code = "TOO_MANY_REQUESTS"
    status = 429

    def __init__(self, seconds: int, what: str) -> None:
        super().__init__(
            f"{what.capitalize()} ini ditolak, dan terlalu banyak {what} salah datang dari alamat ini; periksa salinannya, lalu coba "
            f"lagi setelah {seconds} detik. {what.capitalize()} yang benar tetap dilayani."
        )
        self.retry_after = seconds


class InvalidUploadError(HubError):
    """A request with files is not put together as the GraphQL multipart request says."""

    kode = "UNGGAHAN_TIDAK_SAH"
    code = "BAD_REQUEST"


class BatchRefusedError(HubError):
    """Several requests came as one list."""

    kode = "KUMPULAN_DITOLAK"
    code = "BAD_REQUEST"


class WrongMethodError(HubError):
    """What was asked needs another HTTP method (POST)."""

    kode = "METODE_SALAH"
    code = "BAD_REQUEST"
    status = 405


class ServiceNotReadyError(HubError):
    """A part the hub needs (the database) does not answer."""

    kode = "LAYANAN_TIDAK_SIAP"
    code = "SERVICE_UNAVAILABLE"
    status = 503


class SetupError(HubError):
    """The machine or the settings lack something; the message names what to install or set."""

    kode = "PENYIAPAN"
    code = "INTERNAL_SERVER_ERROR"
    status = 500
