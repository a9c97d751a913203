import type { Command } from "commander";
import { type Permission, permissions } from "../src/alert/permission.ts";
import { isRefusal, type Refusal } from "../src/alert/refusal.ts";
import { transaction } from "../src/db/transaction.ts";
import { commandLine } from "../src/people/principal.ts";
import { createToken } from "../src/people/tokens.ts";
import { withDatabase } from "./with-database.ts";

interface Flags {
  name: string;
  permissions: string;
}

/** `tocsin token create`: creates an API token that belongs to no user, and prints it. */
export function token(program: Command): void {
  program
    .command("token")
    .description("create API tokens in the database")
    .command("create")
    .requiredOption("--name <name>", "what the token is for")
    .requiredOption("--permissions <list>", `separated by commas, as "View Alerts,Manage Alerts", or "all"`)
    .action(async ({ name, permissions: list }: Flags) => {
      const permissions = readPermissions(list);
      if (isRefusal(permissions)) throw new Error(permissions.why);
      const options = { name, permissions, cidrs: [], expiresAt: null, now: new Date() };
      const made = await withDatabase((db) => transaction(db, (tx) => createToken(tx, commandLine, options)));
      if (isRefusal(made)) throw new Error(made.why);
      console.error(`The API token ${name}, which is not shown again:`);
      console.log(made.secret);
    });
}

/** Reads a comma-separated list of permissions in any case; `all` means every one. */
export function readPermissions(list: string): Permission[] | Refusal {
  if (same(list.trim(), "all")) return [...permissions];
  const wanted = list.split(",").map((word) => word.trim().replace(/\s+/g, " "));
  const unknown = wanted.filter((word) => !permissions.some((permission) => same(permission, word)));
  if (unknown.length === 0) {
    return permissions.filter((permission) => wanted.some((word) => same(permission, word)));
  }
  const why = `There is no permission "${unknown.join('", "')}". Use some of these: ${permissions.join(", ")}; or all.`;
  return { refused: "invalid", why };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
