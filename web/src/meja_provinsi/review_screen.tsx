/** @jsxImportSource preact */
// Periksa: the list of what waits, or one rekap.

import type { ScreenProps } from "../meja/screens.ts";
import "./matriks.css";
import "./review.css";
import { ReviewList } from "./review_list.tsx";
import { ReviewOne } from "./review_one.tsx";

export function ReviewScreen({ parts }: ScreenProps) {
  const id = parts[0] ?? "";
  return id === "" ? <ReviewList /> : <ReviewOne key={id} id={id} />;
}
