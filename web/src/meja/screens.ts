// Which screen a part of the address opens, and for whom.

import type { ComponentType } from "preact";
import { HomeKabupaten } from "./home_kabupaten.tsx";
import { HomeOther } from "./home_other.tsx";
import { HomeProvince } from "./home_province.tsx";
import { lazyScreen } from "./lazy_screen.tsx";
import { NotHere } from "./not_here.tsx";
import type { Route } from "./router.ts";
import type { Peran } from "./session.ts";

/** `parts`: what the address says after the screen's name. */
export interface ScreenProps {
  parts: string[];
}

export interface Screen {
  title: string;
  forWhom: readonly Peran[];
  View: ComponentType<ScreenProps>;
}

// by the first part of the address; several of one name are for different people
const SCREENS: Record<string, readonly Screen[]> = {
  "": [
    { title: "Beranda", forWhom: ["KABUPATEN"], View: HomeKabupaten },
    { title: "Beranda", forWhom: ["PROVINSI"], View: HomeProvince },
    { title: "Beranda", forWhom: ["ADMIN"], View: HomeOther },
  ],
  "matriks": [{ title: "Matriks", forWhom: ["PROVINSI"], View: lazyScreen("Matriks", async () => (await import("../meja_provinsi/matriks_screen.tsx")).MatriksScreen) }],
  "periksa": [{ title: "Periksa", forWhom: ["PROVINSI"], View: lazyScreen("Periksa", async () => (await import("../meja_provinsi/review_screen.tsx")).ReviewScreen) }],
  "banding": [{ title: "Banding", forWhom: ["PROVINSI"], View: lazyScreen("Banding", async () => (await import("../meja_provinsi/comparison_screen.tsx")).ComparisonScreen) }],
};

const MISSING: Screen = { title: "Tidak ada di sini", forWhom: [], View: NotHere };

export function screenFor(route: Route, role: Peran): Screen {
  const named = Object.hasOwn(SCREENS, route.name) ? SCREENS[route.name] : undefined;
  return named?.find((screen) => screen.forWhom.includes(role)) ?? MISSING;
}
