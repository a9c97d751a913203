import type { Command } from "commander";
import { readConfig } from "../../src/config.ts";

const marks = { ok: "ok  ", note: "note", broken: "FAIL" };

/** `tocsin doctor`: checks everything that Tocsin needs to run, and prints what to do about what is broken. */
export function doctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "check settings, identity provider, database, secret key and Slack, and print what is broken",
    )
    .action(async () => {
      const config = readConfig(process.env);
      // Imported here, because the Slack client takes long to load and other commands don't need it.
      const { runChecks } = await import("./checks.ts");
      const findings = await runChecks(config);
      for (const { kind, text } of findings) console.log(`${marks[kind]}  ${text}`);
      if (findings.some(({ kind }) => kind === "broken")) process.exitCode = 1;
    });
}
