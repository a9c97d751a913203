/** One thing that is wrong with a manifest: what, in Slack's words as far as they are known, and where. */
export type ManifestError = { message: string; pointer: string };
