/** @jsxImportSource preact */
// A network comes into another phase.

import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../hub/wording.ts";
import { Field, FindingSummary } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { Choice } from "./choice.tsx";
import { isPhase } from "./network_screen.tsx";
import type { Network } from "./network_view.tsx";
import { TextField } from "./resource_form.tsx";
import { WaitingNotice } from "./sending_notice.tsx";
import { useSending } from "./use_sending.ts";
import { PHASE_NAMES } from "./wording.ts";

export function PhaseForm({ network, onSent }: { network: Network; onSent: () => void }) {
  const today = dayOf(new Date());
  const [phase, setPhase] = useState("");
  const [since, setSince] = useState(today);
  const [reason, setReason] = useState("");
  const [ownFindings, setOwnFindings] = useState<readonly Finding[]>([]);
  const sending = useSending();
  const choices = Object.entries(PHASE_NAMES).filter(([code]) => code !== network.tahap);
  useEffect(() => {
    if (sending.state !== "sent") return;
    setPhase("");
    setReason("");
    sending.again();
    onSent();
  }, [sending.state]);
  const save = () => {
    const found: Finding[] = [];
    if (!isPhase(phase)) found.push({ place: "tahap", message: "Pilih tahapnya.", isError: true, suggestion: null });
    if (since === "") found.push({ place: "sejak", message: "Isi hari pertama tahap itu.", isError: true, suggestion: null });
    setOwnFindings(found);
    if (found.length === 0 && isPhase(phase)) sending.send({ type: "phase", id: network.id, phase, since, reason: reason.trim() }, `Pindah tahap ke ${PHASE_NAMES[phase].toLowerCase()}, ${network.nama}`);
  };
  const findings = ownFindings.length > 0 ? ownFindings : sending.findings;
  const isBusy = sending.state === "waiting";
  return (
    <section class="kartu" aria-labelledby="pindah-tahap">
      <h2 id="pindah-tahap">Pindah tahap</h2>
      <p>
        Kini dalam tahap {PHASE_NAMES[network.tahap].toLowerCase()}.{" "}
        {network.kegiatanKurang.length === 0 ? "Semua kegiatan tahap ini sudah dilaksanakan." : `${network.kegiatanKurang.length} kegiatan tahap ini belum dilaksanakan:`}
      </p>
      {network.kegiatanKurang.length > 0 && (
        <ul>
          {network.kegiatanKurang.map((one) => (
            <li key={one.kode}>
              {one.nama} <small>{one.kode}</small>
            </li>
          ))}
        </ul>
      )}
      <form
        class="formulir"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!isBusy) save();
        }}
      >
        {!isBusy && <FindingSummary findings={findings} message={ownFindings.length > 0 ? "" : sending.message} />}
        <fieldset disabled={isBusy} aria-labelledby="pindah-tahap">
          <Field id="tahap" label="Tahap baru" isRequired findings={findings}>
            {(given) => <Choice given={given} value={phase} choices={choices} empty="Pilih" onPick={setPhase} />}
          </Field>
          <Field id="sejak" label="Sejak" isRequired findings={findings}>
            {(given) => <input {...given} type="date" max={today} value={since} onInput={(e) => setSince(e.currentTarget.value)} />}
          </Field>
          <TextField id="alasan" label="Alasan" value={reason} hint="Misalnya bila kembali ke tahap sebelumnya." findings={findings} onType={setReason} />
        </fieldset>
        <p class="tombol">
          <button type="submit" disabled={isBusy}>
            {isBusy ? "Mengirim…" : "Pindah tahap"}
          </button>
        </p>
        <WaitingNotice sending={sending} />
      </form>
    </section>
  );
}
