/** @jsxImportSource preact */
// Goods from and to other offices: under way until the receiver says so.

import { useEffect, useState } from "preact/hooks";
import { writeMoment, writeNumber } from "../hub/wording.ts";
import { FindingSummary } from "../meja/field.tsx";
import type { TransferFragment } from "./queries.ts";
import { WaitingNotice } from "./sending_notice.tsx";
import { TextField } from "./resource_form.tsx";
import { useSending } from "./use_sending.ts";
import { TRANSFER_NAMES } from "./wording.ts";

interface TransfersProps {
  incoming: readonly TransferFragment[];
  outgoing: readonly TransferFragment[];
  mayAnswer: boolean;
  onAnswered: () => void;
}

export function Transfers({ incoming, outgoing, mayAnswer, onAnswered }: TransfersProps) {
  if (incoming.length + outgoing.length === 0) return null;
  return (
    <section aria-labelledby="kiriman">
      <h2 id="kiriman">Kiriman antarkantor</h2>
      <ul class="kartu-kartu">
        {incoming.map((one) => (
          <TransferCard key={one.id} transfer={one} isIncoming mayAnswer={mayAnswer} onAnswered={onAnswered} />
        ))}
        {outgoing.map((one) => (
          <TransferCard key={one.id} transfer={one} isIncoming={false} mayAnswer={false} onAnswered={onAnswered} />
        ))}
      </ul>
    </section>
  );
}

function TransferCard({ transfer, isIncoming, mayAnswer, onAnswered }: { transfer: TransferFragment; isIncoming: boolean; mayAnswer: boolean; onAnswered: () => void }) {
  return (
    <li class="kartu">
      <h3>{isIncoming ? `Dari ${transfer.dari.nama}` : `Ke ${transfer.ke.nama}`}</h3>
      <p>
        Dikirim {writeMoment(new Date(transfer.dikirimPada))}: <strong>{TRANSFER_NAMES[transfer.status].toLowerCase()}</strong>
        {transfer.alasan !== null && ` (“${transfer.alasan}”)`}
      </p>
      <ul>
        {transfer.mutasi.map((one) => (
          <li key={one.urutan}>
            {one.barang}: {writeNumber(Math.abs(Number(one.jumlah)))} {one.satuan}
          </li>
        ))}
      </ul>
      {mayAnswer && transfer.status === "DALAM_PERJALANAN" && <AnswerForm transfer={transfer} onAnswered={onAnswered} />}
    </li>
  );
}

function AnswerForm({ transfer, onAnswered }: { transfer: TransferFragment; onAnswered: () => void }) {
  const sending = useSending();
  const [reason, setReason] = useState<string | null>(null);
  const [isLacking, setLacking] = useState(false);
  const isBusy = sending.state === "waiting";
  const what = `kiriman dari ${transfer.dari.nama}`;
  useEffect(() => {
    if (sending.state === "sent") onAnswered();
  }, [sending.state]);
  const id = `alasan-${transfer.id}`;
  const refuse = () => {
    if (reason === null) setReason("");
    else if (reason.trim() === "") setLacking(true);
    else sending.send({ type: "refuse", id: transfer.id, reason: reason.trim() }, `Tolak ${what}`);
  };
  return (
    <div class="jawab">
      {!isBusy && <FindingSummary findings={sending.findings} message={sending.message} />}
      {reason !== null && (
        <TextField id={id} label="Mengapa ditolak" isRequired value={reason} findings={isLacking && reason.trim() === "" ? [{ place: id, message: "Tulis alasannya; pengirim membacanya.", isError: true, suggestion: null }] : []} onType={setReason} />
      )}
      <p class="tombol">
        {reason === null && (
          <button type="button" class="utama" disabled={isBusy} onClick={() => sending.send({ type: "accept", id: transfer.id }, `Terima ${what}`)}>
            Terima seluruhnya<span class="hanya-suara"> {what}</span>
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={refuse}>
          {reason === null ? "Tolak…" : "Tolak kiriman ini"}
          <span class="hanya-suara"> {what}</span>
        </button>
        {reason !== null && (
          <button type="button" disabled={isBusy} onClick={() => setReason(null)}>
            Batal
          </button>
        )}
      </p>
      <WaitingNotice sending={sending} />
    </div>
  );
}
