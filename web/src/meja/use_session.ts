// The session as the page sees it.

import { createContext } from "preact";
import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { readToken } from "../hub/token.ts";
import { checkToken, forgetToken, personOf, rememberedWho } from "./session.ts";
import type { Who } from "./session.ts";
import { forget, forgetAnswers } from "./store.ts";

export type Session =
  | { state: "out"; error: Failure | null }
  | { state: "checking"; error: Failure | null }
  | { state: "in"; who: Who; isRefused: boolean }; // refused: what there is stays, and can be gone on with after signing in again

export interface Desk {
  session: Session;
  enter: (who: Who) => void;
  leave: () => Promise<void>;
  /** The hub has refused the token. */
  refuse: () => void;
  check: () => void;
}

/** For screens: who is there, and what to do when the hub refuses the token. */
export interface AtDesk {
  who: Who;
  person: string;
  refuse: () => void;
}

export const DeskContext = createContext<AtDesk | null>(null);

export function useDesk(): AtDesk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("a screen is drawn for somebody who is signed in");
  return desk;
}

function begin(): Session {
  if (readToken() === "") return { state: "out", error: null };
  const who = rememberedWho();
  return who === null ? { state: "checking", error: null } : { state: "in", who, isRefused: false };
}

export function useSession(): Desk {
  const [session, setSession] = useState<Session>(begin);
  const enter = useCallback((who: Who) => setSession({ state: "in", who, isRefused: false }), []);
  const refuse = useCallback(() => setSession((s) => (s.state === "in" ? { ...s, isRefused: true } : { state: "out", error: null })), []);
  const check = useCallback(() => {
    if (readToken() === "") return;
    setSession((s) => (s.state === "checking" ? { ...s, error: null } : s));
    checkToken().then((who) => who !== null && enter(who), (reason: unknown) => {
      const error = reason instanceof Failure ? reason : new Failure("Jawaban hub tidak terbaca.", "Muat ulang halaman ini.");
      setSession((s) => {
        if (error.status === 401 && s.state === "in") return { ...s, isRefused: true };
        if (error.status === 401) forgetToken();
        return s.state === "in" ? s : { state: error.status === 401 ? "out" : "checking", error };
      });
    });
  }, []);
  useEffect(() => {
    check();
    addEventListener("online", check);
    return () => removeEventListener("online", check);
  }, []);
  const isOut = session.state === "out";
  useEffect(() => {
    if (isOut) forgetAnswers().catch((error: unknown) => console.error(error));
  }, [isOut]);
  const leave = async () => {
    if (session.state === "in") await forget(personOf(session.who));
    forgetToken();
    setSession({ state: "out", error: null });
  };
  return { session, enter, leave, refuse, check };
}
