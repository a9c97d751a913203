import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { missingScopes, type WithheldScope, withheldScopes } from "../../slack/scopes.ts";
import { installationState } from "../../setup/installations/installation-state.ts";
import type { SetupState } from "../../setup/needs-attention.ts";
import type { SecretName } from "../../setup/slack-app/required-secrets.ts";

/** The Slack app as it may be shown: of its secrets only whether they are set. */
export interface SlackApp {
  /** Null before set-up. */
  mode: "http" | "socket" | null;
  threadMirror: boolean;
  secretsSet: Record<SecretName, boolean>;
  installations: Installation[];
}

export interface Installation {
  id: string;
  team: { id: string; name: string } | null;
  enterprise: { id: string; name: string } | null;
  botUserId: string;
  /** Whether its e-mails say who acts. */
  trusted: boolean;
  grantedScopes: string[];
  missingScopes: string[];
  /** Optional ones too, with what each costs. */
  withheldScopes: WithheldScope[];
  state: SetupState;
}

export async function readSlackApp(db: Kysely<Tables>): Promise<SlackApp> {
  const app = await db.selectFrom("slack_app").selectAll().executeTakeFirst();
  const rows = await db.selectFrom("installations").selectAll().orderBy("id").execute();
  const threadMirror = app?.thread_mirror ?? false;
  return {
    mode: app?.mode ?? null,
    threadMirror,
    secretsSet: {
      botToken: rows.length > 0,
      clientId: Boolean(app?.client_id),
      clientSecret: Boolean(app?.client_secret),
      signingSecret: Boolean(app?.signing_secret),
      appToken: Boolean(app?.app_token),
    },
    installations: rows.map((row) => {
      const mirror = threadMirror ? "with-mirror" : "without-mirror";
      const missing = missingScopes(row.scopes, mirror);
      return {
        id: row.id,
        team: named(row.team_id, row.team_name),
        enterprise: named(row.enterprise_id, row.enterprise_name),
        botUserId: row.bot_user_id,
        trusted: row.trusted,
        grantedScopes: row.scopes,
        missingScopes: missing,
        withheldScopes: withheldScopes(row.scopes, mirror),
        state: installationState({ fault: row.fault, missing }),
      };
    }),
  };
}

/** Slack doesn't name the organisation of a workspace. */
function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id };
}
