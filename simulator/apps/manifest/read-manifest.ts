import { parseDocument, stringify } from "yaml";
import type { z } from "zod";
import { findContradictions } from "./contradictions.ts";
import { type Manifest, type ManifestError, manifest } from "./schema/manifest.ts";

type Format = "yaml" | "json";

// Nested YAML aliases can expand exponentially.
const maxAliases = 100;

function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw fault;
  return document.toJS({ maxAliasCount: maxAliases });
}

/** Parses and checks the text of a manifest. Returns the manifest, or all errors. */
export function readManifest(text: string, format: Format): Checked {
  let given: unknown;
  try {
    given = format === "yaml" ? parseYaml(text) : JSON.parse(text);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return {
      ok: false,
      errors: [{ message: `We can't translate a manifest with errors: ${reason}`, pointer: "" }],
    };
  }
  return checkManifest(given);
}

type Checked = { ok: true; manifest: Manifest } | { ok: false; errors: ManifestError[] };

type Issue = z.core.$ZodIssue;

const units = { string: "characters", array: "items" };
const unitOf = (origin: string) => (origin === "string" || origin === "array" ? units[origin] : origin);

function messageOf(issue: Issue): string {
  if (issue.code === "too_big")
    return `must be less than ${Number(issue.maximum) + 1} ${unitOf(issue.origin)}`;
  if (issue.code === "too_small")
    return `must be more than ${Number(issue.minimum) - 1} ${unitOf(issue.origin)}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  if (issue.code === "invalid_type")
    return issue.input === undefined ? "is required" : `must be of type ${issue.expected}`;
  return issue.message;
}

const pointerTo = (path: readonly PropertyKey[]) =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

function errorsOf(issue: Issue): ManifestError[] {
  if (issue.code !== "unrecognized_keys")
    return [{ message: messageOf(issue), pointer: pointerTo(issue.path) }];
  return issue.keys.map((key) => ({
    message: `must not have additional property \`${key}\``,
    pointer: pointerTo([...issue.path, key]),
  }));
}

/** Checks a manifest as Slack does. Returns the typed manifest, or all errors. */
export function checkManifest(given: unknown): Checked {
  const parsed = manifest.safeParse(given, { reportInput: true });
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(errorsOf) };
  const errors = findContradictions(parsed.data);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, manifest: parsed.data };
}

/** Formats a manifest as text. */
export const writeManifest = (manifest: Manifest, format: Format): string =>
  format === "yaml" ? stringify(manifest, { lineWidth: 0 }) : JSON.stringify(manifest, null, 2);
