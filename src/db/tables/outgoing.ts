import type { ColumnType, Generated } from "kysely";
import type { Created, MaybeTime, Time } from "./columns.ts";

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

/** The kinds of messages in `messages`; cards and digests are not there yet. */
export type MessageKindName = "reply" | "bulk-notice" | "direct-notice";

export interface MessageTable {
  id: string;
  kind: MessageKindName;
  line: string;
  installation_id: string;
  subject_id: string;
  parent_id: string | null;
  content: ColumnType<unknown, string | null | undefined, string>;
  state: Generated<"due" | "posting">;
  rank: number;
  due_at: Time;
  created_at: Created;
  attempts: Generated<number>;
  attempted_at: MaybeTime;
  unsure_since: MaybeTime;
  seen_ts: string | null;
  step: Generated<number>;
  wanted: Generated<number>;
  shown: Generated<number>;
  lease: string | null;
}
