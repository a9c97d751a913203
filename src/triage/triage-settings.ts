import type { Kysely } from "kysely";
import type { QuietHours } from "../alert/automatic-boomerang.ts";
import type { Keeping, KeepingName } from "../alert/keeping.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { quietHoursName, readQuietHours } from "../boomerang/automatic/quiet-hours.ts";
import { emailFields } from "../boomerang/suggest.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import { factorSetting, isFactorRequired } from "../people/factors/factors.ts";
import type { Principal } from "../people/principal.ts";
import { maxTokenDays } from "../people/tokens.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { readKeeping, storedNames } from "../retention/settings.ts";
import { type ClosingRules, closingRules, ruleNames } from "./closing-rules.ts";
import { settingsBody, settingsChange } from "./contract.ts";

/** Settings of this installation. */
interface Settings extends Keeping, ClosingRules {
  /** Context fields that identify the person to ask. */
  boomerangEmailFields: string[];
  /** When only questions about CRITICAL alerts are sent automatically. */
  quietHours: QuietHours;
  /** How many days API tokens may live. */
  maxTokenDays: number | null;
  /** Everybody who signs in by password needs a second factor. */
  requireSecondFactor: boolean;
}

async function readSettings(db: Kysely<Tables>): Promise<Settings> {
  return {
    ...(await closingRules(db)),
    boomerangEmailFields: await emailFields(db),
    quietHours: await readQuietHours(db),
    maxTokenDays: await maxTokenDays(db),
    requireSecondFactor: await isFactorRequired(db),
    ...(await readKeeping(db)),
  };
}

const tags = ["Settings"];

/** Routes that read and change the settings of this installation. */
export function settingsRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/settings",
    {
      ...requires("Manage Settings"),
      schema: { tags, summary: "Read the settings", response: { 200: settingsBody } },
    },
    () => readSettings(db.kysely),
  );

  app.patch(
    "/api/v1/settings",
    {
      ...requires("Manage Settings", { audits: ["settings.changed"], fresh: changesSignIn }),
      schema: {
        tags,
        summary: "Change settings; absent ones stay as they are",
        body: settingsChange,
        response: { 200: settingsBody },
      },
    },
    async ({ body, principal }) => orRefuse(await changeSettings(db, body, principal)),
  );
}

const changesSignIn = (body: unknown) =>
  typeof body === "object" && body !== null && "requireSecondFactor" in body;

const keepingNames = ["keepAlertsDays", "keepSamplesDays", "keepAuditLogYears"] as const;

/** Absent settings stay as they are; null restores the default. */
interface SettingsChange extends Partial<Record<KeepingName, number | null | undefined>> {
  commentRequired?: boolean | undefined;
  dispositionRequired?: boolean | undefined;
  boomerangEmailFields?: string[] | null | undefined;
  quietHours?: QuietHours | null | undefined;
  maxTokenDays?: number | null | undefined;
  requireSecondFactor?: boolean | undefined;
}

/** Stores changed settings, which apply from the next change of an alert or request with a token on. */
function changeSettings(db: Database, change: SettingsChange, by: Principal): Promise<Settings | Refusal> {
  return transactionAs(db, by, "Manage Settings", async (tx) => {
    const before = await readSettings(tx);
    await store(tx, ruleNames.commentRequired, change.commentRequired);
    await store(tx, ruleNames.dispositionRequired, change.dispositionRequired);
    await store(tx, "boomerang_email_fields", change.boomerangEmailFields);
    await store(tx, quietHoursName, change.quietHours);
    await store(tx, "max_token_days", change.maxTokenDays);
    await store(tx, factorSetting, change.requireSecondFactor);
    for (const name of keepingNames) await store(tx, storedNames[name], change[name]);
    const after = await readSettings(tx);
    const changes = changesBetween({ ...before }, { ...after });
    await auditAndNotify(tx, by, { what: "settings", action: "settings.changed", target: null, changes });
    return after;
  });
}

async function store(tx: Transaction, name: string, value: unknown): Promise<void> {
  if (value === undefined) return;
  if (value === null) {
    await tx.deleteFrom("settings").where("name", "=", name).execute();
    return;
  }
  const row = { name, value: JSON.stringify(value) };
  await tx
    .insertInto("settings")
    .values(row)
    .onConflict((same) => same.column("name").doUpdateSet({ value: row.value }))
    .execute();
}
