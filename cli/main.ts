import { Command } from "commander";
import { version } from "./version.ts";

const commands = new Map<string, () => Promise<(program: Command) => void>>([
  ["serve", async () => (await import("./serve.ts")).serve],
  ["demo", async () => (await import("./demo.ts")).demo],
  ["simulator", async () => (await import("./simulator.ts")).simulator],
  ["send", async () => (await import("./send.ts")).send],
  ["manifest", async () => (await import("./manifest.ts")).manifest],
  ["export", async () => (await import("./export.ts")).exportConfiguration],
  ["apply", async () => (await import("./apply.ts")).apply],
  ["migrate", async () => (await import("./database/migrate.ts")).migrate],
  ["user", async () => (await import("./user.ts")).user],
  ["token", async () => (await import("./token.ts")).token],
  ["rotate-key", async () => (await import("./rotate-key.ts")).rotateKey],
  ["backup", async () => (await import("./database/backup.ts")).backup],
  ["restore", async () => (await import("./database/restore.ts")).restore],
  ["upgrade-database", async () => (await import("./database/upgrade-database.ts")).upgradeDatabase],
  ["take-over", async () => (await import("./database/take-over.ts")).takeOver],
  ["audit", async () => (await import("./audit.ts")).audit],
  ["doctor", async () => (await import("./doctor/doctor.ts")).doctor],
]);
// Loading all commands takes most of a second; help and mistyped names need them all.
const asked = commands.get(process.argv[2] ?? "");

const program = new Command("tocsin")
  .description("An alert desk for security teams.")
  .version(await version());
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
