import { z } from "zod";
import type { Metadata } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";

const metadata = z.object({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Work Objects, which are checked but not stored. */
const entities = z.array(
  z.object({
    entity_type: z.string(),
    url: z.string(),
    external_ref: z.object({ id: z.string() }),
    entity_payload: z.record(z.string(), z.unknown()),
  }),
);

// Slack documents no number; 8 KB is what app developers report.
const maxMetadataLength = 8_000;

/** Reads a message's metadata. An empty object removes it; if none is given, `before` stays. */
export function readMetadata(given: unknown, before?: Metadata) {
  if (given === undefined || given === "" || given === null) return { ok: true as const, metadata: before };
  if (typeof given !== "object" || Array.isArray(given)) return refuse("invalid_metadata_format");
  if (Object.keys(given).length === 0) return { ok: true as const, metadata: undefined };
  if ("entities" in given && !entities.safeParse(given.entities).success)
    return refuse("invalid_metadata_schema");
  if (Object.keys(given).every((key) => key === "entities")) return { ok: true as const, metadata: before };
  const parsed = metadata.safeParse(given);
  if (!parsed.success) return refuse("invalid_metadata_format");
  if (JSON.stringify(given).length > maxMetadataLength) return refuse("metadata_too_large");
  return { ok: true as const, metadata: parsed.data };
}
