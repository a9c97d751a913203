import { method } from "../method.ts";
import { readScopes } from "./info.ts";
import { listing, listingArgs } from "./listing.ts";

export const list = method({
  name: "conversations.list",
  tier: "t2",
  scopes: readScopes,
  args: listingArgs,
  errors: ["invalid_cursor", "invalid_limit", "invalid_types", "missing_argument", "missing_scope"],
  lacksTeam: "missing_argument",
  run: ({ workspace, bot }, args) =>
    listing(
      { workspace, bot },
      {
        ...args,
        belongs: ({ kind, members }) => kind === "public" || members.has(bot.botUserId),
      },
    ),
});
