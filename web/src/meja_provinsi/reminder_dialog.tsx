/** @jsxImportSource preact */
// Reminding offices: which rekap, by which way; noted at the hub, which writes the text.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Failure, tell } from "../hub/fetch.ts";
import { ErrorNotice } from "../hub/notices.tsx";
import { fullName, periodeName, readDay, writeDate } from "../hub/wording.ts";
import { deadlineWords } from "../meja/due.ts";
import { plainWords } from "../meja/plain_words.ts";
import type { Owed } from "./matriks.ts";
import { NOTE_REMINDER } from "./queries.ts";
import { CELL_WORDS } from "./state_words.ts";

const WAYS = ["WhatsApp", "Telepon", "Surel", "Surat"];

interface Message {
  kode: string;
  nama: string;
  text: string;
}

interface Noted {
  messages: Message[];
  remarks: string[];
}

interface Props {
  owed: readonly Owed[];
  periode: string;
  onClose: () => void;
  onNoted: () => void;
}

const keyOf = (office: string, form: string): string => `${office}:${form}`;

/** What is late, or, where nothing is, everything. */
function firstChoice(owed: readonly Owed[]): Set<string> {
  const all = owed.flatMap(({ office, forms }) => forms.map((form) => ({ key: keyOf(office.kode, form.kode), isLate: form.isLate })));
  const late = all.filter((one) => one.isLate);
  return new Set((late.length > 0 ? late : all).map((one) => one.key));
}

export function ReminderDialog({ owed, periode, onClose, onNoted }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [chosen, setChosen] = useState(() => firstChoice(owed));
  const [way, setWay] = useState(WAYS[0] ?? "");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const [noted, setNoted] = useState<Noted | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const toggle = (key: string) => setChosen((before) => new Set(before.has(key) ? Array.from(before).filter((one) => one !== key) : [...before, key]));
  const note = async () => {
    const rekap = owed.flatMap(({ office, forms }) =>
      forms.filter((form) => chosen.has(keyOf(office.kode, form.kode))).map((form) => ({ pelapor: office.kode, formulir: form.kode, periode })),
    );
    const { catatPengingat: answer } = await tell(NOTE_REMINDER, { rekap, saluran: way });
    if (answer.__typename === "TidakBerwenang") throw new Failure(answer.reason, "Masuk dengan token provinsi.");
    setNoted({
      messages: answer.pesan.map((one) => ({ kode: one.kabupaten.kode, nama: one.kabupaten.nama, text: `${one.teks}\n\nMeja kerja: ${location.origin}/meja` })),
      remarks: answer.temuan.map((one) => plainWords(one.pesan)),
    });
    onNoted();
  };
  const send = () => {
    setError(null);
    setSending(true);
    note()
      .catch((reason: unknown) => {
        if (!(reason instanceof Failure)) console.error(reason);
        setError(reason instanceof Failure ? reason : new Failure("Pengingat belum tercatat.", "Coba lagi."));
      })
      .finally(() => setSending(false));
  };
  const one = owed.length === 1 ? owed[0] : undefined;
  return (
    <dialog ref={dialog} class="tanya pengingat" aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>
        {one === undefined ? `Ingatkan ${owed.length} kantor` : `Ingatkan ${fullName(one.office.nama, one.office.kode)}`}
      </h2>
      {noted === null && (
        <>
          <p>Rekap {periodeName(periode)} yang belum diajukan:</p>
          <div class="diingatkan-apa">
            {owed.map((of) => (
              <OfficeChoice key={of.office.kode} owed={of} isAlone={one !== undefined} chosen={chosen} toggle={toggle} />
            ))}
          </div>
          <label class="lewat">
            Disampaikan lewat
            <select value={way} onChange={(e) => setWay(e.currentTarget.value)}>
              {WAYS.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          {error !== null && <ErrorNotice error={error} />}
          <div class="tombol">
            <button type="button" class="utama" disabled={isSending || chosen.size === 0} onClick={send}>
              Catat dan tulis pesannya
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Batal
            </button>
          </div>
        </>
      )}
      {noted !== null && <NotedTexts noted={noted} onClose={() => dialog.current?.close()} />}
    </dialog>
  );
}

function OfficeChoice({ owed, isAlone, chosen, toggle }: { owed: Owed; isAlone: boolean; chosen: Set<string>; toggle: (key: string) => void }) {
  const [today] = useState(() => new Date());
  return (
    <fieldset>
      <legend class={isAlone ? "hanya-suara" : ""}>{fullName(owed.office.nama, owed.office.kode)}</legend>
      {owed.forms.map((form) => {
        const key = keyOf(owed.office.kode, form.kode);
        return (
          <label key={key} class="centang">
            <input type="checkbox" checked={chosen.has(key)} onChange={() => toggle(key)} />
            <span>
              {form.nama} ({form.kode}): {CELL_WORDS[form.state].word.toLowerCase()}
              {form.tenggat !== null && (
                <small>
                  Tenggat {writeDate(readDay(form.tenggat))} ({deadlineWords(form.tenggat, today)})
                </small>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function NotedTexts({ noted, onClose }: { noted: Noted; onClose: () => void }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <p ref={heading} tabIndex={-1} role="status">
        {noted.messages.length === 0 ? "Tidak ada yang dicatat." : "Pengingat tercatat. Kirimkan pesan ini:"}
      </p>
      {noted.remarks.map((remark) => (
        <p key={remark} class="kabar">
          {remark}
        </p>
      ))}
      {noted.messages.map((message) => (
        <MessageText key={message.kode} message={message} />
      ))}
      <div class="tombol">
        <button type="button" onClick={onClose}>
          Selesai
        </button>
      </div>
    </>
  );
}

function MessageText({ message }: { message: Message }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(message.text);
  const [said, setSaid] = useState("");
  const copy = async () => {
    // a page on plain http in an office's own network has no clipboard
    if (navigator.clipboard === undefined) area.current?.select();
    else await navigator.clipboard.writeText(text);
    setSaid(navigator.clipboard === undefined ? "Teksnya terpilih: tekan Ctrl+C." : "Tersalin.");
  };
  return (
    <section class="pesan">
      <label>
        {fullName(message.nama, message.kode)}
        <textarea ref={area} rows={12} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <div class="tombol">
        <button type="button" onClick={() => void copy().catch(() => setSaid("Belum tersalin: pilih teksnya, lalu salin."))}>
          Salin<span class="hanya-suara"> pesan {message.nama}</span>
        </button>
        <a class="tombol-tautan" href={`https://wa.me/?text=${encodeURIComponent(text)}`} target="_blank" rel="noreferrer noopener">
          Buka WhatsApp<span class="hanya-suara"> dengan pesan {message.nama}</span>
        </a>
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
