import type { Sources } from "./sources.ts";

/** What `tocsin demo --json` prints (docs/behaviour.md#11-interfaces). Fields may be added, but not removed. */
export interface DemoFacts {
  consoleUrl: string;
  slackUrl: string;
  /** Ends in `/api/v1`. */
  apiUrl: string;
  /** Has every permission. */
  apiToken: string;
  sources: Sources;
  users: { email: string; password: string; slackUserId: string }[];
}
