import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const module = join(import.meta.dirname, "run-child.ts");

test.each(["SIGKILL", "SIGTERM"] as const)(
  "a run that gets %s leaves none of its processes behind",
  async (signal) => {
    const script = `const { runChild } = await import(${JSON.stringify(module)});
    console.log(runChild("sleep", ["600"], { stdio: "ignore" }).pid);
    setInterval(() => {}, 1000);`;
    const run = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    const [printed] = await once(run.stdout, "data");
    const pid = Number(printed);
    await expect.poll(() => nameOf(pid)).toBe("sleep");
    run.kill(signal);
    await expect.poll(() => nameOf(pid)).toBe(null);
  },
);

/** The name of a running process; null once it has ended, also if nobody has asked for its exit code yet. */
async function nameOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [, name, state] = /^\d+ \((.*)\) (\w)/.exec(stat) ?? [];
  return state === "Z" ? null : (name ?? null);
}
