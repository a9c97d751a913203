import { z } from "zod";
import { method } from "../method.ts";

/** There are no user groups here, so the list is empty. */
export const usergroupsList = method({
  name: "usergroups.list",
  tier: "t2",
  scopes: ["usergroups:read"],
  args: z.object({ team_id: z.string().optional() }),
  errors: ["invalid_team", "missing_argument"],
  lacksTeam: "missing_argument",
  unknownTeam: "invalid_team",
  run: () => ({ ok: true, usergroups: [] }),
});
