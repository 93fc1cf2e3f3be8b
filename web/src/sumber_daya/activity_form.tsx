/** @jsxImportSource preact */
// An activity that a network has carried out.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { dayOf } from "../hub/wording.ts";
import { Field, FindingSummary } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { useStored } from "../meja/use_stored.ts";
import { Choice } from "./choice.tsx";
import type { Network } from "./network_view.tsx";
import { ACTIVITY_KINDS } from "./queries.ts";
import { TextField } from "./resource_form.tsx";
import { WaitingNotice } from "./sending_notice.tsx";
import { useSending } from "./use_sending.ts";

export function ActivityForm({ network, onSent }: { network: Network; onSent: () => void }) {
  const today = dayOf(new Date());
  const [day, setDay] = useState(today);
  const [kind, setKind] = useState("");
  const [text, setText] = useState("");
  const [ownFindings, setOwnFindings] = useState<readonly Finding[]>([]);
  const [recorded, setRecorded] = useState("");
  const sending = useSending();
  const answer = useStored("kegiatan wksbm", (signal) => ask(ACTIVITY_KINDS, {}, signal));
  const lacking = new Set(network.kegiatanKurang.map(({ kode }) => kode));
  const kinds = (answer.content?.daftarKode?.butir ?? []).map((one) => [one.kode, `${one.kode} ${one.nama}${lacking.has(one.kode) ? " (belum)" : ""}`] as const);
  const nameOf = (code: string): string => kinds.find(([one]) => one === code)?.[1].replace(/ \(belum\)$/, "") ?? code;
  useEffect(() => {
    if (sending.state !== "sent") return;
    setRecorded(nameOf(kind));
    setKind("");
    setText("");
    sending.again();
    onSent();
  }, [sending.state]);
  const save = () => {
    const found: Finding[] = [];
    if (day === "" || day > today) found.push({ place: "tanggal", message: "Pilih tanggalnya; paling lambat hari ini.", isError: true, suggestion: null });
    if (kind === "") found.push({ place: "kegiatan", message: "Pilih kegiatannya.", isError: true, suggestion: null });
    setOwnFindings(found);
    setRecorded("");
    if (found.length === 0) sending.send({ type: "activity", id: network.id, activity: { tanggal: day, kegiatan: kind, uraian: text.trim() === "" ? null : text.trim() } }, `Kegiatan ${nameOf(kind)}, ${network.nama}`);
  };
  const findings = ownFindings.length > 0 ? ownFindings : sending.findings;
  const isBusy = sending.state === "waiting";
  return (
    <section class="kartu" aria-labelledby="catat-kegiatan">
      <h2 id="catat-kegiatan">Catat kegiatan</h2>
      <form
        class="formulir"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!isBusy) save();
        }}
      >
        {!isBusy && <FindingSummary findings={findings} message={ownFindings.length > 0 ? "" : sending.message} />}
        <fieldset disabled={isBusy} aria-labelledby="catat-kegiatan">
          <Field id="tanggal" label="Tanggal" isRequired findings={findings}>
            {(given) => <input {...given} type="date" max={today} value={day} onInput={(e) => setDay(e.currentTarget.value)} />}
          </Field>
          <Field id="kegiatan" label="Kegiatan" isRequired findings={findings} hint="“belum”: masih kurang bagi tahapnya sekarang.">
            {(given) => <Choice given={given} value={kind} choices={kinds} empty="Pilih" onPick={setKind} />}
          </Field>
          <TextField id="uraian" label="Uraian" value={text} hint="Apa yang dilaksanakan, tanpa nama orang." findings={findings} onType={setText} />
        </fieldset>
        <p class="tombol">
          <button type="submit" class="utama" disabled={isBusy}>
            {isBusy ? "Mengirim…" : "Catat kegiatan"}
          </button>
        </p>
        <WaitingNotice sending={sending} />
        <p role="status" class="baru">
          {recorded !== "" && `✓ Tercatat: ${recorded}`}
        </p>
      </form>
    </section>
  );
}
