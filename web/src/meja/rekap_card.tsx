/** @jsxImportSource preact */
// A rekap in a few words: which, how it stands, until when, and what the province wrote.

import { useId, useState } from "preact/hooks";
import { periodeName, readDay, writeDate, writeNilai } from "../hub/wording.ts";
import { AskReason } from "./ask_dialog.tsx";
import { decidedIn, withdraw } from "./decisions.ts";
import { deadlineWords } from "./due.ts";
import type { Card } from "./due.ts";
import { useOnDevice } from "./line.ts";
import { rekapOfDraft, rekapOfIsian } from "./isian_sender.ts";
import { rekapOf, takeProposals } from "./proposals.ts";
import type { ReturnedRekapQuery } from "./queries.ts";
import { rekapName, STATE_WORDS } from "./rekap_words.ts";
import { linkTo } from "./router.ts";
import { dropSubmission } from "./store.ts";
import { useDesk } from "./use_session.ts";

export type Returned = ReturnedRekapQuery["daftarRekap"]["edges"][number]["node"];
type Note = Returned["catatan"][number];

export function RekapCard({ card, today, returned }: { card: Card; today: Date; returned?: Returned | undefined }) {
  const id = useId();
  const isOpen = card.state !== "approved" && card.state !== "submitted";
  return (
    <li class={`kartu rekap keadaan-${card.state} ${card.isLate ? "terlambat" : ""}`} aria-labelledby={id}>
      <h3 id={id}>
        {card.formulir.nama} <small>{card.formulir.kode}</small>
      </h3>
      <p class="periode">{periodeName(card.periode)}</p>
      <p class="keadaan">
        <span aria-hidden="true">{STATE_WORDS[card.state].sign}</span> {STATE_WORDS[card.state].word}
        {returned !== undefined && returned.catatan.length > 0 && `: ${returned.catatan.length} catatan`}
      </p>
      {isOpen && card.tenggat !== null && (
        <p class="tenggat">
          Tenggat {writeDate(readDay(card.tenggat))} <strong>({deadlineWords(card.tenggat, today)})</strong>
        </p>
      )}
      {isOpen && card.remindedAt !== null && <p class="diingatkan">Diingatkan {writeDate(new Date(card.remindedAt))}</p>}
      {returned !== undefined && <WhatCameBack card={card} returned={returned} />}
      {isOpen && <FillIn card={card} />}
      {card.state === "submitted" && <Withdraw card={card} />}
      {card.state === "missing" && (
        <p class="tindakan">
          <a href={`/templat/${card.formulir.kode}.xlsx?${new URLSearchParams({ pelapor: card.id.split(":")[0] ?? "", periode: card.periode })}`} download>
            Unduh templat<span class="hanya-suara"> {rekapName(card)}</span>
          </a>
        </p>
      )}
    </li>
  );
}

/** Takes back what nobody has decided about yet. */
function Withdraw({ card }: { card: Card }) {
  const { person } = useDesk();
  const { queue } = useOnDevice(person);
  const [isAsked, setAsked] = useState(false);
  const pending = queue.find((one) => one.state !== "sent" && decidedIn(one).includes(card.id));
  return (
    <>
      {pending === undefined && (
        <p class="tindakan">
          <button type="button" onClick={() => setAsked(true)}>
            Tarik kembali<span class="hanya-suara"> {rekapName(card)}</span>
          </button>
        </p>
      )}
      {isAsked && (
        <AskReason
          title="Tarik kembali rekap ini?"
          name={rekapName(card)}
          label="Alasan, terbaca oleh provinsi"
          act="Tarik kembali"
          onAct={(reason) => withdraw(person, { id: card.id, revisi: card.revisi, name: rekapName(card) }, reason)}
          onClose={() => setAsked(false)}
        >
          <p>Rekapnya menjadi draf lagi dengan isi yang sama, dan dapat diperbaiki lalu diajukan lagi.</p>
        </AskReason>
      )}
    </>
  );
}

const FILL_WORDS: Partial<Record<Card["state"], string>> = { missing: "Isi", draft: "Lanjutkan draf", returned: "Perbaiki" };

/** The way to the screen where it is filled in. */
function FillIn({ card }: { card: Card }) {
  const { person } = useDesk();
  const { draftNames, queue } = useOnDevice(person);
  const submission = queue.findLast((one) => one.state !== "sent" && rekapOfIsian(one) === card.id);
  const isBegun = draftNames.some((one) => rekapOfDraft(one) === card.id);
  const [, , periode = ""] = card.id.split(":");
  return (
    <>
      {submission?.state === "waiting" && <p class="di-gawai">Tersimpan di gawai, belum terkirim</p>}
      {submission?.state === "refused" && <p class="di-gawai">Kiriman tidak diterima hub: buka isiannya</p>}
      {isBegun && submission === undefined && <p class="di-gawai">Draf di gawai ini, belum dikirim</p>}
      <p class="tindakan isi-rekap">
        <a class="utama" href={linkTo("isian", card.formulir.kode, periode)}>
          {isBegun && card.state === "missing" ? "Lanjutkan draf" : FILL_WORDS[card.state]}
          <span class="hanya-suara"> {rekapName(card)}</span>
        </a>{" "}
        <a href={linkTo("unggah", card.formulir.kode, periode)}>
          Unggah berkas<span class="hanya-suara"> {rekapName(card)}</span>
        </a>
      </p>
    </>
  );
}

function WhatCameBack({ card, returned }: { card: Card; returned: Returned }) {
  const { person } = useDesk();
  const { queue } = useOnDevice(person);
  const [error, setError] = useState("");
  const last = returned.riwayat.findLast((one) => one.alasan !== null);
  const proposed = returned.catatan.filter((note) => note.usulan !== null).length;
  const pending = queue.find((one) => rekapOf(one) === card.id && one.state !== "sent");
  const take = () => {
    takeProposals(person, { id: card.id, revisi: returned.revisi }, rekapName(card)).catch((reason: unknown) => {
      console.error(reason);
      setError("Belum tersimpan: peramban ini tidak mengizinkan penyimpanan. Buka meja kerja di jendela biasa, lalu coba lagi.");
    });
  };
  return (
    <div class="kembali">
      {last?.alasan !== undefined && last.alasan !== null && <p class="alasan">“{last.alasan}”</p>}
      {returned.catatan.length > 0 && (
        <details>
          <summary>
            Lihat catatan<span class="hanya-suara"> {rekapName(card)}</span>
          </summary>
          <ul class="catatan">
            {returned.catatan.map((note) => (
              <NoteLine key={`${note.wilayah.kode} ${note.elemen.kode} ${JSON.stringify(note.rincian)}`} note={note} />
            ))}
          </ul>
        </details>
      )}
      {proposed > 0 && pending === undefined && returned.boleh.includes("AJUKAN") && (
        <p class="tindakan">
          <button type="button" class="utama" onClick={take}>
            Terima {proposed} usulan dan kirim lagi<span class="hanya-suara"> {rekapName(card)}</span>
          </button>
        </p>
      )}
      <div role="status">
        {pending?.state === "waiting" && <p class="kabar-kirim menunggu">Tersimpan di gawai, belum terkirim</p>}
        {pending?.state === "refused" && (
          <p class="galat">
            <strong>Tidak diterima hub.</strong> {pending.message}{" "}
            <button type="button" onClick={() => void dropSubmission(person, pending.key)}>
              Tutup
            </button>
          </p>
        )}
        {error !== "" && <p class="galat">{error}</p>}
      </div>
    </div>
  );
}

function NoteLine({ note }: { note: Note }) {
  const unit = note.elemen.satuan;
  const figure = (n: number | string | null): string => (n === null ? "kosong" : writeNilai(Number(n), unit));
  const parts = note.rincian.map((one) => one.pilihan).join(", ");
  return (
    <li>
      <strong>{note.wilayah.nama}</strong>, {note.elemen.nama}
      {parts !== "" && ` (${parts})`} <small>{note.elemen.kode}</small>: {note.alasan}
      <br />
      {note.usulan === null ? `Terkirim ${figure(note.nilai)}` : `Terkirim ${figure(note.nilai)}, usulan ${figure(note.usulan)}`}
    </li>
  );
}
