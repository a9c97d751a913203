import { createHash } from "node:crypto";
import { limits } from "./limits.ts";

/** PostgreSQL indexes no entry above 2,704 bytes. */
const indexableBytes = 2400;
/** Three bytes each at most, so that the head and its hash can be indexed. */
const headLength = 700;

/**
 * An identity that fits into a text field and an index. A long one ends in its hash, since two identities
 * that differ only past the cut must stay two.
 */
export function shortId(id: string): string {
  if (id.length <= limits.text && Buffer.byteLength(id) <= indexableBytes) return id;
  const head = id.slice(0, headLength).replace(/[\uD800-\uDBFF]$/, "");
  return `${head}… [cut, sha256 ${createHash("sha256").update(id).digest("hex")}]`;
}
