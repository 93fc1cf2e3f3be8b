// A script of a few hundred bytes that is there before the desk's own: it asks whose token this is, and names the files of the screen
// that the address opens, so that on a slow line both are under way while the desk's code still comes.

import { isNarrow } from "../hub/narrow.ts";
import { readToken, tokenHeader } from "../hub/token.ts";
import { WHO } from "./queries.ts";

const token = readToken();
let asked = token === "" ? null : ask();

function ask(): Promise<Response | null> {
  const headers = { Accept: "application/json", "Content-Type": "application/json", ...tokenHeader(token) };
  return fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query: WHO, variables: {} }), signal: AbortSignal.timeout(30_000) }).catch(() => null);
}

/** The hub's answer to WHO for that token, once; null: it was not asked, or there is none. */
export async function takeWho(of: string): Promise<Response | null> {
  const answer = of === token ? asked : null;
  asked = null;
  return answer;
}

// What each screen needs beside the desk itself stands in the page; the build wrote it there (vite.config.ts)
function load(name: string): void {
  const screens = document.querySelector<HTMLMetaElement>('meta[name="berkas-layar"]')?.content.split(";") ?? [];
  const [, files = "", wide = ""] = screens.map((screen) => screen.split("|")).find(([of]) => of === name) ?? [];
  // a browser asks for six at a time: the largest first, and what only looks last
  for (const file of `${isNarrow() ? "" : wide} ${files}`.split(" ").filter(Boolean)) {
    const link = document.createElement("link");
    if (file.endsWith(".css")) Object.assign(link, { rel: "preload", as: "style", fetchPriority: "low" });
    else link.rel = "modulepreload";
    link.crossOrigin = ""; // as the desk will ask for it
    link.href = file;
    document.head.append(link);
  }
}

if (token !== "") load(/^#\/?([^/]*)/.exec(location.hash)?.[1] ?? "");
