import { findOverlap } from "../../deliver/destinations/find-overlap.ts";
import { requires } from "../../api/requires.ts";
import { overlapBody, overlapQuery } from "../contract/overlap.ts";
import type { App, Deps } from "../../api/deps.ts";

/** Tells before a destination is made or changed with which others it would share alerts. */
export function overlapRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/destinations/overlap",
    {
      ...requires("View Destinations"),
      schema: {
        tags: ["Destinations"],
        summary: "Name the destinations of other channels that would get some of the same alerts",
        querystring: overlapQuery,
        response: { 200: overlapBody },
      },
    },
    async ({ query: { channel, except, ...takes } }) => {
      const named = channel?.replace(/^#/, "") || null;
      return {
        results: await findOverlap(db.kysely, { ...takes, channel: named, except: except ?? null }),
      };
    },
  );
}
