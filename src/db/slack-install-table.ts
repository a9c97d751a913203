import type { Json } from "./tables/columns.ts";

/** An installation of the Slack app by OAuth that is under way. */
export interface SlackInstallTable {
  id: string;
  state_hash: Buffer | null;
  session_hash: Buffer;
  expires_at: Date;
  refusal: string | null;
  token: Buffer | null;
  found: Json<object> | null;
}
