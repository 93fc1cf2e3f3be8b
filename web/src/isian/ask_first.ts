// What Isian and Unggah ask first.

import { askEarly } from "../meja/early.ts";
import type { AskFirst } from "../meja/early.ts";
import { draftOf } from "./kept.ts";
import { idOf, loadKnown } from "./known.ts";

export const askFirst: AskFirst = ({ who, person }, [formulir = "", periode = ""]) => {
  const asked = { pelapor: who.wilayah?.kode ?? "", formulir, periode };
  void askEarly(person, draftOf(idOf(asked)), () => loadKnown(asked));
};
