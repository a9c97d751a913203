import { readScopes } from "../conversations/info.ts";
import { listing, listingArgs } from "../conversations/listing.ts";
import { method } from "../method.ts";

export const conversations = method({
  name: "users.conversations",
  tier: "t3",
  scopes: readScopes,
  args: listingArgs,
  errors: ["invalid_cursor", "invalid_limit", "invalid_types", "missing_scope"],
  run: ({ workspace, bot }, args) =>
    listing({ workspace, bot }, { ...args, belongs: ({ members }) => members.has(bot.botUserId) }),
});
