/** @jsxImportSource preact */
// One rekap as the province reads it: what changed, what is odd, and what is to be said about it.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { Loading } from "../hub/notices.tsx";
import { fullName, periodeBefore, periodeName, readDay, writeDate, writeMoment, yearsAway } from "../hub/wording.ts";
import { approve, decidedIn, reopen, sendBack } from "../meja/decisions.ts";
import { useOnDevice } from "../meja/line.ts";
import { linkTo } from "../meja/router.ts";
import { useNews } from "../meja/use_news.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import type { Reviewed } from "./changes.ts";
import { ApproveDialog, ReopenDialog, ReturnDialog } from "./decide_dialogs.tsx";
import { KeyHint } from "./key_hint.tsx";
import { isReadable, notesToSend, useNotes } from "./notes_draft.ts";
import type { NotesDraft } from "./notes_draft.ts";
import { DecisionNotices, ProvinceNav } from "../meja/province_nav.tsx";
import { REVIEW } from "./queries.ts";
import type { ReviewQuery } from "./queries.ts";
import { ChangesSection } from "./review_changes.tsx";
import type { Sought } from "./review_changes.tsx";
import { Findings, History, SentNotes, Totals } from "./review_parts.tsx";
import { SeenNotice } from "./seen_notice.tsx";
import { useKeys } from "./use_keys.ts";
import { nameOf, useWaiting, waitingOf } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

const STATES: Record<Reviewed["status"], string> = { DRAF: "Draf, belum diajukan", DIAJUKAN: "Menunggu diperiksa", DIKEMBALIKAN: "Dikembalikan kepada kantornya", DISETUJUI: "Disetujui" };

export function ReviewOne({ id }: { id: string }) {
  const { who, person, refuse } = useDesk();
  const [office = "", form = "", periode = ""] = id.split(":");
  const answer = useStored<ReviewQuery>(`periksa ${id}`, (signal) =>
    ask(REVIEW, { id, before: `${office}:${form}:${periodeBefore(periode)}`, yearAgo: `${office}:${form}:${yearsAway(periode, -1)}` }, signal),
  );
  const waiting = useWaiting();
  const askAnew = () => {
    answer.retry();
    waiting.retry();
  };
  useNews(who.wilayah?.kode ?? "", answer.content !== null, askAnew, refuse);
  const { queue } = useOnDevice(person);
  const sent = queue.filter((one) => one.state === "sent").map((one) => one.key).join();
  useEffect(() => {
    if (sent !== "") askAnew(); // what was just decided stands otherwise at the hub now
  }, [sent]);
  const isPending = queue.some((one) => one.state === "waiting" && decidedIn(one).includes(id));
  const rekap = answer.content?.rekap ?? null;
  const all = waitingOf(waiting.content);
  return (
    <>
      <ProvinceNav at="periksa" />
      <h1 tabIndex={-1}>{rekap === null ? `${form} ${periodeName(periode)}` : nameOf(rekap)}</h1>
      <DecisionNotices />
      <SeenNotice answer={answer} />
      {answer.content === null && answer.error === null && <Loading what="rekap" />}
      {answer.content !== null && rekap === null && <p class="kosong">Rekap ini belum pernah dikirim, atau bukan dari kabupaten/kota provinsi Anda.</p>}
      {answer.content !== null && rekap !== null && <Opened answer={answer.content} rekap={rekap} waiting={all} isPending={isPending} />}
    </>
  );
}

function go(to: Waiting | undefined): void {
  if (to !== undefined) location.hash = linkTo("periksa", to.id);
}

type Asked = "approve" | "return" | "reopen";

interface OpenedProps {
  answer: ReviewQuery;
  rekap: Reviewed;
  waiting: Waiting[];
  isPending: boolean;
}

function Opened({ answer, rekap, waiting, isPending }: OpenedProps) {
  const { person } = useDesk();
  const notes = useNotes(rekap.id, rekap.revisi);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [sought, setSought] = useState<Sought | null>(null);
  const canDecide = rekap.boleh.includes("SETUJUI") && !isPending;
  const canReopen = rekap.boleh.includes("BUKA") && !isPending;
  const canReturn = canDecide && Array.from(notes.notes.values()).every(isReadable);
  const at = waiting.findIndex((one) => one.id === rekap.id);
  // what was decided is no longer in the list: the next one is the first
  const next = at === -1 ? waiting[0] : waiting[at + 1];
  const before = at === -1 ? undefined : waiting[at - 1];
  const keys = useKeys({
    j: () => go(next), k: () => go(before),
    s: () => canDecide && setAsked("approve"), r: () => canReturn && setAsked("return"),
  });
  return (
    <>
      <Head rekap={rekap} />
      <Decide rekap={rekap} notes={notes} can={{ decide: canDecide, return: canReturn, reopen: canReopen }} onAsk={setAsked} />
      <nav class="berikut" aria-label="Rekap lain yang menunggu">
        {before !== undefined && <a href={linkTo("periksa", before.id)}>‹ Sebelumnya: {nameOf(before)}</a>}
        {next !== undefined && <a href={linkTo("periksa", next.id)}>Berikutnya: {nameOf(next)} ›</a>}
        {at !== -1 && (
          <span>
            {at + 1} dari {waiting.length} yang menunggu
          </span>
        )}
      </nav>
      <Findings rekap={rekap} onSeek={(wilayah, elemen) => setSought({ wilayah, elemen })} />
      <Totals totals={rekap.totalTertulis} />
      <ChangesSection answer={answer} rekap={rekap} notes={notes} canNote={canDecide} sought={sought} />
      {rekap.status === "DIKEMBALIKAN" && <SentNotes notes={rekap.catatan} />}
      <History rekap={rekap} />
      <KeyHint keys={keys} words="J berikutnya, K sebelumnya, S setujui, R kembalikan" />
      {asked === "approve" && (
        <ApproveDialog
          names={[nameOf(rekap)]}
          warnings={rekap.temuan.filter((one) => one.tingkat !== "INFO").length}
          onClose={() => setAsked(null)}
          onApprove={() => approve(person, [{ id: rekap.id, revisi: rekap.revisi, name: nameOf(rekap) }])}
        />
      )}
      {asked === "reopen" && (
        <ReopenDialog name={nameOf(rekap)} onReopen={(reason) => reopen(person, { id: rekap.id, revisi: rekap.revisi, name: nameOf(rekap) }, reason)} onClose={() => setAsked(null)} />
      )}
      {asked === "return" && <ReturnAsked rekap={rekap} notes={notes} onClose={() => setAsked(null)} />}
    </>
  );
}

function ReturnAsked({ rekap, notes, onClose }: { rekap: Reviewed; notes: NotesDraft; onClose: () => void }) {
  const { person } = useDesk();
  const send = async (reason: string) => {
    await sendBack(person, { id: rekap.id, revisi: rekap.revisi, name: nameOf(rekap) }, reason, notesToSend(notes.notes), notes.notes.size === 0 ? null : notes.draft());
    notes.forget();
  };
  return <ReturnDialog name={nameOf(rekap)} notes={notes.notes.size} onReturn={send} onClose={onClose} />;
}

function Head({ rekap }: { rekap: Reviewed }) {
  const sent = rekap.riwayat.findLast((one) => one.aksi === "AJUKAN");
  return (
    <dl class="kepala-rekap">
      <div>
        <dt>Keadaan</dt>
        <dd>
          <strong>{STATES[rekap.status]}</strong>, revisi {rekap.revisi}
        </dd>
      </div>
      {sent !== undefined && (
        <div>
          <dt>Diajukan</dt>
          <dd>
            {writeMoment(new Date(sent.pada))} oleh {sent.oleh}
          </dd>
        </div>
      )}
      {rekap.tenggat !== null && (
        <div>
          <dt>Tenggat</dt>
          <dd>
            {writeDate(readDay(rekap.tenggat))}
            {rekap.tepatWaktu === false && " (terlambat)"}
            {rekap.tepatWaktu === true && " (tepat waktu)"}
          </dd>
        </div>
      )}
      <div>
        <dt>Surat pengantar</dt>
        <dd>{rekap.surat === null ? "tidak dilampirkan" : `${rekap.surat.nomor}, ${writeDate(readDay(rekap.surat.tanggal))}`}</dd>
      </div>
      <div>
        <dt>Formulir</dt>
        <dd>
          {rekap.formulir.nama} ({rekap.formulir.kode}), {fullName(rekap.pelapor.nama, rekap.pelapor.kode)}
        </dd>
      </div>
    </dl>
  );
}

interface DecideProps {
  rekap: Reviewed;
  notes: NotesDraft;
  can: Record<"decide" | "return" | "reopen", boolean>;
  onAsk: (what: Asked) => void;
}

function Decide({ rekap, notes, can, onAsk }: DecideProps) {
  if (rekap.boleh.includes("BUKA")) {
    return (
      <div class="putuskan">
        <button type="button" disabled={!can.reopen} onClick={() => onAsk("reopen")}>
          Buka kembali
        </button>
      </div>
    );
  }
  if (!rekap.boleh.includes("SETUJUI")) return null;
  const count = notes.notes.size;
  return (
    <div class="putuskan">
      <button type="button" class={count === 0 ? "utama" : ""} disabled={!can.decide} onClick={() => onAsk("approve")}>
        Setujui
      </button>
      <button type="button" class={count === 0 ? "" : "utama"} disabled={!can.return} onClick={() => onAsk("return")}>
        {count === 0 ? "Kembalikan" : `Kembalikan dengan ${count} catatan`}
      </button>
      {!can.return && can.decide && <span>Angka usulan pada salah satu catatan belum terbaca.</span>}
    </div>
  );
}
