// Whether a page is as narrow as on a phone.

export const NARROW = "(max-width: 639px)";

export const isNarrow = (): boolean => matchMedia(NARROW).matches;
