/** @jsxImportSource preact */
// A table that can be sorted by any of its columns.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { tulisAngka } from "./tulisan.ts";

export interface Kolom<T> {
  kunci: string;
  judul: string;
  angka?: boolean;
  /** What rows are sorted by; null comes last either way. */
  urut: (baris: T) => string | number | null;
  isi: (baris: T) => ComponentChildren;
}

interface Sifat<T> {
  judul: ComponentChildren;
  kolom: readonly Kolom<T>[];
  baris: readonly T[];
  kunci: (baris: T) => string;
  awal: { kolom: string; turun: boolean };
  disorot?: string;
}

const SEKALIGUS = 100; // rows shown before anybody asks for more: phones are slow with thousands

export function Tabel<T>({ judul, kolom, baris, kunci, awal, disorot }: Sifat<T>) {
  const [urut, aturUrut] = useState(awal);
  const [semua, aturSemua] = useState(false);
  const menurut = kolom.find((k) => k.kunci === urut.kolom) ?? kolom[0];
  const tersusun = menurut === undefined ? [...baris] : susun(baris, menurut, urut.turun);
  const tampak = semua ? tersusun : tersusun.slice(0, SEKALIGUS);
  return (
    <div class="tabel">
      <table>
        <caption>{judul}</caption>
        <thead>
          <tr>
            {kolom.map((k) => {
              const ini = k.kunci === urut.kolom;
              return (
                <th key={k.kunci} scope="col" class={k.angka === true ? "angka" : ""} aria-sort={ini ? (urut.turun ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => aturUrut({ kolom: k.kunci, turun: ini ? !urut.turun : k.angka === true })}>
                    {k.judul}
                    <span aria-hidden="true">{ini ? (urut.turun ? "\u00a0▼" : "\u00a0▲") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {tampak.map((b) => (
            <tr key={kunci(b)} class={kunci(b) === disorot ? "disorot" : ""}>
              {kolom.map((k, i) =>
                i === 0 ? (
                  <th key={k.kunci} scope="row">
                    {k.isi(b)}
                  </th>
                ) : (
                  <td key={k.kunci} class={k.angka === true ? "angka" : ""}>
                    {k.isi(b)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {tampak.length < tersusun.length && (
        <button type="button" class="lagi" onClick={() => aturSemua(true)}>
          Tampilkan semua {tulisAngka(tersusun.length)} baris
        </button>
      )}
    </div>
  );
}

function susun<T>(baris: readonly T[], { urut }: Kolom<T>, turun: boolean): T[] {
  const arah = turun ? -1 : 1;
  return baris.toSorted((x, y) => {
    const [a, b] = [urut(x), urut(y)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return arah * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "id"));
  });
}
