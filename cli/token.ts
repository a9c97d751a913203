import type { Command } from "commander";
import { type Permission, permissions } from "../src/alert/permission.ts";
import { isRefusal, type Refusal } from "../src/alert/refusal.ts";
import { transaction } from "../src/db/transaction.ts";
import { commandLine } from "../src/people/principal.ts";
import { createToken } from "../src/people/tokens.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  name: string;
  permissions: string;
}

/** `tocsin token create`: makes an API token, which belongs to nobody and keeps what it was given, and prints it. */
export function token(program: Command): void {
  program
    .command("token")
    .description("make API tokens, on the database itself")
    .command("create")
    .requiredOption("--name <name>", "what it is for")
    .requiredOption("--permissions <list>", `with commas, as "View Alerts,Manage Alerts", or "all"`)
    .action(async ({ name, permissions: list }: Options) => {
      const permissions = readPermissions(list);
      if (isRefusal(permissions)) throw new Error(permissions.why);
      const wish = { name, permissions, cidrs: [], expiresAt: null, now: new Date() };
      const made = await withDatabase((db) => transaction(db, (tx) => createToken(tx, commandLine, wish)));
      if (isRefusal(made)) throw new Error(made.why);
      console.error(`The API token ${name}, shown only now:`);
      console.log(made.secret);
    });
}

/** The permissions in a list with commas, in whatever case; `all` is every one. */
export function readPermissions(list: string): Permission[] | Refusal {
  if (same(list.trim(), "all")) return [...permissions];
  const wanted = list.split(",").map((word) => word.trim().replace(/\s+/g, " "));
  const unknown = wanted.filter((word) => !permissions.some((permission) => same(permission, word)));
  if (unknown.length === 0) {
    return permissions.filter((permission) => wanted.some((word) => same(permission, word)));
  }
  const why = `There is no permission "${unknown.join('", "')}". There are: ${permissions.join(", ")}; or all.`;
  return { refused: "invalid", why };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
