import type { Command } from "commander";
import { readConfig } from "../src/config.ts";

const marks = { well: "ok  ", note: "note", broken: "BAD " };

/** `tocsin doctor`: looks at all that a running Tocsin stands on, and says what to do about what is broken. */
export function doctor(program: Command): void {
  program
    .command("doctor")
    .description("look at settings, database, key and Slack, and say what is broken")
    .action(async () => {
      const config = readConfig(process.env);
      // Only this verb asks Slack, and reading how takes its time.
      const { examine } = await import("./checks.ts");
      const findings = await examine(config);
      for (const { kind, what } of findings) console.log(`${marks[kind]}  ${what}`);
      if (findings.some(({ kind }) => kind === "broken")) process.exitCode = 1;
    });
}
