import type { Severity } from "../../../alert/alert.ts";

const namedColours = new Map<string, Severity>([
  ["danger", "HIGH"],
  ["warning", "MEDIUM"],
  ["good", "LOW"],
]);

/** The hue of greys and near-greys is meaningless. */
const minSaturation = 0.2;

/**
 * The severity of an attachment's colour: Slack's names, otherwise red, orange to yellow, or green by hue;
 * null for others.
 */
export function colourSeverity(colour: string): Severity | null {
  const name = namedColours.get(colour.trim().toLowerCase());
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
  const max = Math.max(red, green, blue);
  const spread = max - Math.min(red, green, blue);
  if (spread < max * minSaturation || spread === 0) return null;
  if (max === red) return (60 * ((green - blue) / spread) + 360) % 360;
  return max === green ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4);
}
