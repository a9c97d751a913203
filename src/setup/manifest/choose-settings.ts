import type { ManifestSettings } from "../../slack/manifest/make-manifest.ts";

interface Known {
  /** Null before the app is set up. */
  app: { mode: "http" | "socket"; threadMirror: boolean } | null;
  handedOut: ManifestSettings | null;
  /** Whether it is installed for an organisation as a whole. */
  forOrganisation: boolean;
}

/** The settings of the manifest to show: what is asked for, else what is in use, else what was taken last. */
export function chooseSettings(
  asked: { [Name in keyof ManifestSettings]?: ManifestSettings[Name] | undefined },
  { app, handedOut, forOrganisation }: Known,
): ManifestSettings {
  return {
    mode: asked.mode ?? app?.mode ?? handedOut?.mode ?? "http",
    threadMirror: asked.threadMirror ?? app?.threadMirror ?? handedOut?.threadMirror ?? false,
    orgWide: asked.orgWide ?? (forOrganisation || (handedOut?.orgWide ?? false)),
  };
}
