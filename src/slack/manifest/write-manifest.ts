import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { Manifest } from "./make-manifest.ts";

/** A manifest as the texts that Slack takes, and the hash by which one is known again. */
export interface WrittenManifest {
  yaml: string;
  json: string;
  hash: string;
}

export function writeManifest(manifest: Manifest): WrittenManifest {
  // Folded lines would differ where nothing has changed.
  const yaml = stringify(manifest, { lineWidth: 0 });
  const hash = createHash("sha256").update(yaml).digest("hex");
  return { yaml, json: `${JSON.stringify(manifest, null, 2)}\n`, hash };
}
