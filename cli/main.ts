import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { migrate } from "./migrate.ts";
import { serve } from "./serve.ts";

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const program = new Command("tocsin").description("An alert desk for security teams.").version(version);
for (const addVerb of [serve, migrate]) addVerb(program);

try {
  await program.parseAsync();
} catch (fault) {
  console.error(`tocsin: ${withCauses(fault)}`);
  process.exitCode = 1;
}

function withCauses(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const reason = fault.cause ? withCauses(fault.cause) : "";
  return fault.message.includes(reason) ? fault.message : `${fault.message}\n  because: ${reason}`;
}
