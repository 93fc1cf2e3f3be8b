/** @jsxImportSource preact */
// What the colours, patterns and signs on the map mean; with it what the figures are, how complete, and from where.

import { KOSONG } from "./angka.ts";
import type { Angka, Pembagian } from "./angka.ts";
import { MUTU_BATAS, SKALA_JEJARING, SUMBER_DAYA, TAHAP_WKSBM, WARNA, warnaKelas } from "./palet.ts";
import { polaUrl } from "./pola.ts";
import type { Tampilan } from "./tampilan.ts";
import { namaPeriode, STATUS, TINGKAT, tulisAngka, tulisRingkas } from "./tulisan.ts";

interface Sifat {
  tampilan: Tampilan;
  angka: Angka | null;
  pembagian: Pembagian | null;
}

const POLA_KOSONG = KOSONG.map((_, i) => `url(${polaUrl(`kosong-${i}`)})`);
const POLA_CELAH = `url(${polaUrl("celah")})`;

function Petak({ gaya }: { gaya: Record<string, string> }) {
  return <span class="petak" style={gaya} aria-hidden="true" />;
}

export function Legenda({ tampilan, angka, pembagian }: Sifat) {
  return (
    <>
      {angka !== null && (
        <section class="legenda-angka">
          <h2>{angka.tanya.butir.nama}</h2>
          <p class="satuan">
            {angka.tanya.butir.satuan} · per {TINGKAT[angka.tanya.tingkat].toLowerCase()} · {namaPeriode(angka.tanya.periode)}
          </p>
          {pembagian !== null && <Kelas pembagian={pembagian} />}
        </section>
      )}
      <Lapisan tampilan={tampilan} />
      {angka !== null && <Asal angka={angka} />}
    </>
  );
}

/** The colours in a line with the least and the most: the legend folded up. */
export function LegendaRingkas({ pembagian }: { pembagian: Pembagian }) {
  const { kelas } = pembagian;
  const [pertama, terakhir] = [kelas[0], kelas.at(-1)];
  if (pertama === undefined || terakhir === undefined) return null;
  return (
    <span class="ringkas">
      {tulisRingkas(pertama.dari)}
      <span class="jalur" aria-hidden="true">
        {warnaKelas(kelas.length).map((w) => (
          <span key={w} style={{ backgroundColor: w }} />
        ))}
      </span>
      {tulisRingkas(terakhir.sampai)}
    </span>
  );
}

function Kelas({ pembagian }: { pembagian: Pembagian }) {
  const { kelas, hitungan } = pembagian;
  const warna = warnaKelas(kelas.length);
  return (
    <ul>
      {kelas.map((k, i) => (
        <li key={k.batas}>
          <Petak gaya={{ backgroundColor: warna[i] ?? "" }} />
          <span>{k.dari === k.sampai ? tulisRingkas(k.dari) : `${tulisRingkas(k.dari)} – ${tulisRingkas(k.sampai)}`}</span>
          <small>{tulisAngka(k.banyak)}</small>
        </li>
      ))}
      {hitungan.has("NOL") && (
        <li>
          <Petak gaya={{ backgroundColor: WARNA.nol }} />
          <span>0 (nol)</span>
          <small>{tulisAngka(hitungan.get("NOL") ?? 0)}</small>
        </li>
      )}
      {KOSONG.map((status, i) => {
        const banyak = hitungan.get(status);
        return (
          banyak !== undefined && (
            <li key={status}>
              <Petak gaya={{ backgroundImage: POLA_KOSONG[i] ?? "", backgroundSize: "8px" }} />
              <span>{STATUS[status]}</span>
              <small>{tulisAngka(banyak)}</small>
            </li>
          )
        );
      })}
    </ul>
  );
}

function Lapisan({ tampilan }: { tampilan: Tampilan }) {
  const { titik, cakupan, jarakKm, wksbm, skala, tahap, mutu } = tampilan;
  return (
    <>
      {cakupan.length > 0 && (
        <section>
          <h3>Cakupan {tulisAngka(jarakKm)} km</h3>
          <ul>
            <li>
              <Petak gaya={{ backgroundColor: "#5b3fa022", border: `2px dashed ${WARNA.lingkaran}` }} />
              <span>Terjangkau</span>
            </li>
            <li>
              <Petak gaya={{ backgroundImage: POLA_CELAH, backgroundSize: "8px", borderColor: WARNA.celah }} />
              <span>Desa di luar jangkauan</span>
            </li>
            <li>
              <span class="lencana usulan" aria-hidden="true">1</span>
              <span>Letak usulan</span>
            </li>
          </ul>
        </section>
      )}
      {titik.length > 0 && (
        <section>
          <h3>Sumber daya</h3>
          <ul class="rapat">
            {titik.map((j) => (
              <li key={j}>
                <span class="lencana" style={{ backgroundColor: SUMBER_DAYA[j].warna }} aria-hidden="true">
                  {SUMBER_DAYA[j].huruf}
                </span>
                <span>{SUMBER_DAYA[j].nama}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mutu.length > 0 && (
        <section>
          <h3>Mutu batas</h3>
          <ul class="rapat">
            {mutu.map((m) => (
              <li key={m}>
                <span class="lencana bulatan" style={{ backgroundColor: MUTU_BATAS[m].warna }} aria-hidden="true" />
                <span>{MUTU_BATAS[m].nama}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {wksbm && (
        <section>
          <h3>WKSBM</h3>
          <ul class="rapat">
            {Object.entries(TAHAP_WKSBM)
              .filter(([k]) => tahap.length === 0 || tahap.some((t) => t === k))
              .map(([k, { nama, warna }]) => (
                <li key={k}>
                  <span class="lencana bulatan" style={{ backgroundColor: warna }} aria-hidden="true" />
                  <span>{nama}</span>
                </li>
              ))}
            {Object.entries(SKALA_JEJARING)
              .filter(([k]) => skala.length === 0 || skala.some((s) => s === k))
              .map(([k, { nama, putus }]) => (
                <li key={k}>
                  <svg class="garis" viewBox="0 0 26 6" aria-hidden="true">
                    <line x1="0" y1="3" x2="26" y2="3" stroke={WARNA.jejaring} stroke-width="2" stroke-dasharray={putus.map((n) => n * 2).join(" ")} />
                  </svg>
                  <span>{nama}</span>
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** "Kelengkapan: 27 dari 35 kabupaten/kota" and the source. */
export function Asal({ angka }: { angka: Angka }) {
  const { diharapkan, disetujui } = angka.kelengkapan;
  return (
    <p class="asal">
      <span>
        Kelengkapan: <strong>{tulisAngka(disetujui)} dari {tulisAngka(diharapkan)}</strong> kabupaten/kota rekapnya disetujui.
      </span>{" "}
      <span>Sumber: {angka.sumber}</span>
    </p>
  );
}
