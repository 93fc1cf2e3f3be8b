/** @jsxImportSource preact */
// Choosing what the colours show: region, level, element or indicator, period, classes.

import { useMemo, useState } from "preact/hooks";
import type { Angka, Pembagian } from "./angka.ts";
import { Galat, Memuat } from "./kabar.tsx";
import type { Hasil } from "./kait.ts";
import { periodeUntuk, semuaPeriode, tingkatUntuk } from "./katalog.ts";
import type { Butir, Katalog, Tersedia } from "./katalog.ts";
import { KotakPilih } from "./kotak_pilih.tsx";
import type { Butiran } from "./kotak_pilih.tsx";
import { KELAS_TERBANYAK } from "./palet.ts";
import type { Tampilan } from "./tampilan.ts";
import { namaLengkap, namaPeriode, TINGKAT } from "./tulisan.ts";

export interface SifatPanel {
  tampilan: Tampilan;
  ubah: (isi: Partial<Tampilan>) => void;
  katalog: Katalog;
  tersedia: Tersedia;
}

export function PilihWilayah({ tampilan, ubah, katalog }: SifatPanel) {
  return (
    <label class="baris-isian">
      <span>Wilayah</span>
      <select value={tampilan.wilayah} onChange={(e) => ubah({ wilayah: e.currentTarget.value })}>
        {katalog.provinsi.map((p) => (
          <optgroup key={p.kode} label={p.nama}>
            <option value={p.kode}>{p.nama} (seluruhnya)</option>
            {p.kabupaten.map((k) => (
              <option key={k.kode} value={k.kode}>
                {namaLengkap(k.nama, k.kode)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function PilihData({ tampilan, ubah, katalog, tersedia }: SifatPanel) {
  const butir = katalog.butir.find((b) => b.kode === tampilan.data);
  const [ketik, aturKetik] = useState<string | null>(null);
  const semua = useMemo(
    () =>
      katalog.butir.map((b): Butiran => {
        const ada = periodeUntuk(b, tersedia).length > 0;
        return { kunci: b.kode, label: b.nama, sub: `${b.kode} · ${b.satuan}${ada ? "" : " · belum ada angka"}`, kelompok: b.kelompok, pudar: !ada };
      }),
    [katalog, tersedia],
  );
  const kata = (ketik ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const cocok = semua.filter((b) => kata.every((k) => `${b.label} ${b.sub} ${b.kelompok}`.toLowerCase().includes(k)));
  return (
    <KotakPilih
      id="data"
      label="Elemen atau indikator"
      petunjuk="Ketik nama atau kode"
      teks={ketik ?? butir?.nama ?? ""}
      butiran={cocok}
      dipilih={tampilan.data}
      pesan="Tidak ada elemen atau indikator dengan kata itu."
      onTeks={aturKetik}
      onTutup={() => aturKetik(null)}
      onPilih={(kode) => {
        const baru = katalog.butir.find((b) => b.kode === kode);
        const ada = baru === undefined ? [] : periodeUntuk(baru, tersedia);
        ubah({ data: kode, periode: ada.length === 0 || ada.includes(tampilan.periode) ? tampilan.periode : (ada[0] ?? tampilan.periode) });
      }}
    />
  );
}

function PilihPeriode({ tampilan, ubah, tersedia, butir }: SifatPanel & { butir: Butir | undefined }) {
  const ada = periodeUntuk(butir, tersedia);
  const lain = semuaPeriode(tersedia).filter((p) => !ada.includes(p));
  const asing = ![...ada, ...lain].includes(tampilan.periode);
  return (
    <label class="baris-isian">
      <span>Periode</span>
      <select value={tampilan.periode} onChange={(e) => ubah({ periode: e.currentTarget.value })}>
        {asing && <option value={tampilan.periode}>{namaPeriode(tampilan.periode)}</option>}
        {ada.map((p) => (
          <option key={p} value={p}>
            {namaPeriode(p)}
          </option>
        ))}
        {lain.length > 0 && (
          <optgroup label="Belum ada angka untuk data ini">
            {lain.map((p) => (
              <option key={p} value={p}>
                {namaPeriode(p)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

export function PanelAngka(s: SifatPanel & { butir: Butir | undefined; angka: Hasil<Angka>; pembagian: Pembagian | null }) {
  const { tampilan, ubah, butir, angka, pembagian } = s;
  const kosong = pembagian !== null && pembagian.kelas.length === 0 && !pembagian.hitungan.has("NOL");
  const ditutup = pembagian !== null && pembagian.hitungan.has("DISUPRESI");
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <PilihWilayah {...s} />
      <PilihData {...s} />
      {(butir?.definisi ?? null) !== null && <p class="definisi">{butir?.definisi}</p>}
      <div class="dua">
        <label class="baris-isian">
          <span>Tingkat</span>
          <select value={tampilan.tingkat} onChange={(e) => ubah({ tingkat: tingkatUntuk(tampilan.wilayah).find((t) => t === e.currentTarget.value) ?? tampilan.tingkat })}>
            {tingkatUntuk(tampilan.wilayah).map((t) => (
              <option key={t} value={t}>
                {TINGKAT[t]}
              </option>
            ))}
          </select>
        </label>
        <PilihPeriode {...s} />
      </div>
      <div class="dua lebar-kiri">
        <fieldset class="segmen">
          <legend>Pembagian kelas</legend>
          {(["kuantil", "sama"] as const).map((cara) => (
            <label key={cara}>
              <input type="radio" name="cara" checked={tampilan.cara === cara} onChange={() => ubah({ cara })} />
              <span>{cara === "kuantil" ? "Kuantil" : "Selang sama"}</span>
            </label>
          ))}
        </fieldset>
        <label class="baris-isian">
          <span>Banyak kelas</span>
          <select value={String(tampilan.kelas)} onChange={(e) => ubah({ kelas: Number(e.currentTarget.value) })}>
            {Array.from({ length: KELAS_TERBANYAK - 2 }, (_, i) => (
              <option key={i} value={String(i + 3)}>
                {i + 3}
              </option>
            ))}
          </select>
        </label>
      </div>
      {angka.galat !== null && <Galat galat={angka.galat} ulang={angka.ulang} />}
      {angka.memuat && <Memuat apa="angka" />}
      {kosong && !angka.memuat && ditutup && (
        <p class="kosong">
          {butir?.nama} ditutup untuk umum, supaya orangnya tidak dikenali: angka yang sangat peka, yang terlalu rinci wilayahnya, atau yang sedikit sekali (1 sampai 4) tidak dibuka. Pilih tingkat yang lebih besar; petugas melihat wilayahnya sendiri dengan tokennya.
        </p>
      )}
      {kosong && !angka.memuat && !ditutup && (
        <p class="kosong">
          Tidak ada angka untuk {butir?.nama} menurut {tampilan.tingkat === "" ? "" : TINGKAT[tampilan.tingkat].toLowerCase()} pada {namaPeriode(tampilan.periode)}.
          {butir !== undefined && tampilan.tingkat === "DESA" && butir.tingkat !== "DESA" ? ` Data ini dilaporkan sampai ${TINGKAT[butir.tingkat].toLowerCase()}; pilih tingkat itu.` : " Pilih periode, tingkat atau data lain."}
        </p>
      )}
    </form>
  );
}
