import type { Created } from "./tables/columns.ts";

/** What people take to Slack and bring from there. */
export interface SetUpTables {
  slack_manifests: {
    id: string;
    at: Created;
    taken_by: string;
    how: "copied" | "downloaded" | "opened";
    mode: "http" | "socket";
    thread_mirror: boolean;
    org_wide: boolean;
    hash: string;
    yaml: string;
  };
  slack_unverified: { id: string; at: Date; timestamp: string; signature: string; body: Buffer };
}
