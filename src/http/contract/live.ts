/** What `GET /api/v1/live` sends (server-sent events): ids only, the reader fetches what it shows. */
export type LiveEvent =
  | { event: "alert"; data: { id: string } }
  | {
      event: "settings";
      data: { what: "destinations" | "sources" | "users" | "slack-app" | "faults" | "settings" };
    };
