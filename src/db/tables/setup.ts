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

/** Assignments of alerts that wait for an email. */
export interface AssignmentMailTable {
  alert_id: string;
  user_id: string;
  seq: number;
  assigned_by: string;
  due_at: Date;
  attempts: Generated<number>;
}

/** Who has a user's email in a workspace, as Slack last said. */
export interface SlackMatchTable {
  user_id: string;
  installation_id: string;
  email: string;
  state: "matches" | "none" | "refused" | "failed";
  slack_user_id: string | null;
  name: string | null;
  why: string | null;
  looked_up_at: Date;
}
