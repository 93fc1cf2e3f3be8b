// Patterns, drawn here so that nothing is fetched: why a region has no figure, and desa out of reach.

export interface Pattern {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

const SIDE = 16; // pixels of the screen's own, shown at half that size
const BACKGROUND = [246, 247, 245, 255] as const;
const INK = [150, 158, 160, 255] as const;
const CLEAR = [0, 0, 0, 0] as const;

type Colour = readonly [number, number, number, number];

function draw(isInk: (x: number, y: number) => boolean, background: Colour, ink: Colour): Pattern {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) data.set(isInk(x, y) ? ink : background, (y * SIDE + x) * 4);
  }
  return { width: SIDE, height: SIDE, data };
}

/** Name → picture. `kosong-0` … `kosong-3` go with EMPTY_STATUSES in angka.ts. */
export const PATTERNS: Record<string, Pattern> = {
  "kosong-0": draw((x, y) => (x + y) % SIDE < 2, BACKGROUND, INK), // no data: slanted lines
  "kosong-1": draw((_, y) => y % SIDE < 2, BACKGROUND, INK), // not carried out: level lines
  "kosong-2": draw(() => false, [222, 226, 226, 255], INK), // does not apply: plain grey
  "kosong-3": draw((x, y) => dot(x, y, 4) || dot(x, y, 12), [205, 209, 214, 255], [84, 92, 104, 255]), // closed: dots
  "celah": draw((x, y) => (x - y + SIDE) % 8 < 3, CLEAR, [194, 65, 12, 200]),
};

function dot(x: number, y: number, centre: number): boolean {
  return (x - centre + 0.5) ** 2 + (y - centre + 0.5) ** 2 <= 5;
}

/** As an address for CSS, so that the legend shows the very same. */
export function patternUrl(name: string): string {
  const pattern = PATTERNS[name];
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d");
  if (pattern === undefined || brush === null) return "";
  canvas.width = pattern.width;
  canvas.height = pattern.height;
  const copy = brush.createImageData(pattern.width, pattern.height);
  copy.data.set(pattern.data);
  brush.putImageData(copy, 0, 0);
  return canvas.toDataURL();
}
