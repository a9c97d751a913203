import { z } from "zod";

/** The workspace or organisation whose installation a request belongs to. `teamId` may be null for an organisation. */
export interface Origin {
  teamId: string | null;
  enterpriseId: string | null;
  orgInstall: boolean;
}

/** The person who clicked. In a shared channel, `userTeamId` may differ from `teamId`. */
export interface Clicker extends Origin {
  userId: string;
  userTeamId: string | null;
}

const id = z.string().min(1);

/** Person and workspace, as in every interaction. An organisation's installation sends `"team": null`. */
export const clickerShape = z.object({
  user: z.object({ id, team_id: id.nullish() }),
  team: z.object({ id: id.nullish(), enterprise_id: id.nullish() }).nullish(),
  enterprise: z.object({ id: id.nullish() }).nullish(),
  is_enterprise_install: z.union([z.boolean(), z.stringbool()]).nullish(),
  view: z.object({ app_installed_team_id: id.nullish() }).nullish(),
});

/**
 * In a dialog, `team` is the person's and the view names the installation's workspace. On a message they are the same,
 * or `team` is null and only the person's team is known.
 */
export function readClicker(from: z.output<typeof clickerShape>): Clicker {
  const { user, team, enterprise, view } = from;
  return {
    userId: user.id,
    userTeamId: user.team_id ?? null,
    teamId: view?.app_installed_team_id ?? team?.id ?? user.team_id ?? null,
    enterpriseId: enterprise?.id ?? team?.enterprise_id ?? null,
    orgInstall: from.is_enterprise_install ?? false,
  };
}

const authorization = z.object({
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

export const eventOriginShape = z.object({
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  authorizations: z.array(authorization).nullish(),
});

/** In a shared channel, the top-level ids are the author's; `authorizations` names our installation. */
export function readEventOrigin(from: z.output<typeof eventOriginShape>): Origin {
  const ours = from.authorizations?.[0];
  return {
    teamId: ours?.team_id ?? from.team_id ?? null,
    enterpriseId: ours ? (ours.enterprise_id ?? null) : (from.enterprise_id ?? null),
    orgInstall: ours?.is_enterprise_install ?? false,
  };
}

/** Parses JSON; undefined if the text is not JSON. Characters that PostgreSQL can't store become U+FFFD. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(unstorable, (found, bad?: string) => (bad ? "\\ufffd" : found)));
  } catch {
    return undefined;
  }
}

/** Matches escaped NULs and lone surrogates in group 1; the other alternatives are escapes that stay. */
const unstorable =
  /\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{2})/g;
