// Which screen a part of the address opens, and for whom.

import type { ComponentType } from "preact";
import { HomeKabupaten } from "./home_kabupaten.tsx";
import { HomeOther } from "./home_other.tsx";
import "./isian_sender.ts"; // oxlint-disable-line import/no-unassigned-import -- it registers what sends
import { HomeProvince } from "./home_province.tsx";
import { lazyScreen } from "./lazy_screen.tsx";
import type { LazyScreen } from "./lazy_screen.tsx";
import { NotHere } from "./not_here.tsx";
import type { Route } from "./router.ts";
import type { Peran } from "./session.ts";
import { isNarrow } from "../hub/narrow.ts";

/** `parts`: what the address says after the screen's name. */
export interface ScreenProps {
  parts: string[];
}

export interface Screen {
  title: string;
  forWhom: readonly Peran[];
  View: ComponentType<ScreenProps> | LazyScreen;
}

const asksIsian = async () => (await import("../isian/ask_first.ts")).askFirst;
const asksComparison = async () => (await import("../meja_provinsi/comparison_asked.ts")).askFirst;
const asksNetworks = async () => (await import("../sumber_daya/networks_asked.ts")).askFirst;
const grid = async () => isNarrow() || (await import("../isian/grid.tsx"));

// by the first part of the address; several of one name are for different people
const SCREENS: Record<string, readonly Screen[]> = {
  "": [
    { title: "Beranda", forWhom: ["KABUPATEN"], View: HomeKabupaten },
    { title: "Beranda", forWhom: ["PROVINSI"], View: HomeProvince },
    { title: "Beranda", forWhom: ["ADMIN"], View: HomeOther },
  ],
  "unggah": [{ title: "Unggah berkas", forWhom: ["KABUPATEN"], View: lazyScreen("Unggah berkas", async () => (await import("../upload/screen.tsx")).UploadScreen, { asking: asksIsian }) }],
  isian: [{ title: "Isian", forWhom: ["KABUPATEN"], View: lazyScreen("Isian", async () => (await import("../isian/screen.tsx")).IsianScreen, { asking: asksIsian, more: grid }) }],
  "matriks": [{ title: "Matriks", forWhom: ["PROVINSI"], View: lazyScreen("Matriks", async () => (await import("../meja_provinsi/matriks_screen.tsx")).MatriksScreen) }],
  "periksa": [{ title: "Periksa", forWhom: ["PROVINSI"], View: lazyScreen("Periksa", async () => (await import("../meja_provinsi/review_screen.tsx")).ReviewScreen) }],
  "banding": [{ title: "Banding", forWhom: ["PROVINSI"], View: lazyScreen("Banding", async () => (await import("../meja_provinsi/comparison_screen.tsx")).ComparisonScreen, { asking: asksComparison }) }],
  "sumber-daya": [{ title: "Sumber daya", forWhom: ["KABUPATEN", "PROVINSI"], View: lazyScreen("Sumber daya", async () => (await import("../sumber_daya/resource_screen.tsx")).ResourceScreen) }],
  "gudang": [{ title: "Gudang bencana", forWhom: ["KABUPATEN", "PROVINSI"], View: lazyScreen("Gudang bencana", async () => (await import("../sumber_daya/warehouse_screen.tsx")).WarehouseScreen) }],
  "wksbm": [{ title: "WKSBM", forWhom: ["KABUPATEN", "PROVINSI"], View: lazyScreen("WKSBM", async () => (await import("../sumber_daya/network_screen.tsx")).NetworkScreen, { asking: asksNetworks }) }],
};

const MISSING: Screen = { title: "Tidak ada di sini", forWhom: [], View: NotHere };

/** Begins to load the screen that an address names, whoever may see it. */
export function prefetchScreen(route: Route): void {
  const named = Object.hasOwn(SCREENS, route.name) ? (SCREENS[route.name] ?? []) : [];
  for (const { View } of named) if ("prefetch" in View) View.prefetch();
}

export function screenFor(route: Route, role: Peran): Screen {
  const named = Object.hasOwn(SCREENS, route.name) ? SCREENS[route.name] : undefined;
  return named?.find((screen) => screen.forWhom.includes(role)) ?? MISSING;
}
