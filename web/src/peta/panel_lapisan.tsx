/** @jsxImportSource preact */
// Switching the layers of social resources and of WKSBM, with how many there are.

import { ask } from "./fetch.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import { JENIS_SUMBER_DAYA, keysOf, SKALA_JEJARING, SUMBER_DAYA, TAHAP_WKSBM } from "./palet.ts";
import { PilihWilayah } from "./panel_angka.tsx";
import type { SifatPanel } from "./panel_angka.tsx";
import { JEJARING, SUMBER_DAYA_COUNTS } from "./queries.ts";
import type { JejaringQuery } from "./queries.ts";
import { tulisAngka } from "./tulisan.ts";

/** The list with that one switched. Keeps the order of `semua`. */
export function saklar<T>(semua: readonly T[], ada: readonly T[], yang: T): T[] {
  return semua.filter((s) => ada.includes(s) !== (s === yang));
}

interface SifatCentang<T extends string> {
  judul: string;
  semua: readonly T[];
  ada: readonly T[];
  ubah: (ada: T[]) => void;
  rupa: Record<T, { nama: string; warna: string; huruf?: string }>;
  banyak: (yang: T) => number | undefined; // undefined: not known yet
}

/** What can be drawn by kind, each with its sign and how many there are, and all of them at once. */
export function DaftarCentang<T extends string>({ judul, semua, ada, ubah, rupa, banyak }: SifatCentang<T>) {
  const lengkap = ada.length === semua.length;
  return (
    <>
      <fieldset class="daftar-centang">
        <legend>{judul}</legend>
        {semua.map((s) => {
          const { nama, warna, huruf } = rupa[s];
          const n = banyak(s);
          return (
            <label key={s}>
              <input type="checkbox" checked={ada.includes(s)} onChange={() => ubah(saklar(semua, ada, s))} />
              <span class={huruf === undefined ? "lencana bulatan" : "lencana"} style={{ backgroundColor: warna }} aria-hidden="true">
                {huruf}
              </span>
              <span>{nama}</span>
              <small>{n === undefined ? "" : tulisAngka(n)}</small>
            </label>
          );
        })}
      </fieldset>
      <button type="button" class="lagi" onClick={() => ubah(lengkap ? [] : [...semua])}>
        {lengkap ? "Sembunyikan semua" : "Tampilkan semua"}
      </button>
    </>
  );
}

export function PanelSumberDaya(s: SifatPanel & { versi: number }) {
  const { tampilan, ubah, versi } = s;
  const { isi, galat, ulang } = useAmbil(`${tampilan.wilayah} ${versi}`, (sinyal) => ask(SUMBER_DAYA_COUNTS, { wilayah: tampilan.wilayah }, sinyal));
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <DaftarCentang judul="Jenis yang digambar" semua={JENIS_SUMBER_DAYA} ada={tampilan.titik} ubah={(titik) => ubah({ titik })} rupa={SUMBER_DAYA} banyak={(j) => isi?.[j].totalCount} />
      {galat !== null && <Galat galat={galat} ulang={ulang} />}
      <p class="catatan">Yang berdekatan dikumpulkan menjadi satu bulatan berangka; klik untuk mendekat. Yang letaknya belum dicatat digambar pudar di tengah desanya. Tempat yang dirahasiakan tidak digambar.</p>
    </form>
  );
}

type Simpul = JejaringQuery["jejaring"]["terpencil"][number];

// none ticked means all; unticking the last one would say the same, so it is read as all again
function ganti<T>(semua: readonly T[], ada: readonly T[], yang: T): T[] {
  const baru = saklar(semua, ada.length === 0 ? semua : ada, yang);
  return baru.length === semua.length ? [] : baru;
}

export function PanelWksbm(s: SifatPanel & { versi: number; onBenda: (id: string) => void }) {
  const { tampilan, ubah, versi, onBenda } = s;
  const { isi, memuat, galat, ulang } = useAmbil(`${tampilan.wilayah} ${versi}`, (sinyal) => ask(JEJARING, { wilayah: tampilan.wilayah }, sinyal));
  const skala = keysOf(SKALA_JEJARING);
  const tahap = keysOf(TAHAP_WKSBM);
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <label class="saklar">
        <input type="checkbox" checked={tampilan.wksbm} onChange={() => ubah({ wksbm: !tampilan.wksbm })} />
        <span>Gambar WKSBM dan hubungannya</span>
      </label>
      <fieldset class="daftar-centang" disabled={!tampilan.wksbm}>
        <legend>Tahap</legend>
        {tahap.map((t) => (
          <label key={t}>
            <input type="checkbox" checked={tampilan.tahap.length === 0 || tampilan.tahap.includes(t)} onChange={() => ubah({ tahap: ganti(tahap, tampilan.tahap, t) })} />
            <span class="lencana bulatan" style={{ backgroundColor: TAHAP_WKSBM[t].warna }} aria-hidden="true" />
            <span>{TAHAP_WKSBM[t].nama}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="daftar-centang" disabled={!tampilan.wksbm}>
        <legend>Skala hubungan</legend>
        {skala.map((k) => (
          <label key={k}>
            <input type="checkbox" checked={tampilan.skala.length === 0 || tampilan.skala.includes(k)} onChange={() => ubah({ skala: ganti(skala, tampilan.skala, k) })} />
            <span>{SKALA_JEJARING[k].nama}</span>
          </label>
        ))}
      </fieldset>
      {galat !== null && <Galat galat={galat} ulang={ulang} />}
      {isi === null && memuat && <Memuat apa="ringkasan jejaring" />}
      {isi !== null && (
        <>
          <dl class="angka-besar">
            <div>
              <dt>WKSBM</dt>
              <dd>{tulisAngka(isi.jejaring.simpul)}</dd>
            </div>
            <div>
              <dt>Hubungan</dt>
              <dd>{tulisAngka(isi.jejaring.hubungan)}</dd>
            </div>
            <div>
              <dt>Kelompok terpisah</dt>
              <dd>{tulisAngka(isi.jejaring.komponen)}</dd>
            </div>
          </dl>
          <DaftarSimpul judul="Belum terhubung dengan WKSBM lain" isi={isi.jejaring.terpencil} onBenda={onBenda} />
          <DaftarSimpul judul="Titik rapuh: bila hilang, kelompoknya terpecah" isi={isi.jejaring.titikRapuh.map((t) => t.wksbm)} onBenda={onBenda} />
        </>
      )}
    </form>
  );
}

const SEKALIGUS = 20;

function DaftarSimpul({ judul, isi, onBenda }: { judul: string; isi: readonly Simpul[]; onBenda: (id: string) => void }) {
  if (isi.length === 0) return null;
  return (
    <section>
      <h3>{judul}</h3>
      <ul class="daftar-tautan">
        {isi.slice(0, SEKALIGUS).map((w) => (
          <li key={w.id}>
            <button type="button" class="tautan" onClick={() => onBenda(w.id)}>
              {w.nama}
            </button>
          </li>
        ))}
        {isi.length > SEKALIGUS && <li>dan {tulisAngka(isi.length - SEKALIGUS)} lagi</li>}
      </ul>
    </section>
  );
}
