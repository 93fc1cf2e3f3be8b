/** @jsxImportSource preact */
// A box to type in and a list to choose from: the ARIA combobox with a listbox, by keyboard, mouse and touch.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export interface Butiran {
  kunci: string;
  label: string;
  sub?: string;
  kelompok?: string;
  pudar?: boolean; // nothing to see there
}

interface Sifat {
  id: string;
  label: string;
  petunjuk: string;
  teks: string;
  butiran: readonly Butiran[];
  dipilih?: string;
  pesan?: string | undefined; // said in place of an empty list
  onTeks: (teks: string) => void;
  onPilih: (kunci: string) => void;
  onTutup?: () => void;
  ikon?: ComponentChildren;
}

export function KotakPilih({ id, label, petunjuk, teks, butiran, dipilih, pesan, onTeks, onPilih, onTutup, ikon }: Sifat) {
  const [terbuka, buka] = useState(false);
  const [aktif, aturAktif] = useState(-1);
  const daftar = useRef<HTMLUListElement>(null);
  const nomorAktif = Math.min(aktif, butiran.length - 1);

  useEffect(() => {
    daftar.current?.querySelector('[data-aktif="ya"]')?.scrollIntoView({ block: "nearest" });
  }, [nomorAktif, terbuka]);

  const tutup = () => {
    buka(false);
    aturAktif(-1);
    onTutup?.();
  };
  const pilih = (nomor: number) => {
    const butir = butiran[nomor];
    if (butir === undefined) return;
    onPilih(butir.kunci);
    tutup();
  };
  const mulai = () => {
    buka(true);
    aturAktif(butiran.findIndex((b) => b.kunci === dipilih));
  };
  const tekan = (e: KeyboardEvent) => {
    const langkah = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (langkah !== undefined) {
      e.preventDefault();
      if (!terbuka) mulai();
      else aturAktif((n) => Math.max(0, Math.min(butiran.length - 1, n + langkah)));
    } else if (e.key === "Enter" && terbuka) {
      e.preventDefault();
      pilih(nomorAktif < 0 ? 0 : nomorAktif);
    } else if (e.key === "Escape" && terbuka) {
      e.preventDefault();
      tutup();
    } else if (e.key === "Tab") tutup();
  };

  let kelompok: string | undefined;
  const tampak = terbuka && (butiran.length > 0 || pesan !== undefined);
  return (
    <div class="kotak-pilih">
      <label for={id}>{label}</label>
      <div class="isian">
        {ikon}
        <input
          id={id}
          role="combobox"
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder={petunjuk}
          value={teks}
          aria-expanded={tampak}
          aria-controls={`${id}-daftar`}
          aria-autocomplete="list"
          aria-activedescendant={terbuka && nomorAktif >= 0 ? `${id}-${nomorAktif}` : undefined}
          onFocus={(e) => e.currentTarget.select()}
          onClick={() => !terbuka && mulai()}
          onInput={(e) => {
            onTeks(e.currentTarget.value);
            buka(true);
            aturAktif(0);
          }}
          onKeyDown={tekan}
          onBlur={tutup}
        />
      </div>
      <ul id={`${id}-daftar`} role="listbox" aria-label={label} ref={daftar} hidden={!tampak} onMouseDown={(e) => e.preventDefault()}>
        {tampak && butiran.length === 0 && (
          <li class="pesan" role="option" aria-disabled="true" aria-selected="false">
            {pesan}
          </li>
        )}
        {tampak &&
          butiran.map((b, i) => {
            const judul = b.kelompok !== undefined && b.kelompok !== kelompok ? b.kelompok : undefined;
            kelompok = b.kelompok;
            return (
              <>
                {judul !== undefined && (
                  <li class="kelompok" role="presentation">
                    {judul}
                  </li>
                )}
                {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the text box's, which keeps the focus */}
                <li
                  id={`${id}-${i}`}
                  role="option"
                  aria-selected={b.kunci === dipilih}
                  data-aktif={i === nomorAktif ? "ya" : "tidak"}
                  class={b.pudar === true ? "pudar" : ""}
                  onClick={() => pilih(i)}
                >
                  <span>{b.label}</span>
                  {b.sub !== undefined && <small>{b.sub}</small>}
                </li>
              </>
            );
          })}
      </ul>
    </div>
  );
}
