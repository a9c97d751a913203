import type { Generated } from "kysely";
import type { FaultCause } from "../../alert/destination.ts";
import type { Created, Json, MaybeTime } from "./columns.ts";

/** Setup faults, and the emails about them. */
export interface FaultTables {
  setup_faults: {
    id: string;
    cause: FaultCause;
    fault: string;
    name: string;
    remedy: string;
    since: Created;
    alert_id: string | null;
    mailed: Generated<boolean>;
    ended_at: MaybeTime;
  };
  fault_mails: {
    id: string;
    fault_id: string;
    about: "broken" | "over";
    address: string;
    due_at: MaybeTime;
    attempts: Generated<number>;
    sent_at: MaybeTime;
    error: string | null;
  };
}

/** Manifests taken to Slack, and requests from Slack that can't be verified yet. */
export interface SetupTables {
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

/** An OAuth installation in progress. */
export interface SlackInstallTable {
  id: string;
  state_hash: Buffer | null;
  session_hash: Buffer;
  expires_at: Date;
  refusal: string | null;
  token: Buffer | null;
  found: Json<object> | null;
}
