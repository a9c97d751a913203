import type { Part } from "./details-blocks.ts";
import { type JsonNode, walk } from "./json.ts";

/** Limits for hostile events, which can hold 100,000 values; 200 results are ten pages. */
const maxFound = 200;
const maxSearched = 200_000;
const maxKeyLength = 200;

/** A value that matches a search, and the part that holds it. */
export interface Found {
  part: Part;
  node: JsonNode;
}

/**
 * How well a value matches: its path ends with the query, its path contains it, or its text or a parent's path
 * does.
 */
const fitLevels = ["path-end", "path", "text"] as const;
type Fit = (typeof fitLevels)[number];

/**
 * Finds values whose path or text contains `typed`, regardless of case, best matches first. `ips[0]` and
 * `ips.0` are the same. `more` is true if there are, or may be, further matches.
 */
export function findValues(parts: readonly Part[], typed: string): { found: Found[]; more: boolean } {
  const wanted = toDottedPath(typed.trim()).toLowerCase();
  const by: Record<Fit, Found[]> = { "path-end": [], path: [], text: [] };
  let left = maxSearched;
  let more = false;
  for (const part of parts) {
    const below = new Set<JsonNode>();
    for (const node of walk(part.value)) {
      if (left-- === 0) return { found: bestMatches(by), more: true };
      const fit = fitOf(node, wanted, below);
      if (fit === null) continue;
      if (by[fit].length < maxFound) by[fit].push({ part, node });
      else more = true;
    }
  }
  const all = fitLevels.reduce((sum, fit) => sum + by[fit].length, 0);
  return { found: bestMatches(by), more: more || all > maxFound };
}

function bestMatches(by: Record<Fit, Found[]>): Found[] {
  return fitLevels.flatMap((fit) => by[fit]).slice(0, maxFound);
}

/** Adds matching objects and lists to `below`, because everything in them matches too; only leaves match that way. */
function fitOf(node: JsonNode, wanted: string, below: Set<JsonNode>): Fit | null {
  const end = endOfPath(node, wanted.split(".").length);
  const branch = typeof node.value === "object" && node.value !== null;
  const own = end === wanted ? "path-end" : end.includes(wanted) ? "path" : null;
  if (own) {
    if (branch) below.add(node);
    return own;
  }
  const inherited = node.parent !== null && below.has(node.parent);
  if (branch && inherited) below.add(node);
  if (branch) return null;
  return inherited || String(node.value).toLowerCase().includes(wanted) ? "text" : null;
}

/** The last `names` names of a path; earlier ones were compared with the parent. */
function endOfPath(node: JsonNode, names: number): string {
  const found: string[] = [];
  for (let at: JsonNode | null = node; at?.parent && found.length < names; at = at.parent)
    found.unshift(String(at.key).slice(0, maxKeyLength));
  return found.join(".").toLowerCase();
}

function toDottedPath(typed: string): string {
  return typed.replace(/\[(\d+)\]/g, ".$1");
}
