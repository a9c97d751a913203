import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inflict } from "./inflict.ts";
import { type Kind, kinds } from "./kinds.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Does one fault after the other to Tocsins under load, each many times at random moments, and compares what was
 * acknowledged with what stands in Slack. A seed makes the moments the same again. With `--without-commit` the
 * same on a copy of the source whose commit is left out, which must lose some: else the runs would show nothing.
 */
const { values } = parseArgs({
  options: {
    fault: { type: "string", multiple: true },
    times: { type: "string", default: "100" },
    reports: { type: "string", default: "600" },
    channels: { type: "string", default: "20" },
    seconds: { type: "string", default: "60" },
    nodes: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    every: { type: "string" },
    "without-commit": { type: "boolean", default: false },
  },
});

const isKind = (name: string): name is Kind => name in kinds;
const asked = values.fault ?? Object.keys(kinds);
const unknown = asked.filter((name) => !isKind(name));
if (unknown.length > 0)
  throw new Error(`No fault is called ${unknown.join(", ")}. There are: ${Object.keys(kinds).join(", ")}.`);

function count(name: "times" | "reports" | "channels" | "seconds" | "nodes" | "seed" | "every"): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number above 0`);
  return number;
}

const plan = {
  times: count("times"),
  reports: count("reports"),
  channels: count("channels"),
  seconds: count("seconds"),
  nodes: count("nodes"),
  seed: count("seed"),
  every: values.every === undefined ? null : count("every"),
  withoutCommit: values["without-commit"],
};

const file = join(import.meta.dirname, "results.json");
for (const kind of asked.filter(isKind)) {
  const begun = performance.now();
  const found = await inflict(kind, plan);
  const told = { fault: kind, ...found, seconds: Math.round((performance.now() - begun) / 1000) };
  console.log(JSON.stringify(told));
  if (!isWell(found)) process.exitCode = 1;
  if (!plan.withoutCommit) await keep(told);
}

function isWell(found: Verdict): boolean {
  const { missing, outOfDate, unexplained, webhookMissing, webhookDoubled } = found;
  return [missing, outOfDate, unexplained.length, webhookMissing, webhookDoubled].every(
    (number) => number === 0,
  );
}

/** Beside what is kept of the other faults, and of the same one with other nodes. */
async function keep(told: object & { fault: Kind }): Promise<void> {
  const kept: Record<string, unknown> = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
  const { nodes, every, seed } = plan;
  kept[`${told.fault}, ${nodes} nodes${every === null ? "" : `, every ${every} s`}`] = {
    measured: new Date().toISOString(),
    seed,
    ...told,
  };
  await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
}
