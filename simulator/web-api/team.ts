import { z } from "zod";
import type { Workspace } from "../workspace/workspace.ts";
import { refuse } from "./answer.ts";
import type { Caller } from "./caller.ts";
import { method } from "./method.ts";
import { iconWire } from "./wire/user-wire.ts";

const args = z.object({ team: z.string().optional(), domain: z.string().optional() });

/** The workspace to describe: the caller's own by default; an organisation's token must name one. */
function findTeam({ workspace, bot }: Caller, { team, domain }: z.output<typeof args>) {
  const { world, enterprise } = workspace;
  const all = [...world.workspaces.values()];
  if (domain && !enterprise) return refuse("team_not_on_enterprise");
  const hasAccess = ({ team: { id } }: Workspace) =>
    bot.target.kind === "workspace" ? id === bot.target.teamId : bot.target.teams.has(id);
  if (!team && !domain) return bot.target.kind === "workspace" ? workspace : refuse("team_not_found");
  const named = all.find((one) => (team ? one.team.id === team : one.team.domain === domain));
  return named && hasAccess(named) ? named : refuse("team_not_found");
}

export const teamInfo = method({
  name: "team.info",
  tier: "t3",
  scopes: ["team:read"],
  args,
  errors: ["team_not_found", "team_not_on_enterprise"],
  run(caller, given) {
    const found = findTeam(caller, given);
    if ("ok" in found) return found;
    const { team, enterprise } = found;
    return {
      ok: true,
      team: {
        id: team.id,
        name: team.name,
        domain: team.domain,
        url: `https://${team.domain}.slack.com/`,
        email_domain: `${team.domain}.example`,
        icon: { ...iconWire([34, 44, 68, 88, 102, 132]), image_default: true },
        ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
      },
    };
  },
});
