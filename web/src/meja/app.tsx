/** @jsxImportSource preact */
// The desk: who is there, which screen, and what is said above it.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ConnectionNotice, ErrorNotice, Loading } from "../hub/notices.tsx";
import { daysBetween, dayOf, writeDate } from "../hub/wording.ts";
import { Bar } from "./header.tsx";
import { LoginForm, LoginPage } from "./login.tsx";
import { keepSending } from "./queue.ts";
import { useRoute } from "./router.ts";
import { screenFor } from "./screens.ts";
import { personOf, takeCode } from "./session.ts";
import type { Who } from "./session.ts";
import { UpdateNotice } from "./update_notice.tsx";
import { DeskContext, useSession } from "./use_session.ts";
import type { AtDesk } from "./use_session.ts";

const SOON_DAYS = 14;

export function App() {
  const { session, enter, leave, refuse, check } = useSession();
  const [code, setCode] = useState(takeCode);
  useEffect(() => {
    const read = () => {
      const given = takeCode();
      if (given !== null) setCode(given); // a link that was opened where the desk already was
    };
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const entered = (who: Who) => {
    setCode(null);
    enter(who);
  };
  const main = useRef<HTMLElement>(null);
  const isIn = session.state === "in" && code === null; // a code that came with the address is meant, whoever was here before
  return (
    <>
      <a
        class="lompat"
        href="#isi"
        onClick={(e) => {
          e.preventDefault(); // what stands after # is the screen
          main.current?.focus();
        }}
      >
        Langsung ke isi
      </a>
      <Bar who={isIn ? session.who : null} onLeave={leave} />
      <main id="isi" ref={main} tabIndex={-1}>
        <UpdateNotice />
        {isIn && <Inside key={personOf(session.who)} who={session.who} isRefused={session.isRefused} refuse={refuse} onEnter={entered} />}
        {!isIn && session.state === "checking" && code === null && (session.error === null ? <Loading what="meja kerja" /> : <ErrorNotice error={session.error} retry={check} />)}
        {!isIn && (session.state !== "checking" || code !== null) && <Outside onEnter={entered} code={code} />}
      </main>
      <ConnectionNotice />
    </>
  );
}

function Outside({ onEnter, code }: { onEnter: (who: Who) => void; code: string | null }) {
  useTitle("Masuk", "");
  return <LoginPage onEnter={onEnter} code={code} />;
}

interface InsideProps {
  who: Who;
  isRefused: boolean;
  refuse: () => void;
  onEnter: (who: Who) => void;
}

function Inside({ who, isRefused, refuse, onEnter }: InsideProps) {
  const route = useRoute();
  const person = personOf(who);
  const atDesk = useMemo((): AtDesk => ({ who, person, refuse }), [who, person, refuse]);
  useEffect(() => (isRefused ? undefined : keepSending(person, refuse)), [person, isRefused]);
  const screen = screenFor(route, who.peran);
  useTitle(screen.title, [route.name, ...route.parts].join("/"));
  return (
    <DeskContext.Provider value={atDesk}>
      {isRefused && <Refused onEnter={onEnter} />}
      {!isRefused && <Ending who={who} />}
      <screen.View parts={route.parts} />
    </DeskContext.Provider>
  );
}

let isOpened = false;

/** The title of the window; whoever comes to another screen is put at its beginning, as by a new page. */
function useTitle(title: string, place: string): void {
  useEffect(() => {
    document.title = `${title} · Meja kerja · Hub Dinsos`;
  }, [title]);
  useEffect(() => {
    if (isOpened) {
      document.querySelector<HTMLElement>("main h1")?.focus();
      scrollTo(0, 0);
    }
    isOpened = true;
  }, [place]);
}

function Refused({ onEnter }: { onEnter: (who: Who) => void }) {
  return (
    <section class="kartu peringatan" aria-labelledby="ditolak">
      <h2 id="ditolak">Token Anda tidak berlaku lagi</h2>
      <p role="alert">Pekerjaan Anda tetap tersimpan di gawai ini. Masuk dengan token yang baru untuk melanjutkan dan mengirimnya.</p>
      <LoginForm onEnter={onEnter} />
    </section>
  );
}

function Ending({ who }: { who: Who }) {
  if (who.berlakuSampai === null) return null;
  const end = new Date(who.berlakuSampai);
  if (daysBetween(dayOf(new Date()), dayOf(end)) > SOON_DAYS) return null;
  return <p class="kabar">Token Anda berlaku sampai {writeDate(end)}. Mintalah yang baru kepada pengelola hub.</p>;
}
