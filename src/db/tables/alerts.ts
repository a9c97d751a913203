import type { Generated, JSONColumnType } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Answer, AnswerWay } from "../../alert/boomerang.ts";
import type { Created, Json, MaybeTime } from "./columns.ts";

/** Questions asked from alerts. */
export interface BoomerangTables {
  boomerangs: {
    id: string;
    alert_id: string;
    installation_id: string;
    card_id: string | null;
    question: string;
    answers: AnswerWay;
    asked_by: Json<Actor>;
    asked_by_slack_id: string | null;
    timezone: string;
    state: Generated<"open" | "answered" | "expired" | "cancelled">;
    created_at: Created;
    expires_at: Date;
    due_at: MaybeTime;
    reminded: Generated<boolean>;
  };
  boomerang_asks: {
    id: string;
    boomerang_id: string;
    kind: "person" | "channel";
    slack_id: string;
    name: string;
    email: string | null;
    state: "waiting" | "sent" | "unreachable" | "answered" | "over";
    why: string | null;
    channel_id: string | null;
    ts: string | null;
    answer: JSONColumnType<Answer, string, string> | null;
    answered_by: JSONColumnType<{ id: string; name: string }, string, string> | null;
    answered_at: MaybeTime;
    send_at: MaybeTime;
    update_at: MaybeTime;
    remind_at: MaybeTime;
    attempts: Generated<number>;
    maybe_posted: Generated<boolean>;
    leased_until: MaybeTime;
  };
  suppressions: {
    id: string;
    alert_id: string;
    ask_id: string;
    source_id: string;
    detection_id: string;
    person: string;
    email: string;
    people: string[];
    created_at: Created;
    ends_at: Date;
    ended_at: MaybeTime;
  };
}
