import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { ManifestSettings } from "../../slack/manifest/make-manifest.ts";
import type { How } from "../../connect/manifest/hand-out.ts";

/** A manifest that somebody took to Slack. */
export interface HandOut {
  at: Date;
  by: string;
  how: How;
  settings: ManifestSettings;
  hash: string;
  yaml: string;
}

/** The one that was taken last; ids are in order of time. */
export async function lastHandOut(db: Kysely<Tables>): Promise<HandOut | null> {
  const row = await db.selectFrom("slack_manifests").selectAll().orderBy("id", "desc").executeTakeFirst();
  if (!row) return null;
  const { at, taken_by: by, how, hash, yaml } = row;
  const settings = { mode: row.mode, threadMirror: row.thread_mirror, orgWide: row.org_wide };
  return { at, by, how, settings, hash, yaml };
}
