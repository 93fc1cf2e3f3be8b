"""What may be wrong with a network (WKSBM), a link or a change of phase, all at once. Pure: what the database and the
catalogue know comes as an argument."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.katalog.katalog import CodeListEntry
from hub.sumber_daya.checks import point_of
from hub.wksbm.draft import ActivityDraft, LinkDraft, MemberDraft, WksbmDraft
from hub.wksbm.link_statements import LinkEnd
from hub.wksbm.statements import Activity, Member
from hub.wksbm.tables import PHASES

LONGEST = 500  # letters of a name or another text
_PEOPLE_UNITS = ("orang", "keluarga")  # units of those kinds of PSKS that are people
# the part of the list of activities that belongs to each phase
PHASE_PARTS = {"PENUMBUHAN": "5a.", "PEMANTAPAN": "5b.", "PENGEMBANGAN": "5c."}

FOREVER = date.max
CodeList = Sequence[CodeListEntry]


@dataclass(frozen=True, slots=True)
class NetworkParts:
    """Members and activities with their codes, as they are stored."""

    members: tuple[Member, ...] | None
    activities: tuple[Activity, ...] | None


def check(d: WksbmDraft, psks: CodeList, activity_kinds: CodeList, today: date) -> tuple[NetworkParts, list[Temuan]]:
    """Everything that shows in the draft itself. `today`: today."""
    temuan = [*_profile(d, today)]
    members, wrong = _members(d, psks)
    temuan += wrong
    activities: tuple[Activity, ...] | None = None
    if d.kegiatan is not None:
        activities, wrong = check_activities(d.kegiatan, activity_kinds, min(today, _last_day(d.sampai)))
        temuan += wrong
    return NetworkParts(members, activities), temuan


def check_activities(
    activities: Sequence[ActivityDraft], activity_kinds: CodeList, last_day: date
) -> tuple[tuple[Activity, ...], list[Temuan]]:
    """Activities with their codes. `last_day`: the last day on which one can have been."""
    result: list[Activity] = []
    temuan: list[Temuan] = []
    for i, k in enumerate(activities):
        location = (Location(indeks=i, kolom="kegiatan"),)
        entry = find_entry(activity_kinds, k.kegiatan)
        if entry is None:
            temuan.append(
                _unknown_entry("KEGIATAN_TAK_DIKENAL", "kegiatan WKSBM", k.kegiatan, activity_kinds, location)
            )
        else:
            temuan += _read_as(entry, k.kegiatan, location)
        if k.tanggal > last_day:
            message = (
                f"Kegiatan tanggal {k.tanggal} sesudah {last_day}; catat setelah dilaksanakan, selama jejaringnya ada."
            )
            temuan.append(Temuan("TANGGAL_BELUM_TIBA", ERROR, message, nilai=str(k.tanggal), lokasi=location))
        temuan += _texts({"uraian": k.uraian}, location)
        activity = (k.tanggal, entry.kode if entry else k.kegiatan, " ".join((k.uraian or "").split()))
        if activity in result:
            message = f"{k.kegiatan} tanggal {k.tanggal} disebut dua kali dengan uraian yang sama; bedakan uraiannya."
            temuan.append(Temuan("KEGIATAN_GANDA", ERROR, message, nilai=k.kegiatan, lokasi=location))
        result.append(activity)
    return tuple(result), temuan


def check_dropped(parts: NetworkParts, members: Collection[Member], activities: Collection[Activity]) -> list[Temuan]:
    """What stood there and is not named any more."""
    temuan: list[Temuan] = []
    named = {(n, s) for n, s, _, _ in parts.members or ()}
    dropped_members = [f"{n} (sejak {s})" for n, s, _, _ in sorted(members) if (n, s) not in named]
    if parts.members is not None and dropped_members:
        message = f"Tidak disebut lagi, jadi dianggap salah catat: {'; '.join(dropped_members)}. Anggota yang keluar tetap disebut, dengan sampai."
        temuan.append(Temuan("ANGGOTA_DIHILANGKAN", WARNING, message, lokasi=(Location(kolom="anggota"),)))
    dropped_activities = [f"{k} ({t})" for t, k, u in sorted(activities) if (t, k, u) not in (parts.activities or ())]
    if parts.activities is not None and dropped_activities:
        message = f"Tidak disebut lagi, jadi dianggap salah catat: kegiatan {'; '.join(dropped_activities)}."
        temuan.append(Temuan("KEGIATAN_DIHILANGKAN", WARNING, message, lokasi=(Location(kolom="kegiatan"),)))
    return temuan


def check_last_day(d: WksbmDraft, existing: dict[str, Any], activities: Collection[Activity]) -> list[Temuan]:
    """Whether a network that ends was still there when it came into its phase and when it was last active. `activities`: those
    on record; where the draft has its own, they were looked at."""
    if d.sampai is None:
        return []
    temuan: list[Temuan] = []
    location = d.location("sampai")
    if d.sampai <= existing["tahap_sejak"]:
        message = f"Jejaring ini masuk tahap {existing['tahap']} pada {existing['tahap_sejak']}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        temuan.append(Temuan("DI_LUAR_MASA", ERROR, message, nilai=str(d.sampai), lokasi=location))
    last_active = max((t for t, _, _ in activities), default=None)
    if d.kegiatan is None and last_active is not None and d.sampai <= last_active:
        message = f"Kegiatannya masih tercatat pada {last_active}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        temuan.append(Temuan("DI_LUAR_MASA", ERROR, message, nilai=str(d.sampai), lokasi=location))
    return temuan


def check_phase(
    existing: dict[str, Any], phase: str, since: date, today: date, required: CodeList, done: Collection[str]
) -> list[Temuan]:
    """Whether a network may go into that phase on that day. `required`: the activities of its present phase; `done`: codes of
    those carried out by then."""
    temuan: list[Temuan] = []
    present_phase = existing["tahap"]
    location = (Location(kolom="tahap"),)
    steps = PHASES.index(phase) - PHASES.index(present_phase)
    if steps == 0:
        message = f"Jejaring ini sudah dalam tahap {present_phase} sejak {existing['tahap_sejak']}."
        temuan.append(Temuan("TAHAP_SAMA", ERROR, message, nilai=phase, lokasi=location))
    if steps > 1:
        next_phase = PHASES[PHASES.index(present_phase) + 1]
        message = f"Dari {present_phase} jejaring berpindah ke {next_phase} dahulu, tidak langsung ke {phase}."
        temuan.append(Temuan("TAHAP_MELOMPAT", ERROR, message, nilai=phase, usulan=next_phase, lokasi=location))
    missing = [b for b in required if b.kode not in done]
    if steps > 0 and missing:
        start = f" sejak {existing['kegiatan_sejak']}" if existing["kegiatan_sejak"] else ""
        message = (
            f"Kegiatan tahap {present_phase} yang belum dilaksanakan{start} sampai {since}: "
            f"{'; '.join(f'{b.kode} {b.nama}' for b in missing)}. Laksanakan dan catat dahulu, lalu pindahkan."
        )
        proposal = "; ".join(b.kode for b in missing)
        temuan.append(Temuan("KEGIATAN_KURANG", ERROR, message, nilai=present_phase, usulan=proposal, lokasi=location))
    location = (Location(kolom="sejak"),)
    if since < existing["tahap_sejak"]:
        message = f"{since} sebelum tahap {present_phase} dimulai ({existing['tahap_sejak']})."
        temuan.append(Temuan("SEJAK_TERLALU_DINI", ERROR, message, nilai=str(since), lokasi=location))
    latest = min(today, _last_day(existing["sampai"]))
    if since > latest:
        message = f"{since} belum tiba, atau jejaringnya sudah tidak ada; paling lambat {latest}."
        temuan.append(Temuan("SEJAK_BELUM_TIBA", ERROR, message, nilai=str(since), usulan=str(latest), lokasi=location))
    return temuan


# ---------- links ----------


def check_link(d: LinkDraft) -> list[Temuan]:
    """Everything that shows in the draft itself."""
    temuan = [*_texts({"jenis": d.jenis}, (Location(kolom="jenis"),))]
    if not d.jenis.strip():
        message = "Jenis hubungan harus diisi, misalnya kerja sama, rujukan, bantuan."
        temuan.append(Temuan("JENIS_KOSONG", ERROR, message, lokasi=(Location(kolom="jenis"),)))
    if d.sampai is not None and d.sampai <= d.sejak:
        message = f"sampai ({d.sampai}) adalah hari pertama tidak terhubung lagi; harus sesudah sejak ({d.sejak})."
        temuan.append(Temuan("MASA_TERBALIK", ERROR, message, nilai=str(d.sampai), lokasi=(Location(kolom="sampai"),)))
    if (d.tujuan is None) == (d.mitra is None):
        message = "Sebut tepat satu ujung: tujuan (id WKSBM, sumber daya atau mitra) atau mitra (nama dan jenisnya)."
        temuan.append(Temuan("TUJUAN_TIDAK_TUNGGAL", ERROR, message, lokasi=(Location(kolom="tujuan"),)))
    if d.mitra is not None:
        temuan += check_partner(d.mitra.nama, d.mitra.jenis, "mitra.")
    return temuan


def check_partner(name: str, kind: str, prefix: str = "") -> list[Temuan]:
    location = (Location(kolom=f"{prefix}nama"),)
    temuan = [*_texts({"nama": name, "jenis": kind}, location)]
    if not any(h.isascii() and h.isalnum() for h in name):
        temuan.append(Temuan("NAMA_KOSONG", ERROR, "Nama mitra harus berisi huruf atau angka.", lokasi=location))
    if not kind.strip():
        message = "Jenis mitra harus diisi, misalnya dunia usaha, yayasan, perguruan tinggi."
        temuan.append(Temuan("JENIS_KOSONG", ERROR, message, lokasi=(Location(kolom=f"{prefix}jenis"),)))
    return temuan


def check_ends(d: LinkDraft, origin: LinkEnd, target: LinkEnd) -> list[Temuan]:
    """Whether these two can be linked on these days."""
    temuan: list[Temuan] = []
    if (target.macam, target.kab, target.id) == ("WKSBM", origin.kab, origin.id):
        message = "Jejaring tidak terhubung dengan dirinya sendiri."
        temuan.append(Temuan("UJUNG_SAMA", ERROR, message, nilai=d.tujuan, lokasi=(Location(kolom="tujuan"),)))
    for what, u in (("asal", origin), ("tujuan", target)):
        if u.macam != "MITRA" and not u.sejak <= d.sejak <= u.hari_terakhir:
            end = "" if u.hari_terakhir == FOREVER else f" sampai {u.hari_terakhir}"
            message = f"{u.nama} ada sejak {u.sejak}{end}; hubungan tidak dapat dimulai {d.sejak}."
            temuan.append(Temuan("DI_LUAR_MASA", ERROR, message, nilai=str(d.sejak), lokasi=(Location(kolom=what),)))
    if d.skala == "LOKAL" and target.kab not in ("", origin.kab):
        message = f"Skala LOKAL, padahal {target.nama} di kabupaten/kota lain ({target.kab})."
        temuan.append(
            Temuan(
                "SKALA_JANGGAL",
                WARNING,
                message,
                wilayah=target.kab,
                nilai=d.skala,
                usulan="REGIONAL",
                lokasi=(Location(kolom="skala"),),
            )
        )
    return temuan


def check_overlap(d: LinkDraft, others: Sequence[dict[str, Any]]) -> list[Temuan]:
    """Links of that kind between the same two that hold on the same days."""
    last_day = _last_day(d.sampai)
    temuan: list[Temuan] = []
    for h in others:
        if h["jenis"] != tidy_kind(d.jenis) or h["sejak"] > last_day or h["hari_terakhir"] < d.sejak:
            continue
        span = f"sejak {h['sejak']}" + (f" sampai {h['sampai']}" if h["sampai"] else "")
        location = (Location(kolom="sejak"),)
        if h["balik"]:
            message = f"Hubungan {h['jenis']} ini sudah dicatat oleh ujung yang lain ({span}); satu catatan cukup."
            temuan.append(Temuan("SUDAH_DARI_SANA", WARNING, message, nilai=str(d.sejak), lokasi=location))
        else:
            message = f"Hubungan {h['jenis']} antara keduanya sudah ada {span}; akhiri dahulu, atau ubah yang itu."
            temuan.append(
                Temuan(
                    "HUBUNGAN_BERTUMPANG", ERROR, message, nilai=str(d.sejak), usulan=str(h["sejak"]), lokasi=location
                )
            )
    return temuan


def tidy_kind(text: str) -> str:
    """A kind as it is stored and compared."""
    return " ".join(text.split())


# ---------- parts ----------


def find_entry(code_list: CodeList, text: str) -> CodeListEntry | None:
    """The entry of that code, name or other label (or code and name, as suggestions have them); letters and digits count,
    nothing else."""
    kode = next((b for b in code_list if b.kode.casefold() == text.strip().casefold()), None)
    key = name_key(text)
    return kode or next((b for b in code_list if key in map(name_key, (b.nama, f"{b.kode} {b.nama}", *b.alias))), None)


def _read_as(entry: CodeListEntry, text: str, location: tuple[Location, ...]) -> Iterator[Temuan]:
    """What was written by another name than the entry's own."""
    if name_key(text) not in map(name_key, (entry.kode, entry.nama, f"{entry.kode} {entry.nama}")):
        message = f'"{text[:60]}" dibaca sebagai {entry.nama} ({entry.kode}).'
        yield Temuan("PILIHAN_DIBACA", INFO, message, nilai=text[:60], usulan=entry.kode, lokasi=location)


def _unknown_entry(kode: str, what: str, text: str, code_list: CodeList, location: tuple[Location, ...]) -> Temuan:
    labels = {f"{b.kode} {b.nama}": b.nama for b in code_list}
    near = [k for _, _, k in process.extract(text, labels, scorer=fuzz.WRatio, limit=3, score_cutoff=55)]
    suggestion = f" Mungkin: {'; '.join(near)}." if near else ""
    message = f'"{text[:60]}" bukan {what} yang dikenal; tulis kode atau namanya.{suggestion}'
    return Temuan(kode, ERROR, message, nilai=text[:60], usulan="; ".join(near) or None, lokasi=location)


def _last_day(until: date | None) -> date:
    return FOREVER if until is None else date.fromordinal(max(1, until.toordinal() - 1))


def _texts(texts: dict[str, str | None], location: tuple[Location, ...]) -> Iterator[Temuan]:
    for column, text in texts.items():
        if text is not None and (len(text) > LONGEST or "\0" in text):
            message = f"{column} paling banyak {LONGEST} huruf, tanpa huruf kendali."
            yield Temuan("TEKS_TIDAK_SAH", ERROR, message, nilai=text[:40].replace("\0", "�"), lokasi=location)


def _profile(d: WksbmDraft, today: date) -> Iterator[Temuan]:
    if not d.nama.strip():
        yield Temuan("NAMA_KOSONG", ERROR, "Nama harus diisi.", lokasi=d.location("nama"))
    for column in ("nama", "balai", "dokumen", "keterangan", "sumber"):
        yield from _texts({column: getattr(d, column)}, d.location(column))
    if d.sampai is not None and d.sampai <= d.sejak:
        message = f"sampai ({d.sampai}) adalah hari pertama tidak ada lagi; harus sesudah sejak ({d.sejak})."
        yield Temuan("MASA_TERBALIK", ERROR, message, nilai=str(d.sampai), lokasi=d.location("sampai"))
    if d.titik is not None:
        try:
            point_of(d.titik)
        except ValueError as error:
            yield Temuan("TITIK_TIDAK_SAH", ERROR, f"Titik tidak sah: {error}.", lokasi=d.location("titik"))
    if d.tahap_sejak is not None and d.tahap_sejak > max(today, d.sejak):
        message = f"tahapSejak {d.tahap_sejak} belum tiba."
        yield Temuan("SEJAK_BELUM_TIBA", ERROR, message, nilai=str(d.tahap_sejak), lokasi=d.location("tahapSejak"))


def _members(d: WksbmDraft, psks: CodeList) -> tuple[tuple[Member, ...] | None, list[Temuan]]:
    if d.anggota is None:
        return None, []
    result: list[Member] = []
    temuan: list[Temuan] = []
    for i, a in enumerate(d.anggota):
        location = d.location("anggota", i)
        entry = find_entry(psks, a.jenis)
        if entry is None:
            temuan.append(_unknown_entry("JENIS_TAK_DIKENAL", "jenis PSKS", a.jenis, psks, location))
        else:
            temuan += _read_as(entry, a.jenis, location)
        if entry is not None and entry.satuan in _PEOPLE_UNITS:
            message = f"{entry.nama} adalah {entry.satuan}: tulis nama kelompoknya, bukan nama orang; hub tidak menyimpan nama orang di sini."
            temuan.append(Temuan("NAMA_KELOMPOK", INFO, message, nilai=a.jenis, lokasi=location))
        temuan += _one_member(d, a, location)
        member = (" ".join(a.nama.split()), a.sejak or d.sejak, entry.kode if entry else a.jenis, a.sampai)
        if any(n.casefold() == member[0].casefold() and _overlap(member, (n, s, j, h)) for n, s, j, h in result):
            message = f"{a.nama} disebut dua kali untuk masa yang sama; sisakan satu."
            temuan.append(Temuan("ANGGOTA_GANDA", ERROR, message, nilai=a.nama, lokasi=location))
        result.append(member)
    return tuple(result), temuan


def _one_member(d: WksbmDraft, a: MemberDraft, location: tuple[Location, ...]) -> Iterator[Temuan]:
    if not a.nama.strip():
        yield Temuan("NAMA_KOSONG", ERROR, "Nama anggota harus diisi.", lokasi=location)
    yield from _texts({"nama": a.nama}, location)
    since = a.sejak or d.sejak
    if a.sampai is not None and a.sampai <= since:
        message = (
            f"{a.nama}: sampai ({a.sampai}) adalah hari pertama bukan anggota lagi; harus sesudah sejak ({since})."
        )
        yield Temuan("MASA_TERBALIK", ERROR, message, nilai=str(a.sampai), lokasi=location)


def _overlap(a: Member, b: Member) -> bool:
    """Whether both hold on some day."""
    return a[1] <= _last_day(b[3]) and b[1] <= _last_day(a[3])
