import type { KnownSource } from "./door/doorkeeper.ts";
import type { OpenBody } from "./door/open-body.ts";
import { parseWithExpressions } from "./expressions/parse-with-expressions.ts";
import type { ExpressionPool } from "./ingest-request.ts";
import { markBadBytes, readBody } from "./read-body.ts";
import type { ParsedItem, Warning } from "./source-kind.ts";
import { parseReports } from "./source-kinds.ts";
import { inTurns, type Steps } from "./steps.ts";

export interface ParsedBody {
  items: ParsedItem[];
  /** As it was decoded; as it was sent if it can't be. */
  bytes: Buffer;
  /** Its JSON; undefined if it can't be read. */
  body?: unknown;
  /** The tool's own id of the request. */
  eventId: string | null;
}

/** A body with its reports, or with none yet because the source's expressions have to find them. */
export type BodyRead = ParsedBody | (Omit<ParsedBody, "items"> & { items: null; badBytes: Warning | null });

/** Reads a body into reports, as far as that needs no expressions. */
export function* readReports({ source, kind }: KnownSource, opened: OpenBody): Steps<BodyRead> {
  const { eventId, refused, body: bytes } = opened;
  if (refused) return { items: [refused], bytes, eventId };
  const read = yield* readBody(kind, bytes);
  if (!read.ok) return { items: [read], bytes, eventId };
  const { body, badBytes } = read;
  const whole = { bytes, body, eventId: eventId ?? kind.eventId?.(body) ?? null };
  if (source.expressions) return { ...whole, items: null, badBytes };
  const items = yield* parseReports(kind, body, source);
  return { ...whole, items: badBytes ? yield* markBadBytes(items, badBytes) : items };
}

/** Finds the reports of a body by the source's expressions, in another process, if they are not there yet. */
export async function pickItems(
  pool: ExpressionPool,
  { source, kind }: KnownSource,
  read: BodyRead,
): Promise<ParsedBody> {
  if (read.items) return read;
  const { badBytes, ...whole } = read;
  const given = { kind, source, expressions: source.expressions ?? {}, body: read.body };
  const items = await parseWithExpressions((body) => pool.pick(source.id, body), given);
  return { ...whole, items: badBytes ? await inTurns(markBadBytes(items, badBytes)) : items };
}
