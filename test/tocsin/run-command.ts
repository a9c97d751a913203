import { Command } from "commander";
import { vi } from "vitest";

/** What a command printed, and the exit code that it set. */
interface Ran {
  stdout: string;
  stderr: string;
  exitCode: typeof process.exitCode;
}

/**
 * Runs a command of the command line in this process, since a new one takes a second to start. Settings in `env` add
 * to the environment. Throws what the command throws, which `cli/main.ts` prints.
 */
export async function runCommand(
  addCommand: (program: Command) => void,
  { args, env }: { args: string[]; env: Record<string, string> },
): Promise<Ran> {
  const ran: Ran = { stdout: "", stderr: "", exitCode: undefined };
  const spies = [
    vi.spyOn(console, "log").mockImplementation((line: string) => {
      ran.stdout += `${line}\n`;
    }),
    vi.spyOn(console, "error").mockImplementation((line: string) => {
      ran.stderr += `${line}\n`;
    }),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      ran.stdout += String(text);
      return true;
    }),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const program = new Command("tocsin").exitOverride();
    addCommand(program);
    await program.parseAsync(args, { from: "user" });
    return { ...ran, exitCode: process.exitCode };
  } finally {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
