// Which screen: what stands after the # of the address, "#/isian/F02/2026-07".

import { useEffect, useState } from "preact/hooks";

/** `name`: of the screen, "" at the start; `parts`: what follows. */
export interface Route {
  name: string;
  parts: string[];
}

export function readRoute(hash: string): Route {
  const [name = "", ...parts] = hash.replace(/^#\/?/, "").split("/").map(decode);
  return { name, parts };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // an address that somebody wrote by hand
  }
}

export const linkTo = (name: string, ...parts: string[]): string => `#/${[name, ...parts].map(encodeURIComponent).join("/")}`;

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const read = () => setRoute(readRoute(location.hash));
    addEventListener("hashchange", read);
    read(); // it may have changed before there was anybody to hear of it
    return () => removeEventListener("hashchange", read);
  }, []);
  return route;
}
