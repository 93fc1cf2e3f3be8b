// The token that this browser keeps. By itself, since what comes first on a slow line reads it.

const TOKEN = "hub.token"; // the GraphiQL page keeps it under the same name

export const readToken = (): string => sessionStorage.getItem(TOKEN) ?? localStorage.getItem(TOKEN) ?? "";

/** For the browser tab's lifetime only, since the computers of an office are shared; `onDevice`: until it is forgotten. "": forgets it. */
export function saveToken(token: string, onDevice = false): void {
  sessionStorage.removeItem(TOKEN);
  localStorage.removeItem(TOKEN);
  if (token !== "") (onDevice ? localStorage : sessionStorage).setItem(TOKEN, token);
}

export const isTokenOnDevice = (): boolean => localStorage.getItem(TOKEN) !== null;

export function tokenHeader(token = readToken()): Record<string, string> {
  const bare = token.replace(/^Bearer\s+/i, "");
  return bare === "" ? {} : { Authorization: `Bearer ${bare}` };
}
