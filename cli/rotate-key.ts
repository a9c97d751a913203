import { type Command, Option } from "commander";
import { parseSecretKey } from "../src/config.ts";
import { commandLine } from "../src/people/principal.ts";
import { rotateKey as rotate } from "../src/secrets/rotate-key.ts";
import { withDatabase } from "./with-database.ts";

// Also from the environment, because every user of the machine can see a command's arguments.
const newKey = new Option(
  "--new-key <key>",
  "the new key, 32 bytes in base64 or hex; required if SECRET_KEY is set",
).env("NEW_SECRET_KEY");

/** `tocsin rotate-key`: encrypts all stored secrets with a new key. */
export function rotateKey(program: Command): void {
  program
    .command("rotate-key")
    .description("encrypt all stored secrets in the database with a new key")
    .addOption(newKey)
    .action(async (given: { newKey?: string }) => {
      const key = given.newKey === undefined ? undefined : parseSecretKey(given.newKey.trim());
      if (given.newKey !== undefined && !key)
        throw new Error("NEW_SECRET_KEY is not a valid key. Create one with `openssl rand -base64 32`.");
      const count = await withDatabase((db, settings) =>
        rotate(db, { settings, newKey: key, by: commandLine }),
      );
      const todo = key
        ? "Set SECRET_KEY to the new key on every node, and restart them now"
        : "Restart Tocsin now if it runs";
      console.log(
        `${count} secrets are encrypted with the new key. ${todo}, because the old key no longer works.`,
      );
    });
}
