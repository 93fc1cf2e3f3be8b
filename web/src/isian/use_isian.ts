// An Isian as its screen sees it: what the hub has, what was begun on this device, and what is said of it.

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Failure, tell } from "../hub/fetch.ts";
import { useOnDevice, useOnline } from "../meja/line.ts";
import { handOver } from "../meja/queue.ts";
import { dropDraft, dropSubmission, keepDraft, readDraft } from "../meja/store.ts";
import type { Submission } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import { useNews } from "../meja/use_news.ts";
import { useStored } from "../meja/use_stored.ts";
import type { Stored } from "../meja/use_stored.ts";
import { cellsOf, isChanged, sendingOf, workOf } from "./cells.ts";
import type { Cell, Rekap, Work } from "./cells.ts";
import { foundByHub, foundHere, together } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { draftOf, KIND } from "./kept.ts";
import type { IsianSending, KeptDraft } from "./kept.ts";
import { idOf, loadKnown } from "./known.ts";
import type { Asked, Known } from "./known.ts";
import { sheetsOf } from "./layout.ts";
import type { Sheet } from "./layout.ts";
import { mergeOf } from "./merge.ts";
import { ISIAN_SUBMIT } from "./queries.ts";

const NOT_KEPT = "Belum tersimpan: peramban ini tidak mengizinkan penyimpanan. Buka meja kerja di jendela biasa, lalu coba lagi.";
const PAUSE_MS = 1500; // after the last change the hub is asked what it thinks

export interface Isian {
  answer: Stored<Known>;
  known: Known | null;
  work: Work | null; // null: not read yet
  cells: ReadonlyMap<string, Cell>;
  sheets: Sheet[];
  findings: Finding[];
  isAsking: boolean; // the hub is being asked what it thinks
  isChanged: boolean;
  savedAt: number | null; // on this device, ms; null: nothing is
  error: string; // why the device keeps nothing
  submission: Submission | null; // of this rekap: waiting, or refused
  hasConflict: boolean;
  setCells: (changes: readonly [string, Cell | undefined][]) => void;
  setWork: (change: (work: Work) => Work) => void;
  goOnWith: (merged: Work) => void; // after a conflict
  discard: () => void;
  send: (isSubmission: boolean, what: string) => void;
}

interface Drafted {
  work: Work;
  stamp: number; // 0: as the hub has it
  at: number | null;
}

export function useIsian(asked: Asked): Isian {
  const { person, refuse } = useDesk();
  const id = idOf(asked);
  const answer = useStored<Known>(draftOf(id), (signal) => loadKnown(asked, signal));
  const { drafted, begin, change, discard, error } = useDraft(person, draftOf(id), answer);
  const known = answer.content;
  const work = drafted?.work ?? null;
  const cells = useMemo(() => new Map(work?.cells ?? []), [work?.cells]);
  const sheets = useMemo(() => (known === null || work === null ? [] : sheetsOf(known.form, known.regions, cells, work.added)), [known, cells, work?.added]);
  const here = useMemo(() => foundHere(sheets, cells), [sheets, cells]);
  const hub = useTrial(asked, drafted, known, { refuse, askAgain: answer.retry });
  const { queue } = useOnDevice(person);
  const [sendError, setSendError] = useState("");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of this kind
  const submission = queue.findLast((one) => one.kind === KIND && one.state !== "sent" && (one.content as IsianSending).rekap === id) ?? null;
  const waiting = submission?.state === "waiting" ? submission.key : "";
  // what happens to it shows as it happens; one's own sending is told by its answer
  useNews(asked.pelapor, answer.content !== null && waiting === "", answer.retry, refuse);
  const wasWaiting = useRef("");
  useEffect(() => {
    if (waiting === "" && wasWaiting.current !== "") {
      begin(null); // sent or refused: as the hub has it now, with the draft if there still is one
      answer.retry();
    }
    wasWaiting.current = waiting;
  }, [waiting]);
  const isFresh = answer.seenAt === null && answer.error === null;
  const newest = known?.rekap ?? null;
  const hasConflict = work !== null && isFresh && newest !== null && newest.revisi > work.base && isChanged(work);
  const send = (isSubmission: boolean, what: string) => {
    if (drafted === null) return;
    const content: IsianSending = { person, draft: draftOf(id), stamp: drafted.stamp, rekap: id, masukan: sendingOf(drafted.work, asked).masukan, isSubmission };
    handOver({ person, kind: KIND, what, content }).then(() => setSendError(""), () => setSendError(NOT_KEPT));
  };
  const goOnWith = (merged: Work) => {
    change(() => merged);
    if (submission?.state === "refused") void dropSubmission(person, submission.key);
  };
  return {
    answer, known, work, cells, sheets, findings: useMemo(() => together(here, hub.findings), [here, hub.findings]), isAsking: hub.isAsking,
    isChanged: work !== null && isChanged(work), savedAt: drafted?.at ?? null, error: sendError === "" ? error : sendError, submission, hasConflict,
    setCells: (changes) => change((w) => withCells(w, changes)), setWork: change, goOnWith, discard, send,
  };
}

export function withCells(work: Work, changes: readonly [string, Cell | undefined][]): Work {
  const cells = new Map(work.cells);
  for (const [key, cell] of changes) {
    if (cell === undefined) cells.delete(key);
    else cells.set(key, cell);
  }
  return { ...work, cells: [...cells] };
}

interface DraftOnDevice {
  drafted: Drafted | null;
  begin: (drafted: Drafted | null) => void;
  change: (f: (work: Work) => Work) => void;
  discard: () => void;
  error: string;
}

/** The draft of this device, kept after each change; where there is none, what the hub has. */
function useDraft(person: string, name: string, answer: Stored<Known>): DraftOnDevice {
  const [drafted, begin] = useState<Drafted | null>(null);
  const [error, setError] = useState("");
  const current = useRef<Drafted | null>(null);
  current.current = drafted;
  const isReady = answer.content !== null;
  const revision = answer.content?.rekap?.revisi ?? 0;
  useEffect(() => {
    if (!isReady || drafted !== null) return;
    let isCurrent = true;
    const fromHub = (): Drafted => ({ work: workOf(answer.content?.rekap ?? null), stamp: 0, at: null });
    readDraft(person, name).then(
      (kept) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept by this very hook
        const content = kept?.content as KeptDraft | undefined;
        if (isCurrent) begin(kept === undefined || content === undefined ? fromHub() : { ...content, at: kept.at });
      },
      () => isCurrent && begin(fromHub()), // a browser that keeps nothing
    );
    return () => {
      isCurrent = false;
    };
  }, [isReady, drafted === null]);
  useEffect(() => {
    const now = current.current;
    if (now === null || answer.content === null || now.work.base >= revision) return;
    if (now.stamp === 0) begin({ work: workOf(answer.content.rekap), stamp: 0, at: null });
    else if (isSettled(now.work, answer.content.rekap)) change((work) => ({ ...work, base: revision, baseCells: cellsOf(answer.content?.rekap ?? null) }));
  }, [revision, drafted === null]);
  const change = useCallback((f: (work: Work) => Work) => {
    const now = current.current;
    if (now === null) return;
    const next = { work: f(now.work), stamp: now.stamp + 1, at: Date.now() };
    current.current = next; // several changes before the page is drawn anew
    begin(next);
    const { work, stamp, at } = next;
    keepDraft({ person, id: name, content: { work, stamp } satisfies KeptDraft, at }).then(
      () => setError(""),
      () => setError(NOT_KEPT),
    );
  }, [person, name]);
  const discard = () => {
    dropDraft(person, name).then(() => begin(null), (reason: unknown) => console.error(reason));
  };
  return { drafted, begin, change, discard, error };
}

/** Whether the newest revision leaves nothing to be chosen: nobody else changed a cell. */
function isSettled(work: Work, rekap: Rekap | null): boolean {
  const { clashes, onlyTheirs } = mergeOf(work, cellsOf(rekap));
  return clashes.length === 0 && onlyTheirs.length === 0;
}

interface Trial {
  findings: Finding[];
  isAsking: boolean;
}

/** What the hub would say, were this submitted: asked after a pause, forgotten at cells that were changed since. */
function useTrial(asked: Asked, drafted: Drafted | null, known: Known | null, { refuse, askAgain }: { refuse: () => void; askAgain: () => void }): Trial {
  const isOnline = useOnline();
  const [told, setTold] = useState<{ findings: Finding[]; cells: ReadonlyMap<string, Cell> } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const work = drafted?.work ?? null;
  const form = known?.form ?? null;
  useEffect(() => {
    if (work === null || form === null || !isOnline || work.cells.length === 0 || (known?.rekap ?? null)?.status === "DISETUJUI") return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      setAsking(true);
      const sending = sendingOf(work, asked);
      tell(ISIAN_SUBMIT, { masukan: { ...sending.masukan, kunciIdempoten: "coba" }, uji: true })
        .then(({ ajukanRekap: said }) => {
          if (!isCurrent) return;
          if (said.__typename === "BentrokRevisi") askAgain();
          if (said.__typename === "RekapDiterima" || said.__typename === "RekapDitolak") {
            setTold({ findings: foundByHub(said.temuan, sending.places, form.elemen), cells: new Map(work.cells) });
          }
        })
        .catch((error: unknown) => {
          if (error instanceof Failure && error.status === 401) refuse();
          // without an answer nothing is said; the next change asks anew
        })
        .finally(() => isCurrent && setAsking(false));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      setAsking(false);
    };
  }, [work, form, isOnline]);
  const findings = useMemo(() => {
    const now = new Map(work?.cells ?? []);
    return (told?.findings ?? []).filter((one) => one.key === null || told?.cells.get(one.key) === now.get(one.key));
  }, [told, work?.cells]);
  return { findings, isAsking };
}
