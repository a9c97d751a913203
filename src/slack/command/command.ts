import type { Severity } from "../../alert/severity.ts";
import type { Status } from "../../alert/status.ts";

/** Which alerts somebody wants listed; without a status those that are open or triaged. */
export interface Wanted {
  status?: Status[];
  severity?: Severity[];
  assignee?: ("me" | "none")[];
  words?: string;
}

/** What somebody asks by `/tocsin`. `misused` is a word of ours that lacks something, with what it lacks. */
export type Command =
  | { verb: "help" }
  | { verb: "unknown"; word: string; nearest: Verb | null }
  | { verb: "misused"; why: string; usage: string }
  | { verb: "list"; wanted: Wanted }
  | { verb: "show"; number: number }
  /** Nobody named: whoever asks. */
  | { verb: "assign"; number: number; slackUserId: string | null }
  | { verb: "resolve"; number: number; comment: string | null };

export const verbs = ["help", "list", "show", "assign", "resolve"] as const;
export type Verb = (typeof verbs)[number];

export const usages: Record<Verb, { usage: string; does: string }> = {
  list: {
    usage: "list",
    does: "Alerts that wait. Narrow it: list critical high, list mine, list unassigned, list resolved okta",
  },
  show: { usage: "show 1042", does: "One alert, as its card shows it" },
  assign: { usage: "assign 1042 @grace", does: "Assign an alert to somebody; without a name, to you" },
  resolve: { usage: "resolve 1042 VPN exit, confirmed", does: "Resolve an alert, with a comment" },
  help: { usage: "help", does: "This list" },
};
