import type { Outside, ParseFailure, SourceKind } from "../source-kind.ts";

/** A body as the tool sent it. */
export interface OpenBody {
  /** The tool's own. */
  body: Buffer;
  isEnvelope: boolean;
  /** The id of the envelope that it came in. */
  eventId: string | null;
  /** Why there is nothing to parse. */
  refused: ParseFailure | null;
}

/** Takes the envelope off a body, if it has one. */
export async function openBody(
  { openEnvelope }: Pick<SourceKind, "openEnvelope">,
  raw: Buffer,
  outside: Outside,
): Promise<OpenBody> {
  const opened = (await openEnvelope?.(raw, outside)) ?? { kind: "bare" };
  switch (opened.kind) {
    case "bare":
      return { body: raw, isEnvelope: false, eventId: null, refused: null };
    case "opened":
      return { body: opened.body, isEnvelope: true, eventId: opened.eventId, refused: null };
    case "refused":
      return { body: raw, isEnvelope: true, eventId: null, refused: opened.why };
    default:
      return opened satisfies never;
  }
}
