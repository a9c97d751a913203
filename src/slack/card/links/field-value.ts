import type { Alert } from "../../../alert/alert.ts";
import { linkFields } from "./link-fields.ts";

/** What the alert says where a field points; null where nothing stands that could be written into an address. */
export function fieldValue(alert: Alert, field: string): string | null {
  const own = Object.hasOwn(linkFields, field) ? linkFields[field]?.(alert) : undefined;
  const value = own ?? valueAt(alert.context, namesIn(field).slice(1));
  if (typeof value === "boolean" || Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function namesIn(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, ".$1").split(".");
}

/** Tools write `host.name` as one key, too: the shorter key goes first. */
function valueAt(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0) return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (let taken = 1; taken <= names.length; taken++) {
    const key = names.slice(0, taken).join(".");
    if (Array.isArray(value) && !/^\d+$/.test(key)) return undefined;
    const inner: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    const found = valueAt(inner, names.slice(taken));
    if (found !== undefined) return found;
  }
  return undefined;
}
