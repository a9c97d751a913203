import { parseDocument } from "yaml";
import { type Checked, checkManifest } from "./check-manifest.ts";

export type Format = "yaml" | "json";

// Aliases that name each other could grow without end.
const mostAliases = 100;

function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw fault;
  return document.toJS({ maxAliasCount: mostAliases });
}

/** Reads what was typed or pasted as a manifest. */
export function readManifest(text: string, format: Format): Checked {
  let given: unknown;
  try {
    given = format === "yaml" ? parseYaml(text) : JSON.parse(text);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return {
      ok: false,
      errors: [{ message: `We can't translate a manifest with errors: ${why}`, pointer: "" }],
    };
  }
  return checkManifest(given);
}
