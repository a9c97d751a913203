import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { transaction } from "../../db/transaction.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { compareLines, type DiffLine } from "../../slack/manifest/compare-lines.ts";
import { type ManifestSettings, makeManifest, writeManifest } from "../../slack/manifest/make-manifest.ts";

type HandOutMethod = "copied" | "downloaded" | "opened";

interface HandOutRequest {
  settings: ManifestSettings;
  /** Hash of the manifest that the person saw. */
  hash: string;
  how: HandOutMethod;
}

/** Stores the manifest that a person took to Slack, to show later what has changed since. */
export async function handOut(
  { db, publicUrl }: { db: Database; publicUrl: string },
  { settings, hash, how }: HandOutRequest,
  by: Principal,
): Promise<Refusal | null> {
  const current = await writeManifest(makeManifest(publicUrl, settings));
  if (current.hash !== hash)
    return {
      refused: "conflict",
      why: "The manifest has changed since this page was loaded. Reload the page and take it again.",
    };
  await transaction(db, async (tx) => {
    await sql`
      insert into slack_manifests (id, taken_by, how, mode, thread_mirror, org_wide, hash, yaml)
      values (${uuidv7()}, ${by.actor.name}, ${how}, ${settings.mode}, ${settings.threadMirror},
        ${settings.orgWide}, ${hash}, ${current.yaml})`.execute(tx);
    const data = { how, ...settings, hash };
    const action = "slack_manifest.handed_out";
    await auditAndNotify(tx, by, { what: "slack-app", action, target: null, changes: null, data });
  });
  return null;
}

interface CurrentSettings {
  /** Null before the app is set up. */
  app: { mode: "http" | "socket"; threadMirror: boolean } | null;
  handedOut: ManifestSettings | null;
  /** Whether the app is installed for a whole organisation. */
  forOrganisation: boolean;
}

/** The settings of the manifest to show: requested, else in use, else handed out last. */
export function chooseSettings(
  requested: { [Name in keyof ManifestSettings]?: ManifestSettings[Name] | undefined },
  { app, handedOut, forOrganisation }: CurrentSettings,
): ManifestSettings {
  return {
    mode: requested.mode ?? app?.mode ?? handedOut?.mode ?? "http",
    threadMirror: requested.threadMirror ?? app?.threadMirror ?? handedOut?.threadMirror ?? false,
    orgWide: requested.orgWide ?? (forOrganisation || (handedOut?.orgWide ?? false)),
  };
}

/** A manifest that somebody took to Slack. */
export interface HandOut {
  at: Date;
  by: string;
  how: HandOutMethod;
  settings: ManifestSettings;
  hash: string;
  yaml: string;
}

/** The manifest that was handed out last; ids are in order of time. */
export async function lastHandOut(db: Kysely<Tables>): Promise<HandOut | null> {
  const row = await db.selectFrom("slack_manifests").selectAll().orderBy("id", "desc").executeTakeFirst();
  if (!row) return null;
  const { at, taken_by: by, how, hash, yaml } = row;
  const settings = { mode: row.mode, threadMirror: row.thread_mirror, orgWide: row.org_wide };
  return { at, by, how, settings, hash, yaml };
}

/** Sentences on what keeps a manifest from working at this address. */
export function manifestWarnings(publicUrl: string, { mode }: Pick<ManifestSettings, "mode">): string[] {
  const { protocol, hostname } = new URL(publicUrl);
  const warnings: string[] = [];
  if (mode === "http" && !hostname.includes(".")) {
    warnings.push(
      `Slack can't reach ${publicUrl}. Set PUBLIC_URL to Tocsin's public address, or choose Socket Mode, which needs none.`,
    );
  } else if (mode === "http" && protocol === "http:") {
    warnings.push(
      `${publicUrl} is not encrypted. Slack calls plain http:// only for an app of a single workspace. Put Tocsin behind TLS, or choose Socket Mode.`,
    );
  }
  return warnings;
}

interface Difference {
  same: boolean;
  lines: DiffLine[];
  /** What to do in Slack; null when nothing has changed. */
  todo: string | null;
}

interface Text {
  hash: string;
  yaml: string;
}

/** How the current manifest differs from the one taken to Slack, and what to do about it. */
export function describeDifference(before: Text, current: Text): Difference {
  if (before.hash === current.hash) return { same: true, lines: [], todo: null };
  const lines = compareLines(before.yaml, current.yaml);
  const paste =
    "If the app already exists, open its App Manifest page in Slack, replace the manifest with this one and press Save Changes.";
  const scopes = newScopes(lines);
  const reinstall =
    scopes.length === 0
      ? ""
      : ` New scopes (${scopes.join(", ")}) take effect once you install the app again: Install App > Reinstall.`;
  const address = lines.some(({ kind, text }) => kind === "added" && /^\s+request_url:/.test(text))
    ? " The request URL has changed: press Verify next to it under Event Subscriptions."
    : "";
  return { same: false, lines, todo: `${paste}${reinstall}${address}` };
}

/** Added list items with a colon are scopes; `commands`, the only scope without one, is always in the manifest. */
function newScopes(lines: DiffLine[]): string[] {
  const added = lines.filter(({ kind }) => kind === "added").map(({ text }) => text.trim());
  return [...new Set(added.filter((text) => /^- [a-z_.]+:[a-z.]+$/.test(text)).map((text) => text.slice(2)))];
}
