// Notes that were begun: kept on the device until the rekap is returned.

import { useEffect, useState } from "preact/hooks";
import type { Note } from "../meja/decisions.ts";
import { dropDraft, keepDraft, onStoreChanged, readDraft } from "../meja/store.ts";
import type { Draft } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import { readFigure } from "./changes.ts";
import type { Change } from "./changes.ts";

/** A note as it is written. `text`: what should stand there, as typed. */
export interface Written {
  place: Pick<Change, "wilayah" | "elemen" | "rincian">;
  reason: string;
  text: string;
}

export type Notes = ReadonlyMap<string, Written>;

const WITHOUT_REASON = "Mohon periksa angka ini.";

export interface NotesDraft {
  notes: Notes;
  write: (key: string, note: Written | null) => void;
  forget: () => void;
  draft: () => Draft;
}

const draftId = (rekap: string, revision: number): string => `periksa ${rekap} ${revision}`;

export function useNotes(rekap: string, revision: number): NotesDraft {
  const { person } = useDesk();
  const id = draftId(rekap, revision);
  const [kept, setKept] = useState<{ id: string; notes: Notes }>({ id, notes: new Map() });
  const notes: Notes = kept.id === id ? kept.notes : new Map();
  const isEmpty = notes.size === 0;
  useEffect(() => {
    if (!isEmpty) return;
    let isCurrent = true;
    const read = () => {
      readDraft(person, id).then(
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept below
        (draft) => isCurrent && draft !== undefined && setKept({ id, notes: new Map(draft.content as [string, Written][]) }),
        (error: unknown) => console.error(error),
      );
    };
    read();
    const end = onStoreChanged(read); // a return that was not taken brings its notes back
    return () => {
      isCurrent = false;
      end();
    };
  }, [person, id, isEmpty]);
  const draftOf = (content: Notes): Draft => ({ person, id, content: Array.from(content), at: Date.now() });
  const change = (next: Notes) => {
    setKept({ id, notes: next });
    const done = next.size === 0 ? dropDraft(person, id) : keepDraft(draftOf(next));
    done.catch((error: unknown) => console.error(error));
  };
  const write = (key: string, note: Written | null) => {
    const next = new Map(notes);
    if (note === null) next.delete(key);
    else next.set(key, note);
    change(next);
  };
  const forget = () => change(new Map());
  return { notes, write, forget, draft: () => draftOf(notes) };
}

/** Whether what was typed as a figure can be read as one. */
export const isReadable = (note: Written): boolean => note.text.trim() === "" || readFigure(note.text) !== null;

/** As they are sent. */
export const notesToSend = (notes: Notes): Note[] =>
  Array.from(notes.values(), ({ place, reason, text }) => ({
    wilayah: place.wilayah.kode, elemen: place.elemen.kode, rincian: place.rincian.map((one) => ({ rincian: one.rincian, pilihan: one.pilihan })),
    alasan: reason.trim() === "" ? WITHOUT_REASON : reason.trim(), usulan: readFigure(text),
  }));
