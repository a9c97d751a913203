import { type Command, Option } from "commander";
import { parseSecretKey } from "../src/config.ts";
import { commandLine } from "../src/people/principal.ts";
import { rotateKey as rotate } from "../src/secrets/rotate-key.ts";
import { withDatabase } from "./with-database.ts";

// By the environment, since a command's arguments can be seen by everybody on the machine.
const newKey = new Option("--new-key <key>", "32 bytes in base64 or hex, where SECRET_KEY is set").env(
  "NEW_SECRET_KEY",
);

/** `tocsin rotate-key`: encrypts all stored secrets under a new key. */
export function rotateKey(program: Command): void {
  program
    .command("rotate-key")
    .description("encrypt all stored secrets under a new key, on the database itself")
    .addOption(newKey)
    .action(async (given: { newKey?: string }) => {
      const key = given.newKey === undefined ? undefined : parseSecretKey(given.newKey.trim());
      if (given.newKey !== undefined && !key)
        throw new Error("NEW_SECRET_KEY is no key: make one with `openssl rand -base64 32`.");
      const count = await withDatabase((db, settings) =>
        rotate(db, { settings, newKey: key, by: commandLine }),
      );
      const todo = key
        ? "Set SECRET_KEY to the new key on every node, and restart them now"
        : "Restart Tocsin now if it runs";
      console.log(
        `${count} secrets are encrypted under the new key. ${todo}: the old key opens nothing any more.`,
      );
    });
}
