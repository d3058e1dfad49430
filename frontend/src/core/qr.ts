/** Codes for the phone, made on the screen itself: they must also be there when the line is not. */

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";

/** This will draw an address as a code with the quiet zone of four modules that readers need. */
export function qrCode(address: string, label: string): SVGSVGElement {
  const { size, data } = encode(address, { ecc: "M", border: 4 });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  // Dark on white by day and by night, as readers want it.
  svg.append(rect(size, "#ffffff"), path(outline(data)));
  return svg;
}

/** One path of all dark runs: 500 rectangles would be 500 nodes. */
export function outline(rows: boolean[][]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x]) x++;
      runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
    }
  });
  return runs.join("");
}

function rect(size: number, colour: string): SVGElement {
  const white = document.createElementNS(SVG, "rect");
  white.setAttribute("width", String(size));
  white.setAttribute("height", String(size));
  white.setAttribute("fill", colour);
  return white;
}

function path(d: string): SVGElement {
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", d);
  dark.setAttribute("fill", "#1c2b33");
  return dark;
}
