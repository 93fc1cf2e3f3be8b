/** @jsxImportSource preact */
// The bar on top: the name, the search box, the token, a link to what is seen, the printer.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { bacaToken, simpanToken } from "./ambil.ts";

function IsianToken({ onToken }: { onToken: () => void }) {
  const [token, atur] = useState(bacaToken);
  return (
    <label class="token">
      <span>Token petugas</span>
      <input
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
    </label>
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
        Salin tautan
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
