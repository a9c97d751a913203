import { z } from "zod";
import { refuse } from "../answer.ts";
import { flag, pageLimit } from "../argument.ts";
import { method } from "../method.ts";
import { pageOf } from "../paging.ts";
import { iconWire } from "../wire/icon-wire.ts";

const icon = { ...iconWire([34, 44, 68, 88, 102, 132]), image_default: true };

export const authTeamsList = method({
  name: "auth.teams.list",
  tier: "t2",
  scopes: [],
  args: z.object({ cursor: z.string().optional(), limit: pageLimit, include_icon: flag.optional() }),
  errors: ["invalid_cursor", "invalid_limit"],
  run({ workspace, bot: { place } }, args) {
    const ids = place.kind === "workspace" ? [place.teamId] : [...place.teams];
    const teams = ids.flatMap((id) => workspace.world.workspaces.get(id)?.team ?? []);
    const page = pageOf(teams, args);
    if (!page.ok) return refuse(page.error);
    return {
      ok: true,
      teams: page.page.map(({ id, name }) => ({ id, name, ...(args.include_icon && { icon }) })),
      response_metadata: page.response_metadata,
    };
  },
});
