import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { manifest } from "./manifest.ts";
import { migrate } from "./migrate.ts";
import { rotateKey } from "./rotate-key.ts";
import { send } from "./send.ts";
import { serve } from "./serve.ts";
import { simulator } from "./simulator.ts";
import { token } from "./token.ts";
import { user } from "./user.ts";

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const program = new Command("tocsin").description("An alert desk for security teams.").version(version);
for (const addCommand of [serve, demo, simulator, send, manifest, migrate, user, token, rotateKey, doctor])
  addCommand(program);

try {
  await program.parseAsync();
} catch (fault) {
  console.error(`tocsin: ${withCauses(fault)}`);
  // A failed command may have left a database open, which would keep the process running.
  process.exit(1);
}

function withCauses(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const reason = fault.cause ? withCauses(fault.cause) : "";
  return fault.message.includes(reason) ? fault.message : `${fault.message}\n  because: ${reason}`;
}
