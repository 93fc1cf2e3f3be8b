/** @jsxImportSource preact */
// Signing in: a token that is typed once, or a one-time code.

import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { signIn, signInWithCode } from "./session.ts";
import type { Who } from "./session.ts";

const CODE = /^[\s-]*(?:[A-Z0-9][\s-]*){20}$/i; // as hub token undang writes them; a token is longer

/** `code`: came with the address, and is used at once. */
export function LoginForm({ onEnter, code = null }: { onEnter: (who: Who) => void; code?: string | null }) {
  const [given, setGiven] = useState("");
  const [onDevice, setOnDevice] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const enter = async (text: string) => {
    setBusy(true);
    setError(null);
    try {
      onEnter(await (CODE.test(text) ? signInWithCode(text, onDevice) : signIn(text, onDevice)));
    } catch (reason) {
      setError(reason instanceof Failure ? reason : new Failure("Belum dapat masuk.", "Muat ulang halaman ini, lalu coba lagi."));
      if (!(reason instanceof Failure)) console.error(reason);
      setBusy(false);
      field.current?.focus();
    }
  };
  useEffect(() => {
    if (code === null) return;
    setGiven(code);
    void enter(code);
  }, [code]);

  return (
    <form
      class="masuk"
      onSubmit={(e) => {
        e.preventDefault();
        if (given.trim() === "") {
          setError(new Failure("Token belum diisi.", "Salin dari pengelola hub, lalu tekan Masuk."));
          field.current?.focus();
        } else void enter(given.trim());
      }}
    >
      <label for="token">Token atau kode masuk</label>
      <input
        id="token"
        ref={field}
        type="password"
        value={given}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={error === null ? "token-petunjuk" : "token-galat token-petunjuk"}
        aria-invalid={error !== null}
        onInput={(e) => setGiven(e.currentTarget.value)}
      />
      {error !== null && (
        <p class="galat" role="alert" id="token-galat">
          <strong>{error.message}</strong> {error.remedy}
        </p>
      )}
      <p id="token-petunjuk" class="petunjuk">
        Diberikan pengelola hub kepada kantor Anda.
      </p>
      <label class="centang">
        <input type="checkbox" checked={onDevice} onChange={(e) => setOnDevice(e.currentTarget.checked)} />
        <span>
          Ingat di gawai ini <small>Jangan pada komputer yang dipakai bersama.</small>
        </span>
      </label>
      <button type="submit" class="utama" disabled={isBusy}>
        {isBusy ? "Memeriksa…" : "Masuk"}
      </button>
    </form>
  );
}

export function LoginPage({ onEnter, code }: { onEnter: (who: Who) => void; code: string | null }) {
  return (
    <div class="halaman-masuk">
      <section class="kartu" aria-labelledby="judul">
        <h1 id="judul" tabIndex={-1}>
          Masuk ke meja kerja
        </h1>
        <p>Untuk petugas Dinas Sosial: rekap yang ditunggu, tenggatnya, dan yang sudah disetujui.</p>
        <LoginForm onEnter={onEnter} code={code} />
      </section>
      <section class="kartu" aria-labelledby="terbuka">
        <h2 id="terbuka">Tanpa masuk</h2>
        <OpenLinks />
      </section>
    </div>
  );
}

/** What is open to everybody. */
export function OpenLinks() {
  return (
    <ul class="tautan">
      <li>
        <a href="/peta">Peta</a>
        <span>Angka yang sudah disetujui menurut wilayah, sumber daya sosial, jangkauan bantuan.</span>
      </li>
      <li>
        <a href="/">Beranda hub</a>
        <span>Apa saja yang ada di hub ini.</span>
      </li>
    </ul>
  );
}
