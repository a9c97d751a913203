import type { Severity } from "../../alert/severity.ts";

const named = new Map<string, Severity>([
  ["danger", "HIGH"],
  ["warning", "MEDIUM"],
  ["good", "LOW"],
]);

/** Greys and near-greys mean nothing: their hue is noise. */
const leastSaturation = 0.2;

/** What an attachment's colour says: Slack's names, else red, orange to yellow, and green by their hue. */
export function colourSeverity(colour: string): Severity | null {
  const name = named.get(colour.trim().toLowerCase());
  if (name) return name;
  const hue = hueOf(colour);
  if (hue === null) return null;
  if (hue <= 15 || hue >= 335) return "HIGH";
  if (hue <= 65) return "MEDIUM";
  return hue >= 80 && hue <= 170 ? "LOW" : null;
}

function hueOf(colour: string): number | null {
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!hex) return null;
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((pair) => Number.parseInt(pair, 16));
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < most * leastSaturation || spread === 0) return null;
  if (most === red) return (60 * ((green - blue) / spread) + 360) % 360;
  return most === green ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4);
}
