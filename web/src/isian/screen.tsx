/** @jsxImportSource preact */
// Filling in a rekap: the sheets of a form, by grid or on a phone region by region, until it is sent.

import { useEffect, useRef, useState } from "preact/hooks";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { isNarrow, NARROW } from "../hub/narrow.ts";
import { onDemand } from "../hub/on_demand.tsx";
import { levelOf, periodeName, readDay, writeDate, writeMoment } from "../hub/wording.ts";
import type { ScreenProps } from "../meja/screens.ts";
import { useDesk } from "../meja/use_session.ts";
import { keyOf, placeOf } from "./cells.ts";
import type { Cell } from "./cells.ts";
import { CellPanel, STATUS_KEYS, TAKE_KEY } from "./cell_panel.tsx";
import { Conflict } from "./conflict.tsx";
import type { Choices } from "./conflict.tsx";
import { FieldList } from "./field_list.tsx";
import { FindingList } from "./finding_list.tsx";
import { byCell } from "./findings.ts";
import type { Chosen, GridHandle, GridProps } from "./grid.tsx";
import "./isian.css";
import { codeOf } from "./layout.ts";
import type { Sheet } from "./layout.ts";
import { Letter } from "./letter.tsx";
import { NoteList, notesOf } from "./note_list.tsx";
import type { Corner, Pasted } from "./paste.ts";
import { PasteStrip } from "./paste_strip.tsx";
import { SendBar } from "./send_bar.tsx";
import { useIsian, withCells } from "./use_isian.ts";
import type { Asked, Known } from "./known.ts";
import type { Isian } from "./use_isian.ts";
import type { Work } from "./cells.ts";

export function IsianScreen({ parts: [formulir = "", periode = ""] }: ScreenProps) {
  const { who } = useDesk();
  const asked = { pelapor: who.wilayah?.kode ?? "", formulir, periode };
  return <IsianOf key={`${formulir} ${periode}`} asked={asked} />;
}

function IsianOf({ asked }: { asked: Asked }) {
  const isian = useIsian(asked);
  const { answer, known, work } = isian;
  const conflict = useChoices(known?.rekap?.revisi ?? 0);
  const onPhone = useNarrow();
  useEffect(() => {
    if (!onPhone) void import("./grid.tsx").catch(() => null); // comes beside the answer; a failure is told where it is shown
  }, [onPhone]);
  return (
    <>
      <h1 tabIndex={-1}>
        {known === null ? "Isian" : known.form.nama} <small>{asked.formulir}</small>
      </h1>
      <p class="isian-kepala">
        <span>{periodeName(asked.periode)}</span>
        {known?.rekap?.tenggat !== null && known?.rekap !== null && known?.rekap !== undefined && <span>Tenggat {writeDate(readDay(known.rekap.tenggat ?? ""))}</span>}
        <Standing isian={isian} />
        <a href="#/">Kembali ke Beranda</a>
      </p>
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {isian.error !== "" && (
        <p class="galat" role="alert">
          {isian.error}
        </p>
      )}
      {known === null || work === null ? answer.error === null && <Loading what="isian" /> : <Filled {...{ asked, isian, known, work, conflict }} />}
    </>
  );
}

/** How the work stands, in words. */
function Standing({ isian: { known, savedAt, submission, isChanged } }: { isian: Isian }) {
  if (known === null) return null;
  if (submission?.state === "waiting") return <strong>Tersimpan di gawai, belum terkirim</strong>;
  if (savedAt !== null) return <strong>{isChanged ? `Draf di gawai ini, tersimpan ${writeMoment(new Date(savedAt))}` : "Sama dengan yang ada di hub"}</strong>;
  const words = { DRAF: "Draf di hub", DIAJUKAN: "Menunggu provinsi", DIKEMBALIKAN: "Dikembalikan", DISETUJUI: "Disetujui" } as const;
  return <strong>{known.rekap === null ? "Belum diisi" : words[known.rekap.status]}</strong>;
}

interface FilledProps {
  asked: Asked;
  isian: Isian;
  known: Known;
  work: Work;
  conflict: ReturnType<typeof useChoices>;
}

/** What was chosen between two figures, as long as the hub has the same revision. */
function useChoices(revision: number) {
  const [kept, setKept] = useState<{ revision: number; choices: Choices }>({ revision, choices: new Map() });
  const choices: Choices = kept.revision === revision ? kept.choices : new Map();
  const choose = (keys: readonly string[], isMine: boolean) => setKept({ revision, choices: new Map([...choices, ...keys.map((key): [string, boolean] => [key, isMine])]) });
  return { choices, choose };
}

function Filled({ asked, isian, known, work, conflict }: FilledProps) {
  const { sheets, cells, findings } = isian;
  const { form, regions, rekap } = known;
  const onPhone = useNarrow();
  const [level, setLevel] = useState(() => (sheets.find((one) => one.regions.some(({ kode }) => one.figures.some(({ code }) => cells.has(keyOf(kode, code))))) ?? sheets[0])?.level);
  const [at, setAt] = useState("");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [strip, setStrip] = useState<{ pasted: Pasted; before: Work } | null>(null);
  const grid = useRef<GridHandle>(null);
  const [wanted, setWanted] = useState<string | null>(null); // a cell to go to once its sheet is drawn
  const sheet = sheets.find((one) => one.level === level) ?? sheets[0];
  const isLocked = rekap !== null && !rekap.boleh.includes("AJUKAN");
  const isReadOnly = isLocked || isian.submission?.state === "waiting" || isian.hasConflict;
  const found = byCell(findings);
  const notes = notesOf(rekap, form);
  const noteAt = new Map(notes.map((one) => [one.key, one]));
  const totals = new Map(work.totals);

  useEffect(() => {
    if (wanted === null) return;
    setWanted(null);
    if (grid.current !== null) grid.current.jump(wanted);
    else document.querySelector<HTMLElement>(`[data-sel="${CSS.escape(wanted)}"]`)?.focus();
  }, [wanted, sheet?.level, at]);

  if (sheet === undefined) return <p class="kosong">Formulir ini tidak meminta angka dari kantor Anda.</p>;
  const jump = (key: string) => {
    const { kode } = placeOf(key);
    setLevel(levelOf(kode));
    setAt(kode);
    setWanted(key);
  };
  const change = (changes: readonly [string, Cell | undefined][]) => isian.setCells(changes);
  const paste = (text: string, corner: Corner) => {
    // loaded when it is wanted, so that the grid is there sooner
    import("./paste.ts").then(
      ({ pasteInto, readBlock }) => {
        const pasted = pasteInto(sheet, form, readBlock(text), corner);
        setStrip({ pasted, before: work });
        isian.setWork((before) => withPasted(before, pasted, sheet));
      },
      () => setStrip({ pasted: NOT_PASTED, before: work }),
    );
  };
  const key = (letter: string): boolean => {
    const small = letter.toLowerCase();
    const status = STATUS_KEYS[small];
    const first = chosen?.keys[0];
    if (chosen === null || first === undefined) return false;
    if (status !== undefined) change(chosen.keys.map((one) => [one, `!${status}`]));
    const proposal = (found.get(first) ?? []).flatMap((one) => one.proposals)[0] ?? noteAt.get(first)?.proposal ?? undefined;
    if (small === TAKE_KEY && proposal !== undefined) change([[first, proposal]]);
    return status !== undefined || (small === TAKE_KEY && proposal !== undefined);
  };
  const setTotal = (code: string, text: string) => {
    const place = keyOf(asked.pelapor, code);
    if ((totals.get(place) ?? "") === text) return;
    isian.setWork((before) => ({ ...before, totals: [...before.totals.filter(([one]) => one !== place), ...(text === "" ? [] : [[place, text] as [string, string]])] }));
  };
  const isList = onPhone || sheet.regions.length === 1;
  const common = { sheet, cells, totals, office: asked.pelapor, isReadOnly, onCells: change, onTotal: setTotal };
  return (
    <>
      {isian.hasConflict && rekap !== null && <Conflict work={work} rekap={rekap} form={form} regions={regions} choices={conflict.choices} onChoose={conflict.choose} onMerged={isian.goOnWith} />}
      {notes.length > 0 || rekap?.status === "DIKEMBALIKAN" ? (
        <NoteList notes={notes} reason={rekap?.riwayat.findLast((one) => one.alasan !== null)?.alasan ?? null} cells={cells} isReadOnly={isReadOnly} onCells={change} onJump={jump} />
      ) : null}
      {isLocked && <p class="kabar">{rekap.status === "DISETUJUI" ? "Rekap ini sudah disetujui provinsi; angkanya hanya dapat dilihat." : "Rekap ini hanya dapat dilihat."}</p>}
      {strip !== null && (
        <PasteStrip
          pasted={strip.pasted}
          onUndo={() => {
            isian.setWork((now) => withoutPasted(now, strip.pasted, strip.before));
            setStrip(null);
          }}
          onClose={() => setStrip(null)}
        />
      )}
      <SendBar asked={asked} isian={isian} known={known} isReadOnly={isReadOnly} isLocked={isLocked} isNarrow={onPhone} onJump={jump} />
      <div class="lembar-lembar" role="group" aria-label="Lembar">
        {sheets.map((one) => (
          <button type="button" key={one.level} aria-pressed={one.level === sheet.level} onClick={() => setLevel(one.level)}>
            {one.name} <small>{filledWords(one, isian)}</small>
          </button>
        ))}
        {sheet.others.length > 0 && !isReadOnly && (
          <label>
            <span class="hanya-suara">Tambah kolom {sheet.name.toLowerCase()}</span>
            <select value="" onChange={(e) => isian.setWork((before) => withElement(before, sheet, e.currentTarget.value))}>
              <option value="">Tambah kolom…</option>
              {sheet.others.map((one) => (
                <option key={one.kode} value={one.kode}>
                  {one.nama} ({one.kode})
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {sheet.figures.length === 0 && <p class="kosong">Belum ada kolom di lembar ini.</p>}
      {sheet.figures.length > 0 && isList && <FieldList {...common} findings={findings} at={at} onAt={setAt} />}
      {sheet.figures.length > 0 && !isList && (
        <>
          <LaterGrid {...common} findings={found} noted={new Set(noteAt.keys())} handle={grid} onChoose={setChosen} onPaste={paste} onKey={key} />
          <CellPanel sheet={sheet} cells={cells} chosen={chosen?.keys ?? []} findings={found} notes={noteAt} isReadOnly={isReadOnly} onCells={change} />
        </>
      )}
      <FindingList findings={findings} form={form} regions={regions} isReadOnly={isReadOnly} isAsking={isian.isAsking} onJump={jump} onCells={change} />
      <Letter letter={work.letter} isReadOnly={isReadOnly} onChange={(letter) => isian.setWork((before) => ({ ...before, letter }))} />
    </>
  );
}

/** "12 dari 357 terisi". */
function filledWords(sheet: Sheet, { cells }: Isian): string {
  if (sheet.figures.length === 0) return "tanpa kolom";
  const filled = sheet.regions.reduce((n, { kode }) => n + sheet.figures.filter((one) => cells.has(keyOf(kode, codeOf(one.elemen.kode, one.choices)))).length, 0);
  return `${filled} dari ${sheet.regions.length * sheet.figures.length} terisi`;
}

function withElement(work: Work, sheet: Sheet, kode: string): Work {
  if (kode === "") return work;
  return { ...work, added: { ...work.added, [sheet.level]: [...new Set([...(work.added[sheet.level] ?? []), kode])] } };
}

function withPasted(work: Work, pasted: Pasted, sheet: Sheet): Work {
  return pasted.added.reduce((now, kode) => withElement(now, sheet, kode), withCells(work, pasted.changes));
}

const NOT_PASTED: Pasted = { changes: [], said: [], leftOut: ["Belum tertempel: halaman ini belum termuat seluruhnya. Periksa sambungan, lalu tempel lagi."], added: [] };

/** The grid, loaded where there is room for one. */
const LaterGrid = onDemand<GridProps>("tabel isian", async () => (await import("./grid.tsx")).Grid);

/** As before the paste, but for what was changed since. */
function withoutPasted(work: Work, pasted: Pasted, before: Work): Work {
  const [cells, earlier] = [new Map(work.cells), new Map(before.cells)];
  return withCells({ ...work, added: before.added }, pasted.changes.flatMap(([key, cell]) => (cells.get(key) === cell ? [[key, earlier.get(key)]] : [])));
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(isNarrow);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const read = () => setNarrow(media.matches);
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  }, []);
  return narrow;
}
