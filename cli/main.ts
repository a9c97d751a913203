import { readFile } from "node:fs/promises";
import { Command } from "commander";

const commands = new Map<string, () => Promise<(program: Command) => void>>([
  ["serve", async () => (await import("./serve.ts")).serve],
  ["demo", async () => (await import("./demo.ts")).demo],
  ["simulator", async () => (await import("./simulator.ts")).simulator],
  ["send", async () => (await import("./send.ts")).send],
  ["manifest", async () => (await import("./manifest.ts")).manifest],
  ["export", async () => (await import("./export.ts")).exportConfiguration],
  ["apply", async () => (await import("./apply.ts")).apply],
  ["migrate", async () => (await import("./migrate.ts")).migrate],
  ["user", async () => (await import("./user.ts")).user],
  ["token", async () => (await import("./token.ts")).token],
  ["rotate-key", async () => (await import("./rotate-key.ts")).rotateKey],
  ["audit", async () => (await import("./audit.ts")).audit],
  ["doctor", async () => (await import("./doctor/doctor.ts")).doctor],
]);
// Loading all commands takes most of a second; help and mistyped names need them all.
const asked = commands.get(process.argv[2] ?? "");

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const program = new Command("tocsin").description("An alert desk for security teams.").version(version);
for (const load of asked ? [asked] : commands.values()) (await load())(program);

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
