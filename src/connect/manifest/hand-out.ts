import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { type ManifestSettings, makeManifest } from "../../slack/manifest/make-manifest.ts";
import { writeManifest } from "../../slack/manifest/write-manifest.ts";
import { noteChange } from "../../setup/note-change.ts";

export type How = "copied" | "downloaded" | "opened";

interface Taken {
  settings: ManifestSettings;
  /** Of the manifest that somebody saw. */
  hash: string;
  how: How;
}

/** Keeps what manifest somebody took to Slack, to say later what has changed since. */
export async function handOut(
  { db, publicUrl }: { db: Database; publicUrl: string },
  { settings, hash, how }: Taken,
  by: Principal,
): Promise<Refusal | null> {
  const today = writeManifest(makeManifest(publicUrl, settings));
  if (today.hash !== hash)
    return { refused: "conflict", why: "The manifest has changed since this page was loaded: take it anew." };
  await transaction(db, async (tx) => {
    await sql`
      insert into slack_manifests (id, taken_by, how, mode, thread_mirror, org_wide, hash, yaml)
      values (${uuidv7()}, ${by.actor.name}, ${how}, ${settings.mode}, ${settings.threadMirror},
        ${settings.orgWide}, ${hash}, ${today.yaml})`.execute(tx);
    const data = { how, ...settings, hash };
    await noteChange(tx, by, { what: "slack-app", action: "slack_manifest.handed_out", data });
  });
  return null;
}
