import { createHash } from "node:crypto";
import type { Report } from "../alert/report.ts";

const bytes = 16;

/**
 * What makes two reports the same thing (spec section 3): the tool's own name for its alert, else source,
 * detection and dedup string together.
 */
export function dedupKey(sourceId: string, report: Pick<Report, "identity" | "detectionId">): Buffer {
  const { identity } = report;
  const parts =
    identity.kind === "named"
      ? [sourceId, "named", identity.id]
      : [sourceId, "windowed", report.detectionId, identity.dedupString];
  // JSON keeps the parts apart: ["a", "bc"] and ["ab", "c"] are different.
  return createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, bytes);
}
