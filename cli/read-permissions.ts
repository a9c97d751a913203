import { type Permission, permissions } from "../src/alert/permission.ts";
import type { Refusal } from "../src/alert/refusal.ts";

/** The permissions in a list with commas, in whatever case; `all` is every one. */
export function readPermissions(list: string): Permission[] | Refusal {
  if (same(list.trim(), "all")) return [...permissions];
  const wanted = list.split(",").map((word) => word.trim().replace(/\s+/g, " "));
  const unknown = wanted.filter((word) => !permissions.some((permission) => same(permission, word)));
  if (unknown.length === 0) {
    return permissions.filter((permission) => wanted.some((word) => same(permission, word)));
  }
  const why = `There is no permission "${unknown.join('", "')}". There are: ${permissions.join(", ")}; or all.`;
  return { refused: "invalid", why };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
