import type { Kysely } from "kysely";
import { z } from "zod";
import type { Database } from "../db/connect.ts";
import type { Notifications } from "../db/notifications.ts";
import type { Tables } from "../db/tables/tables.ts";

/** The setting that says that this database was restored and has not been taken over. */
const name = "restored";

const restored = z.object({
  /** When the snapshot was taken: what the original did since is not known here. */
  takenAt: z.iso.datetime().transform((text) => new Date(text)),
});

/** When the backup of a restored database was taken that nobody has taken over; null for any other database. */
export async function readRestored(db: Kysely<Tables>): Promise<Date | null> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
  return row ? restored.parse(row.value).takenAt : null;
}

export async function markRestored(tx: Kysely<Tables>, takenAt: string): Promise<void> {
  const value = JSON.stringify({ takenAt });
  await tx
    .insertInto("settings")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}

export async function clearRestored(tx: Kysely<Tables>): Promise<void> {
  await tx.deleteFrom("settings").where("name", "=", name).execute();
}

/** Throws if the database waits to be taken over: until then it must not send anything. */
export async function refuseRestored(db: Kysely<Tables>): Promise<void> {
  const takenAt = await readRestored(db);
  if (takenAt) throw new Error(whatToDo(takenAt));
}

/** What a server says that may not work on this database. */
export function whatToDo(takenAt: Date): string {
  return `This database was restored from a backup of ${takenAt.toISOString()}. Stop the Tocsin that it was taken from, run \`tocsin take-over\`, and start again.`;
}

/** Resolves when a backup is restored into the database of this server, whose keys and plans are outdated then. */
export function whenRestored(
  { kysely }: Pick<Database, "kysely">,
  notifications: Pick<Notifications, "subscribe">,
): Promise<Error> {
  return new Promise((resolve) => {
    notifications.subscribe((notification) => {
      if (!("settings" in notification) || notification.settings !== "settings") return;
      readRestored(kysely).then(
        (takenAt) => takenAt && resolve(new Error(whatToDo(takenAt))),
        // The database is away, and its lines stay closed in any case.
        () => {},
      );
    });
  });
}
