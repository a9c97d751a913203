import type { ManifestSettings } from "../../slack/manifest/make-manifest.ts";

/** In words what keeps a manifest from working at this address. */
export function manifestWarnings(publicUrl: string, { mode }: Pick<ManifestSettings, "mode">): string[] {
  const { protocol, hostname } = new URL(publicUrl);
  const found: string[] = [];
  if (mode === "http" && !hostname.includes(".")) {
    found.push(
      `Slack can't reach ${publicUrl}: set PUBLIC_URL to the address that Tocsin has for the outside, or choose Socket Mode, which needs none.`,
    );
  } else if (mode === "http" && protocol === "http:") {
    found.push(
      `${publicUrl} is not encrypted: Slack calls plain http:// for an app of a single workspace only. Put TLS before Tocsin, or choose Socket Mode.`,
    );
  }
  return found;
}
