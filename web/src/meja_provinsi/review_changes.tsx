/** @jsxImportSource preact */
// The figures: as they were, as they are, and a note with what should stand there.

import { Fragment } from "preact";
import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { writeNilai } from "../hub/wording.ts";
import { basesOf, changesBetween, changesInForce, cellKey, NOTE_ALONE, notedElsewhere } from "./changes.ts";
import type { Basis, Change, Reviewed } from "./changes.ts";
import { isReadable } from "./notes_draft.ts";
import type { NotesDraft, Written } from "./notes_draft.ts";
import { REVISION_CELLS } from "./queries.ts";
import type { ReviewQuery } from "./queries.ts";
import { UnsentNote } from "./unsent_note.tsx";

const SHOWN = 100;
const NOT_SENT = "Angka ini belum diisi.";

/** A cell that is to be shown, by the codes of its region and element; another object each time it is asked for. */
export interface Sought {
  wilayah: string;
  elemen: string;
}

interface Props {
  answer: ReviewQuery;
  rekap: Reviewed;
  notes: NotesDraft;
  canNote: boolean;
  sought: Sought | null;
}

const isSought = (change: Change, sought: Sought | null): boolean => change.wilayah.kode === sought?.wilayah && change.elemen.kode === sought.elemen;

export function ChangesSection({ answer, rekap, notes, canNote, sought }: Props) {
  const bases = basesOf(answer);
  const [chosen, setChosen] = useState("");
  const [isWhole, setWhole] = useState(false);
  const basis = bases.find((one) => one.key === chosen) ?? bases[0];
  const cells = useCells(rekap, basis);
  useEffect(() => {
    if (sought === null) return;
    setWhole(true);
    // what did not change is not in the comparison with the revision in force
    if (basis?.kind === "force" && !rekap.beda.some((one) => one.wilayah.kode === sought.wilayah && one.elemen.kode === sought.elemen)) setChosen("nothing");
  }, [sought]);
  if (basis === undefined) return null;
  const unusual = new Set(rekap.beda.filter((one) => one.tidakBiasa).map(cellKey));
  const changes = basis.kind === "force" ? changesInForce(rekap.beda) : cells.content === null ? null : changesBetween(cells.content.other, cells.content.current, unusual);
  const few = basis.kind === "period" && !isWhole ? (changes?.filter((one) => one.isChanged || notes.notes.has(one.key)) ?? null) : changes;
  const places = Array.from(notes.notes.values(), (note) => note.place);
  // what has a note and no line here: it was not sent, or did not change
  const shown = few === null ? null : [...few, ...notedElsewhere(places, few, basis.kind === "force" ? "tidak berubah atau tidak dikirim" : "tidak dikirim")];
  return (
    <section aria-labelledby="angka-rekap">
      <h2 id="angka-rekap">Angka</h2>
      <div class="pilihan">
        <label>
          Dibandingkan dengan
          <select value={basis.key} onChange={(e) => setChosen(e.currentTarget.value)}>
            {bases.map((one) => (
              <option key={one.key} value={one.key}>
                {one.words}
              </option>
            ))}
          </select>
        </label>
        {basis.kind === "period" && (
          <label class="centang">
            <input type="checkbox" checked={isWhole} onChange={(e) => setWhole(e.currentTarget.checked)} />
            <span>Juga yang tidak berubah</span>
          </label>
        )}
      </div>
      {cells.error !== null && <ErrorNotice error={cells.error} retry={cells.retry} />}
      {shown === null && cells.error === null && <Loading what="angka" />}
      {shown !== null && <ChangesTable key={basis.key} changes={shown} basis={basis} notes={notes} canNote={canNote} sought={sought} />}
      {canNote && <UnsentNote rekap={rekap} onNote={(place) => notes.write(cellKey(place), { place, reason: NOT_SENT, text: "" })} />}
    </section>
  );
}

function useCells(rekap: Reviewed, basis: Basis | undefined) {
  const key = basis === undefined || basis.kind === "force" ? null : `${rekap.id} ${rekap.revisi} ${basis.key}`;
  const result = useFetch(key, async (signal) => {
    const [current, other] = await Promise.all([
      ask(REVISION_CELLS, { id: rekap.id, revisi: rekap.revisi }, signal),
      basis?.kind === "period" ? ask(REVISION_CELLS, { id: basis.rekap, revisi: basis.revisi }, signal) : null,
    ]);
    return { of: key, current: current.rekap?.nilai ?? [], other: other?.rekap?.nilai ?? [] };
  });
  return result.content !== null && result.content.of !== key ? { ...result, content: null } : result;
}

interface TableProps {
  changes: readonly Change[];
  basis: Basis;
  notes: NotesDraft;
  canNote: boolean;
  sought: Sought | null;
}

function ChangesTable({ changes, basis, notes, canNote, sought }: TableProps) {
  const [isAll, setAll] = useState(false);
  const place = changes.findIndex((one) => isSought(one, sought));
  const isThere = place < (isAll ? changes.length : SHOWN);
  const found = useRef<HTMLTableRowElement>(null);
  useLayoutEffect(() => {
    if (!isThere) setAll(true);
    else found.current?.focus();
  }, [sought, place, isThere]);
  const unusual = changes.filter((one) => one.isUnusual).length;
  const counted = basis.kind === "nothing" ? `${changes.filter((one) => one.kind !== NOTE_ALONE).length} angka` : `${changes.filter((one) => one.isChanged).length} angka berubah`;
  return (
    <>
      <p>
        {counted}
        {unusual > 0 && (
          <>
            , <strong>{unusual} tidak biasa</strong> (jauh dari yang biasa dilaporkan; di atas)
          </>
        )}
        .
      </p>
      {sought !== null && place === -1 && (
        <p role="status" class="kabar">
          Angka itu tidak dikirim dalam revisi ini.
        </p>
      )}
      {changes.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div class="gulir" role="region" aria-label="Tabel angka" tabIndex={0}>
          <table class="beda">
            <thead>
              <tr>
                <th scope="col">Angka dan wilayah</th>
                {basis.kind !== "nothing" && <th scope="col">{basis.words}</th>}
                <th scope="col">Sekarang</th>
                {basis.kind !== "nothing" && <th scope="col">Selisih</th>}
                {canNote && <th scope="col">Catatan</th>}
              </tr>
            </thead>
            <tbody>
              {(isAll ? changes : changes.slice(0, SHOWN)).map((one, index) => (
                <ChangeRow key={one.key} change={one} hasBefore={basis.kind !== "nothing"} notes={notes} canNote={canNote} row={index === place ? found : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changes.length > SHOWN && !isAll && (
        <p>
          <button type="button" onClick={() => setAll(true)}>
            Tampilkan semua {changes.length}
          </button>
        </p>
      )}
    </>
  );
}

const PERCENT = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1, signDisplay: "exceptZero" });
const SIGNED = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 2, signDisplay: "exceptZero" });

function placeWords({ elemen, rincian, wilayah }: Pick<Change, "elemen" | "rincian" | "wilayah">): string {
  return [elemen.nama, ...rincian.map((one) => one.pilihan), wilayah.nama].join(", ");
}

interface RowProps {
  change: Change;
  hasBefore: boolean;
  notes: NotesDraft;
  canNote: boolean;
  row: RefObject<HTMLTableRowElement | null> | null; // it is the one that is sought
}

function ChangeRow({ change, hasBefore, notes, canNote, row }: RowProps) {
  const [isOpened, setOpened] = useState(false);
  const note = notes.notes.get(change.key);
  const isWriting = canNote && (isOpened || note !== undefined);
  const figure = (n: number | null, status: string): string => (n === null ? status || "kosong" : writeNilai(n, change.elemen.satuan));
  const parts = change.rincian.map((one) => one.pilihan).join(", ");
  return (
    <Fragment>
      <tr ref={row} tabIndex={row === null ? undefined : -1} class={`${change.isUnusual ? "tidak-biasa" : ""} ${row === null ? "" : "dicari"}`}>
        <th scope="row">
          {change.elemen.nama}
          {parts !== "" && ` (${parts})`} <small>{change.elemen.kode}</small>
          <small class="tempat">{change.wilayah.nama}</small>
          {change.isUnusual && (
            <small class="tanda">
              <span aria-hidden="true">⚠</span> tidak biasa
            </small>
          )}
        </th>
        {hasBefore && <td>{figure(change.before, change.beforeStatus)}</td>}
        <td>{figure(change.after, change.afterStatus)}</td>
        {hasBefore && (
          <td>
            {change.before !== null && change.after !== null && change.before !== change.after && SIGNED.format(change.after - change.before)}
            {change.percent !== null && change.before !== change.after && <small> {PERCENT.format(change.percent)}%</small>}
            {change.kind !== "" && <small class="jenis"> {change.kind}</small>}
          </td>
        )}
        {canNote && (
          <td class={isWriting ? "" : "catat-sel"}>
            {!isWriting && (
              <button type="button" onClick={() => setOpened(true)}>
                Catat<span class="hanya-suara"> {placeWords(change)}</span>
              </button>
            )}
          </td>
        )}
      </tr>
      {isWriting && (
        <tr class="baris-catatan">
          <td colSpan={hasBefore ? 5 : 3}>
            <NoteForm
              change={change}
              note={note}
              write={(next) => notes.write(change.key, next)}
              onClose={() => setOpened(false)}
              isFresh={isOpened}
            />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

interface NoteProps {
  change: Change;
  note: Written | undefined;
  write: (note: Written | null) => void;
  onClose: () => void;
  isFresh: boolean;
}

function NoteForm({ change, note, write, onClose, isFresh }: NoteProps) {
  const id = useId();
  const written = note ?? { place: { wilayah: change.wilayah, elemen: change.elemen, rincian: change.rincian }, reason: "", text: "" };
  const isWrong = !isReadable(written);
  const put = (more: Partial<Written>) => {
    const next = { ...written, ...more };
    write(next.reason === "" && next.text === "" ? null : next);
  };
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (isFresh && note === undefined) first.current?.focus(); // once: later it would take the keys from another field
  }, []);
  return (
    <div class="catat">
      <label>
        Catatan
        <input
          ref={first}
          type="text"
          value={written.reason}
          onInput={(e) => put({ reason: e.currentTarget.value })}
        />
      </label>
      <label>
        Usulan angka
        <input
          type="text"
          inputMode="decimal"
          value={written.text}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? id : undefined}
          onInput={(e) => put({ text: e.currentTarget.value })}
        />
      </label>
      {isWrong && (
        <span id={id} class="salah">
          Tulis angka saja, misalnya 1.234,5.
        </span>
      )}
      <button
        type="button"
        onClick={() => {
          write(null);
          onClose();
        }}
      >
        Hapus catatan
      </button>
    </div>
  );
}
