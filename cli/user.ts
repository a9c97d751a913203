import type { Command } from "commander";
import type { z } from "zod";
import { isRefusal } from "../src/alert/refusal.ts";
import { transaction } from "../src/db/transaction.ts";
import { createUser } from "../src/people/change-user.ts";
import { newUser } from "../src/people/contract.ts";
import { makeLink } from "../src/people/make-link.ts";
import { commandLine } from "../src/people/principal.ts";
import { withDatabase } from "./with-database.ts";

/** `tocsin user create`: creates a user and prints the link with which they set their password. */
export function user(program: Command): void {
  program
    .command("user")
    .description("create users in the database")
    .command("create")
    .requiredOption("--email <address>", "their email for signing in, the same as in Slack")
    .requiredOption("--name <name>", "the name that others see")
    .requiredOption("--role <role>", "Admin, Analyst, AnalystReadOnly, or a role of your own")
    .action(async (options: unknown) => {
      const wanted = readOptions(newUser, options);
      const link = await withDatabase((db, { publicUrl }) =>
        transaction(db, async (tx) => {
          const created = await createUser(tx, commandLine, wanted);
          return isRefusal(created) ? created : makeLink(tx, created.id, { publicUrl, now: new Date() });
        }),
      );
      if (isRefusal(link)) throw new Error(link.why);
      console.error(`${wanted.name} can set a password with this link once within 24 hours:`);
      console.log(link);
    });
}

/** Reads a command's options with the API's schema. Throws one message for each invalid option. */
export function readOptions<T extends z.ZodType>(schema: T, options: unknown): z.output<T> {
  const read = schema.safeParse(options);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`);
  throw new Error(wrong.join("\n"));
}
