import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { transaction } from "../../db/transaction.ts";
import { noteChange } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { compareLines, type Line } from "../../slack/manifest/compare-lines.ts";
import { type ManifestSettings, makeManifest, writeManifest } from "../../slack/manifest/make-manifest.ts";

type How = "copied" | "downloaded" | "opened";

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

interface Known {
  /** Null before the app is set up. */
  app: { mode: "http" | "socket"; threadMirror: boolean } | null;
  handedOut: ManifestSettings | null;
  /** Whether it is installed for an organisation as a whole. */
  forOrganisation: boolean;
}

/** The settings of the manifest to show: what is asked for, else what is in use, else what was taken last. */
export function chooseSettings(
  asked: { [Name in keyof ManifestSettings]?: ManifestSettings[Name] | undefined },
  { app, handedOut, forOrganisation }: Known,
): ManifestSettings {
  return {
    mode: asked.mode ?? app?.mode ?? handedOut?.mode ?? "http",
    threadMirror: asked.threadMirror ?? app?.threadMirror ?? handedOut?.threadMirror ?? false,
    orgWide: asked.orgWide ?? (forOrganisation || (handedOut?.orgWide ?? false)),
  };
}

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

/** In words what keeps a manifest from working at this address. */
export function manifestWarnings(publicUrl: string, { mode }: Pick<ManifestSettings, "mode">): string[] {
  const { protocol, hostname } = new URL(publicUrl);
  const found: string[] = [];
  if (mode === "http" && !hostname.includes(".")) {
    found.push(
      `Slack can't reach ${publicUrl}: set PUBLIC_URL to the address that Tocsin has for the outside, or choose Socket Mode, which needs none.`,
    );
  } else if (mode === "http" && protocol === "http:") {
    found.push(
      `${publicUrl} is not encrypted: Slack calls plain http:// for an app of a single workspace only. Put TLS before Tocsin, or choose Socket Mode.`,
    );
  }
  return found;
}

interface Difference {
  same: boolean;
  lines: Line[];
  /** What to do in Slack; null when nothing has changed. */
  todo: string | null;
}

interface Text {
  hash: string;
  yaml: string;
}

/** What is other in today's manifest than in the one that Slack was given, and what to do about it. */
export function tellDifference(before: Text, today: Text): Difference {
  if (before.hash === today.hash) return { same: true, lines: [], todo: null };
  const lines = compareLines(before.yaml, today.yaml);
  const paste =
    "If the app is made already: in Slack, open your app's App Manifest page, paste this one over what is there, and press Save Changes.";
  const scopes = newScopes(lines);
  const reinstall =
    scopes.length === 0
      ? ""
      : ` Scopes come in (${scopes.join(", ")}), which count once the app is installed again: Install App > Reinstall.`;
  const address = lines.some(({ kind, text }) => kind === "added" && /^\s+request_url:/.test(text))
    ? " The request URL is another: press Verify beside it under Event Subscriptions."
    : "";
  return { same: false, lines, todo: `${paste}${reinstall}${address}` };
}

/** Scopes are the only items with a colon in them, but for those that name a single word. */
function newScopes(lines: Line[]): string[] {
  const added = lines.filter(({ kind }) => kind === "added").map(({ text }) => text.trim());
  return [...new Set(added.filter((text) => /^- [a-z_.]+:[a-z.]+$/.test(text)).map((text) => text.slice(2)))];
}
