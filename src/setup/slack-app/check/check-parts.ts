import type { Database } from "../../../db/connect.ts";
import type { SlackAccess } from "../../../connect/slack-access.ts";

/** What a look at typed values stands on. */
export interface CheckParts {
  db: Database;
  slack: SlackAccess;
}
