/** @jsxImportSource preact */
// The bar on top: the name, the search box, the token, a link to what is seen, the printer.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { readToken, saveToken } from "../hub/token.ts";

function TokenField({ onToken }: { onToken: () => void }) {
  const [token, setToken] = useState(readToken);
  const [isOpen, setOpen] = useState(false); // on phones; wide screens always show it
  return (
    <>
      <button type="button" class="buka-token" aria-expanded={isOpen} aria-controls="isian-token" onClick={() => setOpen(!isOpen)}>
        Token
      </button>
      <form id="isian-token" class={`token ${isOpen ? "terbuka" : ""}`} onSubmit={(e) => e.preventDefault()}>
      <label for="token">Token petugas</label>
      <input
        id="token"
        type="password"
        value={token}
        placeholder="kosong: sebagai umum"
        autocomplete="off"
        spellcheck={false}
        onInput={(e) => setToken(e.currentTarget.value)}
        onChange={(e) => {
          const given = e.currentTarget.value.trim();
          if (given === readToken()) return;
          saveToken(given);
          setToken(given);
          onToken();
        }}
      />
      </form>
    </>
  );
}

function CopyLink() {
  const [notice, setNotice] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setNotice("Tautan disalin");
    } catch {
      setNotice("Salin alamat di bilah peramban"); // browsers let pages copy over https only
    }
    setTimeout(() => setNotice(""), 4000);
  };
  return (
    <>
      <button type="button" onClick={() => void copy()} title="Menyalin alamat yang membuka tampilan ini lagi">
        <span class="lebar">Salin </span>tautan
      </button>
      <span role="status" class="kabar-salin">
        {notice}
      </span>
    </>
  );
}

export function Header({ children, onToken }: { children: ComponentChildren; onToken: () => void }) {
  return (
    <header class="kepala">
      <a href="/" class="nama">
        Hub Dinsos <span>Peta</span>
      </a>
      {children}
      <div class="alat">
        <TokenField onToken={onToken} />
        <CopyLink />
        <button type="button" onClick={() => print()}>
          Cetak
        </button>
      </div>
    </header>
  );
}
