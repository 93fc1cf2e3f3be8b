"""What a move of a rekap answers: its receipt, or why it was not made."""

from dataclasses import dataclass

from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.public_id import RekapKey, rekap_key
from hub.base.temuan import ERROR, Refused, Temuan
from hub.rekap import moves
from hub.rekap.difference import Change
from hub.rekap.impact import Effect
from hub.rekap.moves import APPROVED, DRAF, RETURNED, SAVE, SUBMIT, SUBMITTED, WITHDRAW


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt. `key` None: tried out only, and the rekap does not exist. `ulangan`: this very call was made before. `effect`: what
    totals it changes, to be looked up if asked for; None: none."""

    kunci: RekapKey | None
    revisi: int
    ulangan: bool
    perubahan: Change
    temuan: tuple[Temuan, ...]
    effect: Effect | None = None


def key_of(id_: str) -> RekapKey | Refused:
    """The rekap of a public id; refused where it is none."""
    try:
        return rekap_key(id_)
    except InvalidInputError as error:
        return Refused((Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=id_),))


def conflict(current: int) -> RevisionConflictError:
    """`current`: the newest revision, which is not the one that was meant."""
    message = f"Rekap ini sudah berubah sejak Anda membukanya: revisi terbarunya {current}. Ambil dahulu, lalu ulangi."
    return RevisionConflictError(message, current)


_REOPEN_FIRST = "Rekap sudah disetujui; minta provinsi membukanya kembali."
_ADVICE: dict[tuple[str | None, str], str] = {
    (SUBMITTED, SAVE): "Rekap sudah diajukan; ajukan lagi langsung bila ada perbaikan, atau tarik dahulu.",
    (APPROVED, SAVE): _REOPEN_FIRST,
    (APPROVED, SUBMIT): _REOPEN_FIRST,
    (APPROVED, WITHDRAW): _REOPEN_FIRST,
    (DRAF, WITHDRAW): "Rekap ini masih draf; tidak ada ajuan yang dapat ditarik.",
    (RETURNED, WITHDRAW): "Rekap sudah dikembalikan kepada Anda; perbaiki lalu ajukan lagi, tidak perlu ditarik.",
}


def wrong_state(status: str | None, action: str, kode_kab: str) -> Temuan:
    """`kode_kab`: the reporter."""
    if action == WITHDRAW and moves.is_statement(kode_kab):
        advice = (
            "Pernyataan provinsi berlaku sejak diajukan dan tidak dapat ditarik; ajukan lagi dengan angka yang benar."
        )
    else:
        otherwise = f"{action.capitalize()} tidak dapat dilakukan selagi rekap berstatus {status}."
        advice = _ADVICE.get((status, action), otherwise)
    return Temuan("KEADAAN_REKAP", ERROR, advice, nilai=status)


def revision_exists(key: RekapKey, revision: int, current: int) -> Temuan:
    message = f"Revisi {revision} rekap {key.id} sudah ada di sini; revisi terbarunya {current}. Ajukan sekali lagi, supaya nomornya baru."
    return Temuan("REVISI_SUDAH_ADA", ERROR, message, wilayah=key.kode_kab, nilai=str(revision))


def no_such_rekap(key: RekapKey) -> Temuan:
    return Temuan("REKAP_TAK_ADA", ERROR, f"Rekap {key.id} belum pernah dikirim.", wilayah=key.kode_kab, nilai=key.id)
