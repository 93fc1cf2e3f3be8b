"""What the reporter's office does with its rekap: keeps a draft, submits, takes over what the province proposes. One call, one
transaction that writes, which first holds all periods of the reporter and form: they are recounted together.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hub.base.actor import Actor
from hub.base.many_findings import LEFT_OUT
from hub.base.off_loop import off_loop
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Location, Refused, Temuan, TemuanFromData, has_error
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import moves
from hub.rekap import revision_statements as revisions
from hub.rekap import statements as store
from hub.rekap.approval import put_into_force, recount
from hub.rekap.came import Came
from hub.rekap.difference import Change, compare
from hub.rekap.draft import RekapDraft
from hub.rekap.examination import Outcome, SentDraft, examine
from hub.rekap.impact import WouldCount
from hub.rekap.moves import APPROVE, APPROVED, SAVE, SUBMIT
from hub.rekap.proposals import Returned, nothing_proposed, taken_over
from hub.rekap.receipt import Receipt, conflict, no_such_rekap, revision_exists, wrong_state
from hub.rekap.statements import Event, NewRevision, NilaiRow, RekapHead
from hub.rekap.totals import CleanTotal


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All of a revision that can be made before anything is held: what is held is waited for by others. `base`: the revision it was
    edited from, 0 where it is the first."""

    base: int
    revision: NewRevision
    nilai: list[NilaiRow]
    change: Change
    total: list[tuple[str, str, Decimal, Decimal | None]]
    temuan: list[dict[str, object]]


class Sending:
    """Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong with a rekap is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def submit(self, actor: Actor, draft: RekapDraft, *, dry_run: bool = False) -> Receipt | Refused:
        """Submit; `dry_run`: say everything a submission would say, and write nothing."""
        return await self._send(actor, draft, SUBMIT, dry_run=dry_run)

    async def receive(self, actor: Actor, draft: RekapDraft, came: Came) -> Receipt | Refused:
        """Take what was submitted at another hub, checked as any submission is. Refused: nothing was written, and `came` was told only
        where the transaction had begun. Raises RevisionConflictError where another revision came in between: try again."""
        return await self._send(actor, draft, SUBMIT, dry_run=False, came=came)

    async def save_draft(self, actor: Actor, draft: RekapDraft) -> Receipt | Refused:
        """Keep what there is so far, with its findings. Only cells that cannot be placed at all are refused."""
        return await self._send(actor, draft, SAVE, dry_run=False)

    async def accept_proposals(
        self, actor: Actor, key: RekapKey, revision: int, idempotency_key: str
    ) -> Receipt | Refused:
        """Submit a returned revision with everything the province proposed when it returned it, and what it stated and its letter as
        they were; checked as any submission is."""
        moves.require(actor, key.kode_kab, SUBMIT)
        async with self._db.as_actor(actor) as conn:
            head = await store.head(conn, key)
            if head is None:
                return Refused((no_such_rekap(key),))
            returns = await revisions.returns(conn, key)
            notes = next((r.notes for r in returns if r.revisi == revision), None)
            if not any(n["usulan"] is not None for n in notes or ()):
                if head.revisi != revision:
                    raise conflict(head.revisi)
                return Refused((nothing_proposed(key, revision, returns),))
            returned = Returned(
                await store.values(conn, key, revision),
                await store.totals(conn, key, revision),
                await revisions.letter(conn, key, revision),
                notes or (),
            )
        draft = await off_loop(len(returned.nilai), taken_over, key, revision, returned, idempotency_key)
        return await self._send(actor, draft, SUBMIT, dry_run=False)

    async def _send(
        self, actor: Actor, draft: RekapDraft, action: str, *, dry_run: bool, came: Came | None = None
    ) -> Receipt | Refused:
        moves.require(actor, draft.pelapor, action)
        katalog = await self._katalog.get()
        formulir = katalog.formulir.get(draft.formulir)
        beforehand = check_head(draft, formulir, katalog, self._db.today())
        if beforehand or formulir is None:
            return Refused(tuple(beforehand))
        sent = SentDraft(actor, action, draft, katalog, formulir, came)
        async with self._db.as_actor(actor) as conn:
            if not dry_run and came is None and (earlier := await self._repeated(conn, sent)) is not None:
                return earlier
            before = await store.head(conn, sent.key)
        base = _base(draft, before)
        comparing = asyncio.create_task(self._cells(sent, base))  # a revision never changes: it is brought meanwhile
        try:
            outcome = await examine(self._db, sent)
            previous = await comparing
        finally:
            comparing.cancel()
        refusing = [t for t in outcome.temuan if t.tingkat == ERROR]
        if refusing and (action == SUBMIT or has_error(draft.found) or any(t.kode in _NOT_STORABLE for t in refusing)):
            return Refused(tuple(outcome.temuan))
        prepared = await off_loop(len(previous) + len(outcome.cells), _prepared, sent, outcome, base, previous)
        if dry_run:
            return _rehearsed(sent, before, outcome, prepared)
        async with self._db.as_actor(actor) as conn:
            if came is not None:
                await came.begin(conn)
            result = await self._write(conn, sent, prepared, outcome)
            if came is not None:
                await came.keep(conn, isinstance(result, Receipt), result.temuan)
            return result

    async def _cells(self, sent: SentDraft, revision: int) -> list[NilaiRow]:
        """Of a stored revision; 0: none."""
        if not revision:
            return []
        async with self._db.as_actor(sent.actor) as conn:
            return await store.values(conn, sent.key, revision)

    async def _write(self, conn: Conn, sent: SentDraft, prepared: _Prepared, outcome: Outcome) -> Receipt | Refused:
        """Look once more, holding what is written, and write."""
        key, action = sent.key, sent.action
        await store.hold(conn, key)
        if (earlier := await self._repeated(conn, sent)) is not None:  # the same call, a moment earlier
            return earlier
        head = await store.head(conn, key)
        from_status = head.status if head else None
        to_status = moves.after(key.kode_kab, from_status, action)
        if to_status is None:
            return Refused((wrong_state(from_status, action, key.kode_kab), *outcome.temuan))
        current = head.revisi if head else 0
        if current != prepared.base:
            raise conflict(current)
        at, revision, came = await store.now(conn), prepared.revision.revisi, sent.came
        if revision <= current:
            return Refused((revision_exists(key, revision, current), *outcome.temuan))
        if not await store.insert_revision(conn, key, prepared.revision, at):
            earlier = await self._repeated(conn, sent)
            assert earlier is not None, "somebody has used the key"
            return earlier
        tenggat = (head and head.tenggat) or await self._tenggat(conn, sent)
        if head is None:
            await store.create_head(conn, key, to_status, tenggat)
        await store.copy_values(conn, key, revision, prepared.nilai)
        await store.insert_totals(conn, key, revision, prepared.total)
        await store.insert_findings(conn, key, revision, prepared.temuan)
        await store.insert_jumps(
            conn, key, revision, [(f.elemen.kode, f.wilayah, dict(f.rincian)) for f in (x.figure for x in outcome.far)]
        )
        sent_at = came.at if came is not None and came.decides else at
        on_time = sent_at.astimezone(self._db.zone).date() <= tenggat
        await store.advance(conn, key, to_status, revision, (sent_at, on_time) if action == SUBMIT else None)
        by, origin_at = sent.actor.name, came.at if came is not None else None
        event = Event(at, by, action, from_status, to_status, revision, origin_at=origin_at)
        await store.insert_event(conn, key, event)
        if action == SUBMIT and moves.is_statement(key.kode_kab):
            await store.set_status(conn, key, APPROVED, revision)
            reason = "Pernyataan provinsi berlaku sejak diajukan."
            await store.insert_event(conn, key, Event(at, by, APPROVE, to_status, APPROVED, revision, reason))
            await put_into_force(conn, key, sent.formulir, sent.katalog, outcome.angka, outcome.total)
        if action == SUBMIT:
            await recount(conn, key)
        effect = WouldCount(key, revision, outcome.angka)
        return Receipt(key, revision, False, prepared.change, tuple(outcome.temuan), effect)

    async def _repeated(self, conn: Conn, sent: SentDraft) -> Receipt | Refused | None:
        """What to answer when the idempotency key was used before; None when it was not."""
        key, draft = sent.key, sent.draft
        use = await store.find_key(conn, key.kode_kab, draft.kunci_idempoten)
        if use is None:
            return None
        earlier = RekapKey(key.kode_kab, use.formulir, use.periode)
        if use.hash_isi != await off_loop(len(draft.cells), draft.hash):
            message = (
                f'Kunci "{draft.kunci_idempoten}" sudah dipakai untuk kiriman lain ({earlier.id} revisi {use.revisi}). '
                "Pakai kunci baru untuk isi yang baru."
            )
            return Refused((Temuan("KUNCI_SUDAH_DIPAKAI", ERROR, message, wilayah=key.kode_kab, usulan=earlier.id),))
        current = await store.values(conn, earlier, use.revisi)
        previous = await store.values(conn, earlier, use.revisi - 1) if use.revisi > 1 else []
        temuan = tuple(
            TemuanFromData(
                k,
                t,
                p,
                wilayah=w,
                elemen=e,
                nilai=n,
                usulan=u,
                lokasi=tuple(Location(**location) for location in locations),
            )
            for k, t, p, w, e, n, u, locations in await store.findings(conn, earlier, use.revisi)
        )
        change = await off_loop(len(previous) + len(current), compare, previous, current)
        return Receipt(earlier, use.revisi, True, change, temuan, WouldCount(earlier, use.revisi))

    async def _tenggat(self, conn: Conn, sent: SentDraft) -> date:
        """The deadline a new rekap begins with; what is set later is carried over to it."""
        special = await store.due_date(conn, sent.key)
        return special or sent.draft.periode.last_day + timedelta(days=sent.formulir.tenggat_hari)


# Findings after which a cell could not be stored at all; a draft may have any other.
_NOT_STORABLE = frozenset(
    [
        "SEL_GANDA",
        "WILAYAH_BUKAN_KODE",
        "WILAYAH_DI_LUAR",
        "WILAYAH_TIDAK_BERLAKU",
        "WILAYAH_TAK_DIKENAL",
        "WILAYAH_RANGKAP",
        "WILAYAH_KOSONG",
        "LEMBAGA_SEBAGAI_WILAYAH",
        "KODE_DAN_NAMA_BEDA",
        "DESA_DAN_KECAMATAN_BEDA",
        "ELEMEN_TAK_DIKENAL",
        "ELEMEN_FORMULIR_LAIN",
        "RINCIAN_TAK_DIKENAL",
        "RINCIAN_GANDA",
        "PILIHAN_TAK_DIKENAL",
        "STATUS_KOSONG",
        "STATUS_BERTENTANGAN",
        "ANGKA_TAK_TERBACA",
        "PEKA_TERLALU_RINCI",
        "TOTAL_TAK_TERBACA",
        "TOTAL_BERLAINAN",
        LEFT_OUT,  # among them there may be any of these
    ]
)


def check_head(draft: RekapDraft, formulir: Formulir | None, katalog: Katalog, today: date) -> list[Temuan]:
    """What is wrong with the envelope: form, period, key."""
    temuan: list[Temuan] = []
    if not 1 <= len(draft.kunci_idempoten.strip()) <= 200:
        message = "kunciIdempoten harus diisi (1 sampai 200 huruf): satu kunci untuk satu kiriman, sama bila diulang."
        temuan.append(Temuan("KUNCI_KOSONG", ERROR, message, wilayah=draft.pelapor))
    if formulir is None:
        message = f'Formulir "{draft.formulir}" tidak ada; formulirnya: {", ".join(sorted(katalog.formulir))}.'
        temuan.append(Temuan("FORMULIR_TAK_DIKENAL", ERROR, message, wilayah=draft.pelapor, nilai=draft.formulir))
        return temuan
    if draft.periode.kind < formulir.periode_tersingkat:
        message = f"Formulir {formulir.kode} dilaporkan paling sering per {formulir.periode_tersingkat.name.lower()}, bukan {draft.periode}."
        temuan.append(Temuan("PERIODE_TERLALU_PENDEK", ERROR, message, wilayah=draft.pelapor, nilai=str(draft.periode)))
    if draft.periode.first_day > today:
        message = f"Periode {draft.periode} belum mulai."
        temuan.append(Temuan("PERIODE_BELUM_MULAI", ERROR, message, wilayah=draft.pelapor, nilai=str(draft.periode)))
    return temuan


def _base(draft: RekapDraft, before: RekapHead | None) -> int:
    """The revision the edit started from. A sender who does not say meant the newest one at the time of sending: so two
    who send at once do not silently overwrite each other."""
    current = before.revisi if before else 0
    if draft.revisi_dasar is not None and draft.revisi_dasar != current:
        raise conflict(current)
    return current


def _rehearsed(sent: SentDraft, before: RekapHead | None, outcome: Outcome, prepared: _Prepared) -> Receipt | Refused:
    """The receipt a submission would get."""
    key = sent.key
    status = before.status if before else None
    if moves.after(key.kode_kab, status, SUBMIT) is None:
        return Refused((wrong_state(status, SUBMIT, key.kode_kab), *outcome.temuan))
    effect = WouldCount(key, prepared.base + 1, outcome.angka)
    return Receipt(
        key if before else None, prepared.base + 1, False, prepared.change, tuple(outcome.temuan), effect
    )  # fmt: skip


def _prepared(sent: SentDraft, outcome: Outcome, base: int, previous: list[NilaiRow]) -> _Prepared:
    nilai = _nilai_rows(outcome)
    return _Prepared(
        base, _new_revision(sent, base + 1), nilai, compare(previous, nilai), [_total_row(t) for t in outcome.total],
        [finding_row(t) for t in outcome.temuan],
    )  # fmt: skip


def _new_revision(sent: SentDraft, revision: int) -> NewRevision:
    draft, came, kind = sent.draft, sent.came, "DRAF" if sent.action == SAVE else "AJUAN"
    return NewRevision(
        came.revision if came else revision, kind, sent.actor.name, draft.kunci_idempoten, draft.hash(), sent.formulir.versi,
        draft.surat.nomor if draft.surat else None, draft.surat.tanggal if draft.surat else None,
        came.at if came else None,
    )  # fmt: skip


def _nilai_rows(outcome: Outcome) -> list[NilaiRow]:
    return [NilaiRow(s.elemen.kode, s.wilayah, s.rincian, s.nilai, s.status) for s in outcome.cells]


def _total_row(t: CleanTotal) -> tuple[str, str, Decimal, Decimal | None]:
    return t.elemen, t.wilayah, t.tertulis, t.dihitung


def finding_row(t: Temuan) -> dict[str, object]:
    """A finding as it is stored."""
    locations = [{"indeks": x.indeks, "lembar": x.lembar, "baris": x.baris, "kolom": x.kolom} for x in t.lokasi]
    return {
        "kode": t.kode, "tingkat": t.tingkat, "pesan": t.pesan, "wilayah": t.wilayah, "elemen": t.elemen,
        "nilai": t.nilai, "usulan": t.usulan, "lokasi": locations,
    }  # fmt: skip
