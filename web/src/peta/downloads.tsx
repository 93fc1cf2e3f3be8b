/** @jsxImportSource preact */
// Taking along what is shown: its figures as a table, the map as a picture.

import { useState } from "preact/hooks";
import type { Angka } from "./angka.ts";
import { Failure, fetchFile } from "../hub/fetch.ts";
import { ErrorNotice } from "../hub/notices.tsx";

interface Props {
  angka: Angka | null;
  /** makes the picture; null where there is no map */
  picture: (() => Promise<Blob>) | null;
}

const KINDS = { csv: "CSV", xlsx: "Excel (XLSX)" } as const;

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click
}

function tableAddress({ question: { item, periode, wilayah, level } }: Angka, kind: keyof typeof KINDS): string {
  return `/tabel.${kind}?${new URLSearchParams({ [item.indikator ? "indikator" : "elemen"]: item.kode, periode, wilayah, tingkat: level })}`;
}

export function Downloads({ angka, picture }: Props) {
  const [busy, setBusy] = useState("");
  const [failed, setFailed] = useState<Failure | null>(null);
  if (angka === null) return null;
  const { item, periode, wilayah, level } = angka.question;
  const name = `${item.nama} ${wilayah} ${level.toLowerCase()} ${periode}`.replace(/[^\p{L}\p{N}.]+/gu, "-");
  const download = async (what: string, make: () => Promise<Blob>, extension: string) => {
    setBusy(what);
    setFailed(null);
    try {
      save(await make(), `${name}.${extension}`);
    } catch (reason) {
      setFailed(reason instanceof Failure ? reason : new Failure("Berkasnya tidak jadi dibuat.", "Coba lagi; bila berulang, pakai peramban yang lebih baru."));
    }
    setBusy("");
  };
  return (
    <div class="unduhan" role="group" aria-label="Unduh yang ditampilkan">
      <span aria-hidden="true">Unduh</span>
      {(["xlsx", "csv"] as const).map((kind) => (
        <button key={kind} type="button" disabled={busy !== ""} onClick={() => void download(kind, () => fetchFile(tableAddress(angka, kind)), kind)}>
          {busy === kind ? "Menyiapkan…" : KINDS[kind]}
        </button>
      ))}
      {picture !== null && (
        <button type="button" disabled={busy !== ""} onClick={() => void download("png", picture, "png")}>
          {busy === "png" ? "Menyiapkan…" : "Gambar peta (PNG)"}
        </button>
      )}
      {failed !== null && <ErrorNotice error={failed} />}
    </div>
  );
}
