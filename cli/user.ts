import type { Command } from "commander";
import { z } from "zod";
import { isRefusal, type Refusal } from "../src/alert/refusal.ts";
import { transaction } from "../src/db/transaction.ts";
import { createUser } from "../src/people/change-user.ts";
import { newUser } from "../src/people/contract.ts";
import { removeFactors } from "../src/people/factors/remove-factors.ts";
import { makeLink } from "../src/people/make-link.ts";
import { commandLine } from "../src/people/principal.ts";
import { withDatabase } from "./with-database.ts";

/** `tocsin user`: works on the users in the database. */
export function user(program: Command): void {
  const users = program
    .command("user")
    .description("create users in the database, and remove second factors that were lost");
  createCommand(users);
  resetFactorsCommand(users);
}

/** `tocsin user reset-factors`: for the last admin, whom nobody else can help. */
function resetFactorsCommand(users: Command): void {
  users
    .command("reset-factors")
    .description("remove all second factors of a user and end their sessions")
    .requiredOption("--email <address>", "the email with which they sign in")
    .action(async (options: unknown) => {
      const { email } = readOptions(z.object({ email: newUser.shape.email }), options);
      const refused = await withDatabase((db) =>
        transaction(db, async (tx): Promise<Refusal | null> => {
          const found = await tx
            .selectFrom("users")
            .select("id")
            .where((is) => is(is.fn("lower", ["email"]), "=", email.toLowerCase()))
            .executeTakeFirst();
          if (!found) return { refused: "not_found", why: `There is no user with the email ${email}.` };
          return removeFactors(tx, commandLine, { userId: found.id, now: new Date() });
        }),
      );
      if (refused) throw new Error(refused.why);
      console.error(`${email} has no second factors any more, and signs in by password alone.`);
    });
}

/** `tocsin user create`: creates a user and prints the link with which they set their password. */
function createCommand(users: Command): void {
  users
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
