/** @jsxImportSource preact */
// The bar on top: the name, the search box, the token, a link to what is seen, the printer.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { bacaToken, simpanToken } from "./fetch.ts";

function IsianToken({ onToken }: { onToken: () => void }) {
  const [token, atur] = useState(bacaToken);
  const [terbuka, buka] = useState(false); // on phones; wide screens always show it
  return (
    <>
      <button type="button" class="buka-token" aria-expanded={terbuka} aria-controls="isian-token" onClick={() => buka(!terbuka)}>
        Token
      </button>
      <form id="isian-token" class={`token ${terbuka ? "terbuka" : ""}`} onSubmit={(e) => e.preventDefault()}>
      <label for="token">Token petugas</label>
      <input
        id="token"
        type="password"
        value={token}
        placeholder="kosong: sebagai umum"
        autocomplete="off"
        spellcheck={false}
        onInput={(e) => atur(e.currentTarget.value)}
        onChange={(e) => {
          const baru = e.currentTarget.value.trim();
          if (baru === bacaToken()) return;
          simpanToken(baru);
          atur(baru);
          onToken();
        }}
      />
      </form>
    </>
  );
}

function SalinTautan() {
  const [kabar, atur] = useState("");
  const salin = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      atur("Tautan disalin");
    } catch {
      atur("Salin alamat di bilah peramban"); // browsers let pages copy over https only
    }
    setTimeout(() => atur(""), 4000);
  };
  return (
    <>
      <button type="button" onClick={() => void salin()} title="Menyalin alamat yang membuka tampilan ini lagi">
        <span class="lebar">Salin </span>tautan
      </button>
      <span role="status" class="kabar-salin">
        {kabar}
      </span>
    </>
  );
}

export function Kepala({ children, onToken }: { children: ComponentChildren; onToken: () => void }) {
  return (
    <header class="kepala">
      <a href="/" class="nama">
        Hub Dinsos <span>Peta</span>
      </a>
      {children}
      <div class="alat">
        <IsianToken onToken={onToken} />
        <SalinTautan />
        <button type="button" onClick={() => print()}>
          Cetak
        </button>
      </div>
    </header>
  );
}
