import { type Launcher, readOutput } from "./native.ts";

/** Runs one of PostgreSQL's programs to its end. Throws the reason if it fails. */
export async function runProgram(
  launcher: Launcher,
  program: "initdb" | "postgres",
  args: string[],
  input = "",
): Promise<void> {
  const child = launcher.launch(program, args);
  let failed = false;
  const output = readOutput(child, (line) => {
    failed ||= / ?ERROR: /.test(line);
  });
  // A program that ends before it has read its input breaks the pipe; its exit code says more.
  child.stdin?.on("error", () => {}).end(input);
  // PostgreSQL's single-user mode ends with 0 after a statement that failed.
  if ((await output.ended) !== 0 || failed)
    throw new Error(`PostgreSQL's ${program} failed: ${output.reason()}`);
}

/** Runs statements, each on one line, as superuser on a database that is not running. */
export function runSingle(
  launcher: Launcher,
  {
    cluster,
    database,
    statements,
    settings = [],
  }: {
    cluster: string;
    database: string;
    statements: string[];
    settings?: string[];
  },
): Promise<void> {
  const args = ["--single", "-D", cluster, ...settings, database];
  return runProgram(launcher, "postgres", args, `${statements.join("\n")}\n`);
}
