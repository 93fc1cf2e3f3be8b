/** @jsxImportSource preact */
// Where something stands: typed, pasted from a map, or as the device knows it.

import { useState } from "preact/hooks";
import { Field } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { readPair } from "./typed.ts";

interface PointProps {
  lat: string;
  lon: string;
  findings: readonly Finding[];
  onPick: (lat: string, lon: string) => void;
}

const REFUSED = 1; // GeolocationPositionError.PERMISSION_DENIED
const LONGEST_MS = 20_000;

const degrees = (value: number): string => value.toFixed(6).replace(".", ",");

export function PointFields({ lat, lon, findings, onPick }: PointProps) {
  const [news, setNews] = useState("");
  const isPossible = "geolocation" in navigator && window.isSecureContext;
  const locate = () => {
    setNews("Mencari letak gawai ini…");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        onPick(degrees(coords.latitude), degrees(coords.longitude));
        setNews(`Letak gawai ini dipakai, teliti sampai kira-kira ${Math.round(coords.accuracy)} meter.`);
      },
      (error) => setNews(error.code === REFUSED ? "Peramban tidak mengizinkan letak gawai dibaca. Izinkan di setelan situs ini, atau ketik koordinatnya." : "Letak gawai belum terbaca. Coba lagi di tempat terbuka, atau ketik koordinatnya."),
      { enableHighAccuracy: true, timeout: LONGEST_MS },
    );
  };
  const type = (text: string) => {
    const pair = readPair(text);
    if (pair === null) onPick(text, lon);
    else onPick(pair[0], pair[1]);
  };
  return (
    <>
      <Field id="lintang" label="Lintang" findings={findings} hint="Misalnya -10,7312. Salinan dari peta seperti -10.7312, 123.0512 boleh ditempel di sini.">
        {(given) => <input {...given} type="text" inputMode="text" autocomplete="off" value={lat} onInput={(e) => type(e.currentTarget.value)} />}
      </Field>
      <Field id="bujur" label="Bujur" findings={findings} hint="Misalnya 123,0512.">
        {(given) => <input {...given} type="text" inputMode="text" autocomplete="off" value={lon} onInput={(e) => onPick(lat, e.currentTarget.value)} />}
      </Field>
      {isPossible && (
        <div class="bidang">
          <button type="button" onClick={locate}>
            Pakai letak gawai ini
          </button>
          <p class="petunjuk" role="status">
            {news}
          </p>
        </div>
      )}
    </>
  );
}
