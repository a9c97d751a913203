import type { Generated } from "kysely";
import type { Created, MaybeTime } from "./columns.ts";

export interface DigestTable {
  id: string;
  line: string;
  created_at: Created;
  closed_at: MaybeTime;
  ts: string | null;
  permalink: string | null;
  attempts: Generated<number>;
  last_attempt_at: MaybeTime;
  sending: Generated<boolean>;
  maybe_posted: Generated<boolean>;
  unsure_since: MaybeTime;
  seen_ts: string | null;
  shape: Generated<number>;
  redraws: Generated<number>;
  due_at: MaybeTime;
  dirty: Generated<boolean>;
  drawn_at: MaybeTime;
  touched_at: MaybeTime;
  names_loud: Generated<boolean>;
  leased_until: MaybeTime;
  faults: Generated<number>;
  gone: Generated<boolean>;
}
