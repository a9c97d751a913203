import { z } from "zod";
import { method } from "../method.ts";

export const teamInfo = method({
  name: "team.info",
  tier: "t3",
  scopes: ["team:read"],
  args: z.object({}),
  errors: [],
  run: ({ workspace: { team } }) => ({
    ok: true,
    team: {
      id: team.id,
      name: team.name,
      domain: team.domain,
      url: `https://${team.domain}.slack.com/`,
      email_domain: `${team.domain}.example`,
      icon: { image_default: true },
    },
  }),
});
