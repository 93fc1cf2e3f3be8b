// Patterns, drawn here so that nothing is fetched: why a region has no figure, and desa out of reach.

export interface Pattern {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

const SIDE = 16; // pixels of the screen's own, shown at half that size
const ZERO_SIDE = 22;
const BACKGROUND = [246, 247, 245, 255] as const;
const INK = [150, 158, 160, 255] as const;
const CLEAR = [0, 0, 0, 0] as const;

type Colour = readonly [number, number, number, number];

function draw(isInk: (x: number, y: number) => boolean, background: Colour, ink: Colour, side = SIDE): Pattern {
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) data.set(isInk(x, y) ? ink : background, (y * side + x) * 4);
  }
  return { width: side, height: side, data };
}

/** Name → picture. `nol`: a zero, written. `kosong-0` … `kosong-4` go with EMPTY_STATUSES in angka.ts. */
export const PATTERNS: Record<string, Pattern> = {
  "kosong-0": draw((x, y) => (x + y) % SIDE < 2, BACKGROUND, INK), // no data: slanted lines
  "kosong-1": draw((_, y) => y % SIDE < 2, BACKGROUND, INK), // not carried out: level lines
  "kosong-2": draw(() => false, [222, 226, 226, 255], INK), // does not apply: plain grey
  "kosong-3": draw((x, y) => dot(x, y, 4) || dot(x, y, 12), [205, 209, 214, 255], [84, 92, 104, 255]), // closed: dots
  "kosong-4": draw((x, y) => (x - y + SIDE) % SIDE < 2, BACKGROUND, INK), // per thousand of nobody knows whom: slanted the other way
  "nol": draw(isZero, [255, 253, 247, 255], [92, 62, 30, 255], ZERO_SIDE),
  "celah": draw((x, y) => (x - y + SIDE) % 8 < 3, CLEAR, [194, 65, 12, 200]),
};

function dot(x: number, y: number, centre: number): boolean {
  return (x - centre + 0.5) ** 2 + (y - centre + 0.5) ** 2 <= 5;
}

// the figure 0: between two ellipses, higher than wide
function isZero(x: number, y: number): boolean {
  const middle = (ZERO_SIDE - 1) / 2;
  const within = (width: number, height: number): boolean => ((x - middle) / width) ** 2 + ((y - middle) / height) ** 2 <= 1;
  return within(5.5, 7.5) && !within(3.2, 5.2);
}

/** As a style, so that the legend and the table show the very same as the map. */
export function patternStyle(name: string): Record<string, string> {
  return { backgroundImage: `url(${patternUrl(name)})`, backgroundSize: `${(PATTERNS[name]?.width ?? SIDE) / 2}px`, backgroundPosition: "center" };
}

function patternUrl(name: string): string {
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
