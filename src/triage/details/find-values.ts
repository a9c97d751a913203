import type { Part } from "./details-blocks.ts";
import { type JsonNode, walk } from "./json.ts";

/** Nobody turns more pages of results than these fill; and a hostile event holds 100,000 values. */
const mostFound = 200;
const mostLookedAt = 200_000;
const longestKey = 200;

/** A value that was looked for, and the part that it stands in. */
export interface Found {
  part: Part;
  node: JsonNode;
}

/** How well a value fits: its path ends with what was typed, its path holds it, or it is below such a one or says it. */
const fits = ["is", "holds", "says"] as const;
type Fit = (typeof fits)[number];

/**
 * The values whose path or text holds what was typed, without regard to case, the best first. `ips[0]` and
 * `ips.0` are the same. `more` says that there are, or may be, others.
 */
export function findValues(parts: readonly Part[], typed: string): { found: Found[]; more: boolean } {
  const wanted = asPath(typed.trim()).toLowerCase();
  const by: Record<Fit, Found[]> = { is: [], holds: [], says: [] };
  let left = mostLookedAt;
  let more = false;
  for (const part of parts) {
    const below = new Set<JsonNode>();
    for (const node of walk(part.value)) {
      if (left-- === 0) return { found: best(by), more: true };
      const fit = fitOf(node, wanted, below);
      if (fit === null) continue;
      if (by[fit].length < mostFound) by[fit].push({ part, node });
      else more = true;
    }
  }
  const all = fits.reduce((sum, fit) => sum + by[fit].length, 0);
  return { found: best(by), more: more || all > mostFound };
}

function best(by: Record<Fit, Found[]>): Found[] {
  return fits.flatMap((fit) => by[fit]).slice(0, mostFound);
}

/** Notes in `below` which branches fit, since all that is in them does. Of branches only those themselves are found. */
function fitOf(node: JsonNode, wanted: string, below: Set<JsonNode>): Fit | null {
  const end = endOfPath(node, wanted.split(".").length);
  const branch = typeof node.value === "object" && node.value !== null;
  const own = end === wanted ? "is" : end.includes(wanted) ? "holds" : null;
  if (own) {
    if (branch) below.add(node);
    return own;
  }
  const inherited = node.parent !== null && below.has(node.parent);
  if (branch && inherited) below.add(node);
  if (branch) return null;
  return inherited || String(node.value).toLowerCase().includes(wanted) ? "says" : null;
}

/** As many names of the path as were typed: what is before them was looked at with the branch. */
function endOfPath(node: JsonNode, names: number): string {
  const found: string[] = [];
  for (let at: JsonNode | null = node; at?.parent && found.length < names; at = at.parent)
    found.unshift(String(at.key).slice(0, longestKey));
  return found.join(".").toLowerCase();
}

function asPath(typed: string): string {
  return typed.replace(/\[(\d+)\]/g, ".$1");
}
