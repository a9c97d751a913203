import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { parseArgs } from "node:util";
import { chooseMutants, everyMutant } from "./choose-mutants.ts";
import type { Mutant } from "./find-mutants.ts";
import { describe, judge, openResults, type Result, readSurvivors } from "./results.ts";
import { openTestMap } from "./tests-for.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

const { values } = parseArgs({
  options: {
    /** Decides which mutants are chosen. */
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "160" },
    /** Chooses among the mutants whose names match this regular expression. */
    only: { type: "string", default: "" },
    /** Tries survivors of an earlier run again. */
    again: { type: "boolean", default: false },
    /** Forgets the results of earlier runs with this seed. */
    fresh: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

setPriority(15);
const all = await everyMutant();
const pattern = new RegExp(values.only);
const candidates = all.filter(({ key }) => pattern.test(key));
const chosen = chooseMutants(candidates, { seed: values.seed, count: Number(values.count) });
console.log(`${chosen.length} of ${all.length} mutants, seed ${values.seed}`);
const results = await openResults(`.mutants/${values.seed}.jsonl`, { fresh: values.fresh });
const explained = await readSurvivors();
const testsFor = await openTestMap();

if (values.list) for (const mutant of chosen) console.log(describe(mutant));
else await runAll();

async function runAll(): Promise<void> {
  const workshop = await openWorkshop();
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  process.once("SIGTERM", () => stopped.abort());
  const tested: Result[] = [];
  const find = findKiller(workshop);
  for (const mutant of chosen) {
    if (stopped.signal.aborted) break;
    const hash = createHash("sha256")
      .update(await readFile(mutant.file, "utf8"))
      .digest("hex")
      .slice(0, 16);
    const known = results.find(mutant.key, hash);
    if (known && (known.killedBy !== null || !values.again)) {
      tested.push(known);
      continue;
    }
    const started = Date.now();
    const killedBy = await find(mutant, [
      ...new Set([...results.killersOf(mutant.file), ...testsFor(mutant.file)]),
    ]);
    if (stopped.signal.aborted) break;
    const seconds = Math.round((Date.now() - started) / 100) / 10;
    const result = { key: mutant.key, group: mutant.group, hash, killedBy, seconds };
    tested.push(result);
    await results.add(result);
    const outcome = killedBy
      ? `killed by ${killedBy}`
      : explained.has(mutant.key)
        ? "survived, explained"
        : "SURVIVED";
    console.log(`${tested.length}. ${mutant.group} ${describe(mutant)}\n   ${outcome} (${seconds} s)`);
  }
  await workshop.close();
  const { text, passed } = judge(tested, explained);
  console.log(`\n${text}`);
  process.exitCode = passed ? 0 : 1;
}

/**
 * Finds the first test that fails with a mutant. A test that also fails without it counts for nothing from then on, and
 * a story has to fail twice: on a busy machine it may fail by chance.
 */
function findKiller(workshop: Workshop) {
  const sound = new Set<string>();
  const broken = new Set<string>();
  return async (mutant: Mutant, tests: string[]): Promise<string | null> => {
    const passed = new Set<string>();
    for (;;) {
      const usable = tests.filter((test) => test && !broken.has(test) && !passed.has(test));
      const failure = usable.length > 0 ? await workshop.run(mutant, usable) : null;
      if (!failure) return null;
      const { test, name } = failure;
      if (!test) return name;
      if (!sound.has(test)) {
        const without = await workshop.run(null, [test]);
        if (without) console.log(`   ${test} fails without a mutant: ${without.name}: ${without.why}`);
        (without ? broken : sound).add(test);
      }
      if (broken.has(test)) continue;
      const isStory = test.startsWith("test/stories/");
      if (!isStory || (await workshop.run(mutant, [test]))) return `${test} > ${name}`;
      console.log(`   ${test} failed by chance: ${name}: ${failure.why}`);
      passed.add(test);
    }
  };
}
