import { z } from "zod";
import type { Clicker, Origin } from "./slack-request.ts";

const id = z.string().min(1);

/** Who and whose, as every interaction says it. An organisation's installation sends `"team": null`. */
export const clickerShape = z.object({
  user: z.object({ id, team_id: id.nullish() }),
  team: z.object({ id: id.nullish(), enterprise_id: id.nullish() }).nullish(),
  enterprise: z.object({ id: id.nullish() }).nullish(),
  is_enterprise_install: z.union([z.boolean(), z.stringbool()]).nullish(),
  view: z.object({ app_installed_team_id: id.nullish() }).nullish(),
});

/**
 * In a dialog `team` is the clicker's, and where the app is installed stands in the view; on a message
 * they are the same, or `team` is null and only the person tells the workspace.
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

/** In a shared channel the top-level ids are those of whoever wrote; the authorization is ours. */
export function readEventOrigin(from: z.output<typeof eventOriginShape>): Origin {
  const ours = from.authorizations?.[0];
  return {
    teamId: ours?.team_id ?? from.team_id ?? null,
    enterpriseId: ours ? (ours.enterprise_id ?? null) : (from.enterprise_id ?? null),
    orgInstall: ours?.is_enterprise_install ?? false,
  };
}
