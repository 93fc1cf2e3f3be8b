/** @jsxImportSource preact */
// Somebody else has changed a resource meanwhile: theirs beside one's own.

import { useEffect, useRef } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { useFetch } from "../hub/hooks.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { WideTable } from "./wide_table.tsx";
import { RESOURCE } from "./queries.ts";
import { draftOf } from "./resource_draft.ts";
import type { ResourceDraft } from "./resource_draft.ts";
import { FIELDS, isKind } from "./resource_fields.ts";

const LABELS: Record<string, string> = { nama: "Nama", pemilik: "Pemilik", desa: "Desa", alamat: "Alamat", sejak: "Ada sejak", sampai: "Ada sampai dengan", rahasia: "Tempat perlindungan", sumber: "Asal data", "lintang": "Lintang", "bujur": "Bujur" };

interface ConflictProps {
  id: string;
  draft: ResourceDraft;
  onTake: (theirs: ResourceDraft) => void;
  onKeep: (version: number) => void;
}

export function ConflictNotice({ id, draft, onTake, onKeep }: ConflictProps) {
  const answer = useFetch(id, (signal) => ask(RESOURCE, { id }, signal));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const resource = answer.content?.sumberDaya ?? null;
  const theirs = resource === null ? null : draftOf(resource);
  if (theirs !== null && theirs.version === draft.version) {
    return <p class="kabar">Isian Anda kini di atas yang terbaru. Tekan Simpan.</p>;
  }
  return (
    <div class="galat" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>Catatan ini sudah diubah orang lain sejak Anda membukanya.</strong> Yang berbeda ada di bawah; isian Anda tetap ada di formulir.
      </p>
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {theirs === null && answer.error === null && <Loading what="yang terbaru" />}
      {theirs !== null && (
        <>
          <WideTable label="Yang berbeda">
              <thead>
                <tr>
                  <th scope="col">Isian</th>
                  <th scope="col">Di hub</th>
                  <th scope="col">Isian Anda</th>
                </tr>
              </thead>
              <tbody>
                {differences(theirs, draft).map(([label, there, here]) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td>{there === "" ? "kosong" : there}</td>
                    <td>{here === "" ? "kosong" : here}</td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
          <p class="tombol">
            <button type="button" onClick={() => theirs.version !== null && onKeep(theirs.version)}>
              Pakai isian saya
            </button>
            <button type="button" onClick={() => onTake(theirs)}>
              Pakai yang di hub
            </button>
          </p>
        </>
      )}
    </div>
  );
}

/** Label, what the hub has, what stands in the form. */
function differences(theirs: ResourceDraft, ours: ResourceDraft): (readonly [string, string, string])[] {
  const kind = theirs.values["jenis"] ?? "";
  const labels = { ...LABELS, ...Object.fromEntries(isKind(kind) ? FIELDS[kind].map((field) => [field.name, field.label]) : []) };
  const found = Object.entries(labels).flatMap(([name, label]) => {
    const [there, here] = [theirs.values[name] ?? "", ours.values[name] ?? ""];
    return there === here ? [] : [[label, there, here] as const];
  });
  const [there, here] = [theirs.papers, ours.papers].map((papers) => JSON.stringify(papers));
  return there === here ? found : [...found, ["Berkas", `${theirs.papers.length} berkas`, `${ours.papers.length} berkas`] as const];
}
