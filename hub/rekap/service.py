"""The life of a rekap: draft, submit, approve, return, reopen, as hub/rekap/moves.py allows. One call, one transaction, which
first holds all periods of its reporter and form: they are recounted together.

An approved revision keeps counting while a reopened rekap is being corrected, until another one is approved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hub.base.actor import Actor
from hub.base.errors import BentrokRevisiError
from hub.base.id_publik import Kunci
from hub.base.many_findings import LEFT_OUT
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.temuan import GALAT, Ditolak, Lokasi, Temuan, TemuanFromData
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import moves
from hub.rekap import statements as store
from hub.rekap.approval import from_stored, put_into_force, recount
from hub.rekap.checks import TotalBersih
from hub.rekap.difference import Perubahan, banding
from hub.rekap.draft import RekapDraft
from hub.rekap.examination import Hasil, examine
from hub.rekap.moves import AJUKAN, BUKA, DIAJUKAN, DISETUJUI, KEMBALIKAN, SETUJUI, SIMPAN
from hub.rekap.statements import BarisNilai, Kepala, RevisiBaru


@dataclass(frozen=True, slots=True)
class Diterima:
    """A receipt. `kunci` None: tried out only, and the rekap does not exist. `ulangan`: this very call was made before."""

    kunci: Kunci | None
    revisi: int
    ulangan: bool
    perubahan: Perubahan
    temuan: tuple[Temuan, ...]


@dataclass(frozen=True, slots=True)
class CatatanSel:
    """A cell the province marked when returning a rekap."""

    wilayah: str
    elemen: str
    alasan: str
    usulan: Decimal | None


class RekapWorkflow:
    """Raises TidakBerwenangError and BentrokRevisiError; everything else that is wrong with a rekap is in Ditolak."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    # ---------- the kabupaten ----------

    async def submit(self, actor: Actor, draft: RekapDraft, *, uji: bool = False) -> Diterima | Ditolak:
        """Submit; `uji`: say everything a submission would say, and write nothing."""
        return await self._kirim(actor, draft, AJUKAN, uji=uji)

    async def save_draft(self, actor: Actor, draft: RekapDraft) -> Diterima | Ditolak:
        """Keep what there is so far, with its findings. Only cells that cannot be placed at all are refused."""
        return await self._kirim(actor, draft, SIMPAN, uji=False)

    async def _kirim(self, actor: Actor, draft: RekapDraft, aksi: str, *, uji: bool) -> Diterima | Ditolak:
        moves.require(actor, draft.pelapor, aksi)
        katalog = await self._katalog.get()
        formulir = katalog.formulir.get(draft.formulir)
        awal = _periksa_kepala(draft, formulir, katalog, self._db.today())
        if awal or formulir is None:
            return Ditolak(tuple(awal))
        kunci = Kunci(draft.pelapor, formulir.kode, str(draft.periode))
        async with self._db.as_actor(actor) as conn:
            if not uji and (lama := await self._ulangan(conn, kunci, draft)) is not None:
                return lama
            sebelum = await store.head(conn, kunci)
        dasar = _dasar(draft, sebelum)
        hasil = await examine(self._db, actor, katalog, formulir, draft)
        tolak = [t for t in hasil.temuan if t.tingkat == GALAT]
        if tolak and (aksi == AJUKAN or any(t.kode in _TAK_TERSIMPAN for t in tolak)):
            return Ditolak(tuple(hasil.temuan))
        if uji:
            return await self._andai(actor, kunci, sebelum, hasil)
        async with self._db.as_actor(actor) as conn:
            return await self._tulis(conn, actor, katalog, formulir, draft, kunci, dasar, aksi, hasil)

    async def _tulis(
        self,
        conn: Conn,
        actor: Actor,
        katalog: Katalog,
        formulir: Formulir,
        draft: RekapDraft,
        kunci: Kunci,
        dasar: int,
        aksi: str,
        hasil: Hasil,
    ) -> Diterima | Ditolak:
        await store.hold(conn, kunci)
        if (lama := await self._ulangan(conn, kunci, draft)) is not None:  # the same call, a moment earlier
            return lama
        kepala = await store.head(conn, kunci)
        dari = kepala.status if kepala else None
        ke = moves.after(kunci.kode_kab, dari, aksi)
        if ke is None:
            return Ditolak((_keadaan(dari, aksi), *hasil.temuan))
        kini = kepala.revisi if kepala else 0
        if kini != dasar:
            raise BentrokRevisiError(_PESAN_BENTROK.format(kini), kini)
        pada, revisi = await store.now(conn), kini + 1
        baru = await off_loop(len(draft.sel), _revisi, draft, formulir, actor, aksi, revisi)
        if not await store.insert_revision(conn, kunci, baru, pada):
            lama = await self._ulangan(conn, kunci, draft)
            assert lama is not None, "somebody has used the key"
            return lama
        tenggat = await self._tenggat(conn, kunci, formulir)
        if kepala is None:
            await store.create_head(conn, kunci, ke, tenggat)
        nilai = await off_loop(len(hasil.sel), _baris_nilai, hasil)
        lampau = await store.values(conn, kunci, kini) if kini else []
        perubahan = await off_loop(len(lampau) + len(nilai), banding, lampau, nilai)
        await store.copy_values(conn, kunci, revisi, nilai)
        await store.insert_totals(conn, kunci, revisi, [_baris_total(t) for t in hasil.total])
        await store.insert_findings(conn, kunci, revisi, [_baris_temuan(t) for t in hasil.temuan])
        tepat = pada.astimezone(self._db.zona).date() <= tenggat
        await store.advance(conn, kunci, ke, revisi, (pada, tepat) if aksi == AJUKAN else None)
        await store.insert_event(conn, kunci, pada=pada, oleh=actor.nama, aksi=aksi, dari=dari, ke=ke, revisi=revisi)
        if aksi == AJUKAN and moves.is_statement(kunci.kode_kab):
            await store.set_status(conn, kunci, DISETUJUI, revisi)
            await store.insert_event(
                conn, kunci, pada=pada, oleh=actor.nama, aksi=SETUJUI, dari=ke, ke=DISETUJUI, revisi=revisi,
                alasan="Pernyataan provinsi berlaku sejak diajukan.",
            )  # fmt: skip
            await put_into_force(conn, kunci, formulir, katalog, hasil.angka, hasil.total)
        if aksi == AJUKAN:
            await recount(conn, kunci)
        return Diterima(kunci, revisi, False, perubahan, tuple(hasil.temuan))

    async def _andai(self, actor: Actor, kunci: Kunci, sebelum: Kepala | None, hasil: Hasil) -> Diterima | Ditolak:
        """The receipt a submission would get."""
        status = sebelum.status if sebelum else None
        if moves.after(kunci.kode_kab, status, AJUKAN) is None:
            return Ditolak((_keadaan(status, AJUKAN), *hasil.temuan))
        async with self._db.as_actor(actor) as conn:
            lama = await store.values(conn, kunci, sebelum.revisi) if sebelum and sebelum.revisi else []
        revisi = (sebelum.revisi if sebelum else 0) + 1
        perubahan = await off_loop(len(lama) + len(hasil.sel), lambda: banding(lama, _baris_nilai(hasil)))
        return Diterima(kunci if sebelum else None, revisi, False, perubahan, tuple(hasil.temuan))

    async def _ulangan(self, conn: Conn, kunci: Kunci, draft: RekapDraft) -> Diterima | Ditolak | None:
        """What to answer when the idempotency key was used before; None when it was not."""
        tanda = await store.find_key(conn, kunci.kode_kab, draft.kunci_idempoten)
        if tanda is None:
            return None
        dulu = Kunci(kunci.kode_kab, tanda.formulir, tanda.periode)
        if tanda.hash_isi != await off_loop(len(draft.sel), draft.hash):
            pesan = (
                f'Kunci "{draft.kunci_idempoten}" sudah dipakai untuk kiriman lain ({dulu.id} revisi {tanda.revisi}). '
                "Pakai kunci baru untuk isi yang baru."
            )
            return Ditolak((Temuan("KUNCI_SUDAH_DIPAKAI", GALAT, pesan, wilayah=kunci.kode_kab, usulan=dulu.id),))
        kini = await store.values(conn, dulu, tanda.revisi)
        lalu = await store.values(conn, dulu, tanda.revisi - 1) if tanda.revisi > 1 else []
        temuan = tuple(
            TemuanFromData(
                k, t, p, wilayah=w, elemen=e, nilai=n, usulan=u, lokasi=tuple(Lokasi(**satu) for satu in lok)
            )
            for k, t, p, w, e, n, u, lok in await store.findings(conn, dulu, tanda.revisi)
        )
        perubahan = await off_loop(len(lalu) + len(kini), banding, lalu, kini)
        return Diterima(dulu, tanda.revisi, True, perubahan, temuan)

    # ---------- the province ----------

    async def approve(self, actor: Actor, kunci: Kunci, revisi: int) -> Diterima | Ditolak:
        """Approve the newest revision; its figures are in every aggregate when this returns."""
        moves.require(actor, kunci.kode_kab, SETUJUI)
        katalog = await self._katalog.get()
        formulir = katalog.formulir.get(kunci.formulir)
        async with self._db.as_actor(actor) as conn:
            await store.hold(conn, kunci)
            kepala = await store.head(conn, kunci)
            if kepala is None or formulir is None:
                return Ditolak((_tak_ada(kunci),))
            if kepala.status == DISETUJUI and kepala.revisi_disetujui == revisi:
                return Diterima(kunci, revisi, True, Perubahan(), ())
            ke = moves.after(kunci.kode_kab, kepala.status, SETUJUI)
            if ke is None:
                return Ditolak((_keadaan(kepala.status, SETUJUI),))
            if kepala.revisi != revisi:
                raise BentrokRevisiError(_PESAN_BENTROK.format(kepala.revisi), kepala.revisi)
            pada = await store.now(conn)
            sebelum = await store.values(conn, kunci, kepala.revisi_disetujui) if kepala.revisi_disetujui else []
            nilai = await store.values(conn, kunci, revisi)
            await store.set_status(conn, kunci, ke, revisi)
            await store.insert_event(
                conn, kunci, pada=pada, oleh=actor.nama, aksi=SETUJUI, dari=kepala.status, ke=ke, revisi=revisi
            )
            await put_into_force(
                conn, kunci, formulir, katalog, *await from_stored(conn, kunci, revisi, nilai, katalog)
            )
            await recount(conn, kunci)
            perubahan = await off_loop(len(sebelum) + len(nilai), banding, sebelum, nilai)
            return Diterima(kunci, revisi, False, perubahan, ())

    async def send_back(
        self, actor: Actor, kunci: Kunci, revisi: int, alasan: str, catatan: Sequence[CatatanSel] = ()
    ) -> Diterima | Ditolak:
        """Return the newest revision to its kabupaten with a reason, and cells that need a look."""
        isi = [
            {
                "wilayah": c.wilayah,
                "elemen": c.elemen,
                "alasan": c.alasan,
                "usulan": None if c.usulan is None else str(c.usulan),
            }
            for c in catatan
        ]
        return await self._pindah(actor, kunci, KEMBALIKAN, revisi, alasan, isi)

    async def reopen(self, actor: Actor, kunci: Kunci, alasan: str) -> Diterima | Ditolak:
        """Let the kabupaten correct an approved rekap. Its approved figures count until a new revision is approved."""
        return await self._pindah(actor, kunci, BUKA, None, alasan, [])

    async def _pindah(
        self,
        actor: Actor,
        kunci: Kunci,
        aksi: str,
        revisi: int | None,
        alasan: str,
        catatan: list[dict[str, str | None]],
    ) -> Diterima | Ditolak:
        moves.require(actor, kunci.kode_kab, aksi)
        if not alasan.strip():
            pesan = "Alasan harus diisi supaya kabupaten tahu apa yang perlu diperbaiki."
            return Ditolak((Temuan("ALASAN_KOSONG", GALAT, pesan, wilayah=kunci.kode_kab),))
        async with self._db.as_actor(actor) as conn:
            await store.hold(conn, kunci)
            kepala = await store.head(conn, kunci)
            if kepala is None:
                return Ditolak((_tak_ada(kunci),))
            ke = moves.after(kunci.kode_kab, kepala.status, aksi)
            if ke is None:
                return Ditolak((_keadaan(kepala.status, aksi),))
            if revisi is not None and kepala.revisi != revisi:
                raise BentrokRevisiError(_PESAN_BENTROK.format(kepala.revisi), kepala.revisi)
            await store.set_status(conn, kunci, ke)
            await store.insert_event(
                conn, kunci, pada=await store.now(conn), oleh=actor.nama, aksi=aksi, dari=kepala.status, ke=ke,
                revisi=kepala.revisi, alasan=alasan.strip(), catatan=catatan,
            )  # fmt: skip
            return Diterima(kunci, kepala.revisi, False, Perubahan(), ())

    # ---------- days ----------

    async def _tenggat(self, conn: Conn, kunci: Kunci, formulir: Formulir) -> date:
        khusus = await store.due_date(conn, kunci)
        return khusus or Periode.baca(kunci.periode).akhir + timedelta(days=formulir.tenggat_hari)


# Findings after which a cell could not be stored at all; a draft may have any other.
_TAK_TERSIMPAN = frozenset(
    [
        "SEL_GANDA",
        "WILAYAH_BUKAN_KODE",
        "WILAYAH_DI_LUAR",
        "WILAYAH_TIDAK_BERLAKU",
        "WILAYAH_TAK_DIKENAL",
        "WILAYAH_RANGKAP",
        "WILAYAH_KOSONG",
        "LEMBAGA_SEBAGAI_WILAYAH",
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
        LEFT_OUT,  # among them there may be any of these
    ]
)

_PESAN_BENTROK = "Rekap ini sudah berubah sejak Anda membukanya: revisi terbarunya {}. Ambil dahulu, lalu ulangi."


def _periksa_kepala(draft: RekapDraft, formulir: Formulir | None, katalog: Katalog, hari_ini: date) -> list[Temuan]:
    """What is wrong with the envelope: form, period, key."""
    temuan: list[Temuan] = []
    if not 1 <= len(draft.kunci_idempoten.strip()) <= 200:
        pesan = "kunciIdempoten harus diisi (1 sampai 200 huruf): satu kunci untuk satu kiriman, sama bila diulang."
        temuan.append(Temuan("KUNCI_KOSONG", GALAT, pesan, wilayah=draft.pelapor))
    if formulir is None:
        pesan = f'Formulir "{draft.formulir}" tidak ada; formulirnya: {", ".join(sorted(katalog.formulir))}.'
        temuan.append(Temuan("FORMULIR_TAK_DIKENAL", GALAT, pesan, wilayah=draft.pelapor, nilai=draft.formulir))
        return temuan
    if draft.periode.jenis < formulir.periode_jenis:
        pesan = f"Formulir {formulir.kode} dilaporkan paling sering per {formulir.periode_jenis.name.lower()}, bukan {draft.periode}."
        temuan.append(Temuan("PERIODE_TERLALU_PENDEK", GALAT, pesan, wilayah=draft.pelapor, nilai=str(draft.periode)))
    if draft.periode.awal > hari_ini:
        pesan = f"Periode {draft.periode} belum mulai."
        temuan.append(Temuan("PERIODE_BELUM_MULAI", GALAT, pesan, wilayah=draft.pelapor, nilai=str(draft.periode)))
    return temuan


def _dasar(draft: RekapDraft, sebelum: Kepala | None) -> int:
    """The revision the edit started from. A sender who does not say meant the newest one at the time of sending: so two
    who send at once do not silently overwrite each other."""
    kini = sebelum.revisi if sebelum else 0
    if draft.revisi_dasar is not None and draft.revisi_dasar != kini:
        raise BentrokRevisiError(_PESAN_BENTROK.format(kini), kini)
    return kini


def _keadaan(status: str | None, aksi: str) -> Temuan:
    advice: dict[tuple[str | None, str], str] = {
        (DIAJUKAN, SIMPAN): "Rekap sudah diajukan; ajukan lagi langsung bila ada perbaikan.",
        (DISETUJUI, SIMPAN): "Rekap sudah disetujui; minta provinsi membukanya kembali.",
        (DISETUJUI, AJUKAN): "Rekap sudah disetujui; minta provinsi membukanya kembali.",
    }
    otherwise = f"{aksi.capitalize()} tidak dapat dilakukan selagi rekap berstatus {status}."
    return Temuan("KEADAAN_REKAP", GALAT, advice.get((status, aksi), otherwise), nilai=status)


def _tak_ada(kunci: Kunci) -> Temuan:
    return Temuan(
        "REKAP_TAK_ADA", GALAT, f"Rekap {kunci.id} belum pernah dikirim.", wilayah=kunci.kode_kab, nilai=kunci.id
    )


def _revisi(draft: RekapDraft, formulir: Formulir, actor: Actor, aksi: str, revisi: int) -> RevisiBaru:
    return RevisiBaru(
        revisi, "DRAF" if aksi == SIMPAN else "AJUAN", actor.nama, draft.kunci_idempoten, draft.hash(), formulir.versi,
        draft.surat.nomor if draft.surat else None, draft.surat.tanggal if draft.surat else None,
    )  # fmt: skip


def _baris_nilai(hasil: Hasil) -> list[BarisNilai]:
    return [BarisNilai(s.elemen.kode, s.wilayah, dict(s.rincian), s.nilai, s.status) for s in hasil.sel]


def _baris_total(t: TotalBersih) -> tuple[str, str, Decimal, Decimal]:
    return t.elemen, t.wilayah, t.tertulis, t.dihitung


def _baris_temuan(t: Temuan) -> dict[str, object]:
    lokasi = [{"indeks": x.indeks, "lembar": x.lembar, "baris": x.baris, "kolom": x.kolom} for x in t.lokasi]
    return {
        "kode": t.kode, "tingkat": t.tingkat, "pesan": t.pesan, "wilayah": t.wilayah, "elemen": t.elemen,
        "nilai": t.nilai, "usulan": t.usulan, "lokasi": lokasi,
    }  # fmt: skip
