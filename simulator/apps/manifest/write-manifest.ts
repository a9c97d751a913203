import { stringify } from "yaml";
import type { Format } from "./read-manifest.ts";
import type { Manifest } from "./schema/manifest.ts";

/** A manifest as text. */
export const writeManifest = (manifest: Manifest, format: Format): string =>
  format === "yaml" ? stringify(manifest, { lineWidth: 0 }) : JSON.stringify(manifest, null, 2);
