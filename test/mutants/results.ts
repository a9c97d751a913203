import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { groups, type Mutant } from "./find-mutants.ts";

const resultSchema = z.object({
  key: z.string(),
  group: z.enum(groups),
  /** Of the file, without the mutant. */
  hash: z.string(),
  killedBy: z.string().nullable(),
  seconds: z.number(),
});
export type Result = z.output<typeof resultSchema>;

const survivorsSchema = z.array(z.object({ mutant: z.string(), why: z.string().min(20) }));

/** The results of a seed, which a later run goes on with. */
export async function openResults(file: string, { fresh }: { fresh: boolean }) {
  if (fresh) await rm(file, { force: true });
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.split("\n").filter(Boolean);
  const known = new Map(
    lines.map((line) => resultSchema.parse(JSON.parse(line))).map((one) => [one.key, one]),
  );
  await mkdir(dirname(file), { recursive: true });
  return {
    find: (key: string, hash: string) => (known.get(key)?.hash === hash ? known.get(key) : undefined),
    /** The tests that killed other mutants of a file, latest first. */
    killersOf: (file: string) =>
      [...known.values()]
        .flatMap(({ key, killedBy }) =>
          key.startsWith(`${file}: `) && killedBy ? [killedBy.split(" > ")[0] ?? ""] : [],
        )
        .reverse(),
    async add(result: Result) {
      known.delete(result.key);
      known.set(result.key, result);
      await appendFile(file, `${JSON.stringify(result)}\n`);
    },
  };
}

/** The survivors that are explained, by the key of the mutant. */
export async function readSurvivors(): Promise<Map<string, string>> {
  const listed = survivorsSchema.parse(JSON.parse(await readFile("test/mutants/survivors.json", "utf8")));
  return new Map(listed.map(({ mutant, why }) => [mutant, why]));
}

/** The table at the end of a run, and whether the run passes. */
export function judge(
  results: readonly Result[],
  explained: ReadonlyMap<string, string>,
): { text: string; passed: boolean } {
  const survived = results.filter(({ killedBy }) => killedBy === null);
  const unexplained = survived.filter(({ key }) => !explained.has(key));
  const killedNow = results.filter(({ key, killedBy }) => killedBy !== null && explained.has(key));
  const share = (results.length - survived.length) / Math.max(1, results.length);
  const row = (name: string, list: readonly Result[]) => {
    const killed = list.filter(({ killedBy }) => killedBy !== null).length;
    const seconds = list.reduce((sum, one) => sum + one.seconds, 0) / Math.max(1, list.length);
    return `${name.padEnd(12)} ${killed} of ${list.length} killed, ${seconds.toFixed(1)} s each`;
  };
  const text = [
    ...groups.map((group) =>
      row(
        group,
        results.filter((one) => one.group === group),
      ),
    ),
    row("all", results),
    ...unexplained.map(({ key }) => `survived: ${key}`),
    ...killedNow.map(({ key, killedBy }) => `listed as a survivor, but killed by ${killedBy}: ${key}`),
  ].join("\n");
  return { text, passed: share >= 0.95 && unexplained.length === 0 };
}

export function describe({ file, line, key }: Mutant): string {
  return `${file}:${line} ${key.slice(file.length + 2)}`;
}
