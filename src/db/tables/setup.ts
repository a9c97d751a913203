import type { Generated } from "kysely";
import type { FaultCause } from "../../alert/fault-causes.ts";
import type { Created, MaybeTime } from "./columns.ts";

/** What broke of the set-up, and who was told by mail. */
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
