/** @jsxImportSource preact */
// Reach: which kinds of help, how far, what is out of reach, where one more would help.

import { useEffect, useState } from "preact/hooks";
import type { BarisCakupan, Cakupan, Usulan } from "./cakupan.ts";
import { Galat, Memuat } from "./kabar.tsx";
import { useTenang } from "./kait.ts";
import type { Hasil } from "./kait.ts";
import { namaDaerah } from "./katalog.ts";
import { JENIS_SUMBER_DAYA, SUMBER_DAYA } from "./palet.ts";
import { PilihWilayah } from "./panel_angka.tsx";
import type { SifatPanel } from "./panel_angka.tsx";
import { saklar } from "./panel_lapisan.tsx";
import { Tabel } from "./tabel.tsx";
import type { Kolom } from "./tabel.tsx";
import { JARAK } from "./tampilan.ts";
import { tulisAngka, tulisKm } from "./tulisan.ts";

interface Sifat extends SifatPanel {
  cakupan: Hasil<Cakupan>;
  usulan: Hasil<Usulan[]>;
  onLihat: (kode: string) => void;
}

const TUNGGU_GESER_MS = 300; // a slider on the way asks nothing yet

function GeserJarak({ jarakKm, ubah }: { jarakKm: number; ubah: (km: number) => void }) {
  const [km, atur] = useState(jarakKm);
  const tenang = useTenang(km, TUNGGU_GESER_MS);
  useEffect(() => {
    if (tenang !== jarakKm) ubah(tenang);
  }, [tenang]);
  useEffect(() => atur(jarakKm), [jarakKm]);
  return (
    <label class="geser">
      <span>
        Jarak terjauh <output>{tulisKm(km)}</output>
      </span>
      <input type="range" min={JARAK.terkecil} max={JARAK.terbesar} step={1} value={km} aria-valuetext={tulisKm(km)} onInput={(e) => atur(Number(e.currentTarget.value))} />
    </label>
  );
}

export function PanelCakupan(s: Sifat) {
  const { tampilan, ubah, katalog, cakupan, usulan, onLihat } = s;
  const { isi, memuat, galat, ulang } = cakupan;
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <fieldset class="daftar-centang rapat">
        <legend>Terjangkau oleh salah satu dari</legend>
        {JENIS_SUMBER_DAYA.map((j) => (
          <label key={j}>
            <input type="checkbox" checked={tampilan.cakupan.includes(j)} onChange={() => ubah({ cakupan: saklar(JENIS_SUMBER_DAYA, tampilan.cakupan, j) })} />
            <span>{SUMBER_DAYA[j].nama}</span>
          </label>
        ))}
      </fieldset>
      <GeserJarak jarakKm={tampilan.jarakKm} ubah={(jarakKm) => ubah({ jarakKm })} />
      {tampilan.cakupan.length === 0 && <p class="kosong">Centang sedikitnya satu jenis untuk melihat desa mana yang terjangkau dan mana yang tidak.</p>}
      {galat !== null && <Galat galat={galat} ulang={ulang} />}
      {memuat && isi === null && <Memuat apa="cakupan" />}
      {isi !== null && (
        <div aria-busy={memuat}>
          <dl class="angka-besar">
            <div>
              <dt>Desa terjangkau</dt>
              <dd>
                {tulisAngka(isi.desaTercakup)} <small>dari {tulisAngka(isi.jumlahDesa)}</small>
              </dd>
            </div>
            <div>
              <dt>Bagian</dt>
              <dd>{isi.persenDesa === null ? "–" : `${tulisAngka(isi.persenDesa)}%`}</dd>
            </div>
            <div>
              <dt>Di luar jangkauan</dt>
              <dd>{tulisAngka(isi.jumlahDesa - isi.desaTanpaTitik - isi.desaTercakup)}</dd>
            </div>
          </dl>
          {isi.desaTanpaTitik > 0 && (
            <p class="catatan">Batas {tulisAngka(isi.desaTanpaTitik)} desa belum dimuat; jaraknya tidak diketahui, jadi tidak ikut dihitung.</p>
          )}
          <DaftarUsulan usulan={usulan} onLihat={onLihat} />
          <Celah isi={isi} judul={`Desa di luar jangkauan ${tulisKm(tampilan.jarakKm)}, ${namaDaerah(tampilan.wilayah, katalog)}`} dipilih={tampilan.dipilih} onLihat={onLihat} />
        </div>
      )}
    </form>
  );
}

function DaftarUsulan({ usulan, onLihat }: Pick<Sifat, "usulan" | "onLihat">) {
  if (usulan.galat !== null) return <Galat galat={usulan.galat} ulang={usulan.ulang} />;
  if (usulan.isi === null) return usulan.memuat ? <Memuat apa="usulan letak" /> : null;
  if (usulan.isi.length === 0) return null;
  return (
    <section>
      <h3>Letak usulan</h3>
      <ol class="usulan">
        {usulan.isi.map((u) => (
          <li key={u.kode}>
            <button type="button" class="tautan" onClick={() => onLihat(u.kode)}>
              {u.nama}
            </button>{" "}
            menjangkau {tulisAngka(u.tambahanDesa)} desa lagi
          </li>
        ))}
      </ol>
    </section>
  );
}

function Celah({ isi, judul, dipilih, onLihat }: { isi: Cakupan; judul: string; dipilih: string; onLihat: (kode: string) => void }) {
  if (isi.baris.length === 0) {
    return <p class="kosong">{isi.jumlahDesa === isi.desaTanpaTitik ? "Belum ada batas desa di wilayah ini." : "Semua desa terjangkau pada jarak ini."}</p>;
  }
  const kolom: Kolom<BarisCakupan>[] = [
    {
      kunci: "desa", judul: "Desa", urut: (b) => b.desa.nama,
      isi: (b) => (
        <button type="button" class="tautan" onClick={() => onLihat(b.desa.kode)}>
          {b.desa.nama}
        </button>
      ),
    },
    { kunci: "kecamatan", judul: "Kecamatan", urut: (b) => b.desa.kecamatan.nama, isi: (b) => b.desa.kecamatan.nama },
    {
      kunci: "jarak", judul: "Ke yang terdekat", angka: true, urut: (b) => b.jarakKm,
      isi: (b) => (
        <>
          {b.jarakKm === null ? "–" : tulisKm(b.jarakKm)}
          <small class="kode">{b.terdekat?.nama ?? "tidak ada"}</small>
        </>
      ),
    },
    { kunci: "luas", judul: "% luas", angka: true, urut: (b) => b.persenLuas, isi: (b) => tulisAngka(b.persenLuas) },
  ];
  return <Tabel judul={judul} kolom={kolom} baris={isi.baris} kunci={(b) => b.desa.kode} awal={{ kolom: "jarak", turun: true }} disorot={dipilih} />;
}
