import { isUtf8 } from "node:buffer";
import type { SourceKind } from "../alert/source-kind.ts";
import { limits } from "./fit/limits.ts";
import type { NotUnderstood } from "./source-kind.ts";
import { clean } from "./safe/clean.ts";
import { deeperThan } from "./safe/deeper-than.ts";

export type ReadBody = { ok: true; body: unknown } | NotUnderstood;

/**
 * The JSON value of a request's body, safe to work with and to store. The content type plays no part: half
 * of the tools send JSON as text/plain, and `curl -d` calls it a form.
 */
export function readBody(kind: SourceKind, raw: Buffer): ReadBody {
  if (!isUtf8(raw)) return refuse(`text in UTF-8; byte ${firstBadByte(raw)} is not`);
  const text = raw.toString().replace(/^\uFEFF/, "");
  const json = kind === "slack-webhook" ? (formPayload(text) ?? text) : text;
  if (deeperThan(json, limits.jsonLevels)) return refuse(`JSON of at most ${limits.jsonLevels} levels`);
  try {
    return { ok: true, body: clean(JSON.parse(json)) };
  } catch (fault) {
    if (fault instanceof SyntaxError) return refuse(`JSON. ${fault.message}`);
    throw fault;
  }
}

/** Slack's older form, `payload={…}` percent-encoded. JSON can't begin like that. */
function formPayload(text: string): string | null {
  return /^[\w.+%-]+=/.test(text) ? new URLSearchParams(text).get("payload") : null;
}

/** Decoding puts U+FFFD in the place of bad bytes, so the two differ from there on. */
function firstBadByte(raw: Buffer): number {
  const again = Buffer.from(raw.toString());
  return raw.findIndex((byte, at) => byte !== again[at]);
}

function refuse(expected: string): NotUnderstood {
  return { ok: false, field: "body", expected };
}
