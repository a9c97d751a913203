import type { ColumnType, Generated } from "kysely";
import type { Created, MaybeTime } from "./columns.ts";

export interface DigestTable {
  id: string;
  line: string;
  created_at: Created;
  closed_at: MaybeTime;
  permalink: string | null;
  redraws: Generated<number>;
  due_at: MaybeTime;
  dirty: Generated<boolean>;
  drawn_at: MaybeTime;
  names_loud: Generated<boolean>;
  gone: Generated<boolean>;
}

/** The kinds of messages in `messages`: all but cards. */
export type MessageKindName = "digest" | "question" | "reply" | "bulk-notice" | "direct-notice" | "reminder";

export interface MessageTable {
  id: string;
  kind: MessageKindName;
  line: string;
  installation_id: string;
  subject_id: string;
  parent_id: string | null;
  content: ColumnType<unknown, string | null | undefined, string>;
  state: Generated<"due" | "posting" | "stands">;
  rank: number;
  due_at: MaybeTime;
  created_at: Created;
  attempts: Generated<number>;
  attempted_at: MaybeTime;
  unsure_since: MaybeTime;
  seen_ts: string | null;
  step: Generated<number>;
  wanted: Generated<number>;
  shown: Generated<number>;
  channel_id: string | null;
  ts: string | null;
  edit_at: MaybeTime;
  touched_at: MaybeTime;
  lease: string | null;
  leased_until: MaybeTime;
}
