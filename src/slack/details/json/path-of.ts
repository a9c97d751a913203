import { cut } from "../../text/text.ts";
import type { JsonNode } from "./walk.ts";

const longestKey = 80;
const longestPath = 200;

/** Where a value stands, as `actor.ips[0]`. Of a very long path the end counts. Empty for the whole. */
export function pathOf(node: JsonNode): string {
  let path = "";
  for (let at = node; at.parent; at = at.parent) {
    path = `${typeof at.key === "number" ? `[${at.key}]` : `.${cut(at.key ?? "", longestKey)}`}${path}`;
    if (path.length > longestPath) return `…${path}`;
  }
  return path.replace(/^\./, "");
}
