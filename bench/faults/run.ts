import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inflict } from "./inflict.ts";
import { type Kind, kinds } from "./kinds.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Inflicts one fault after the other on nodes under load, many times at random moments that `--seed` reproduces, and
 * compares the acknowledged reports with Slack. With `--proxied` a load balancer stands before the nodes and PgBouncer
 * before the database. With `--from` the nodes run the Tocsin in that folder until they are upgraded. With `--without-commit` the nodes roll back instead of committing, which proves that a run finds
 * missing reports.
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
    proxied: { type: "boolean", default: false },
    from: { type: "string" },
    "without-commit": { type: "boolean", default: false },
  },
});

const upgrades: Kind = "node-upgraded";
if (values.fault?.includes(upgrades) && !values.from)
  throw new Error(`${upgrades} needs --from FOLDER: a checkout of an earlier Tocsin, after \`npm ci\`.`);

const isKind = (name: string): name is Kind => name in kinds;
const asked = values.fault ?? Object.keys(kinds).filter((name) => name !== upgrades);
const unknown = asked.filter((name) => !isKind(name));
if (unknown.length > 0)
  throw new Error(
    `No fault is called ${unknown.join(", ")}. Use some of these: ${Object.keys(kinds).join(", ")}.`,
  );

function count(name: "times" | "reports" | "channels" | "seconds" | "nodes" | "seed" | "every"): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be a whole number above 0.`);
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
  proxied: values.proxied,
  withoutCommit: values["without-commit"],
  from: values.from === undefined ? null : resolve(values.from),
};

const file = join(import.meta.dirname, "results.json");
for (const kind of asked.filter(isKind)) {
  const begun = performance.now();
  const verdict = await inflict(kind, plan);
  const result = { fault: kind, ...verdict, seconds: Math.round((performance.now() - begun) / 1000) };
  console.log(JSON.stringify(result));
  if (!isFaultless(verdict)) process.exitCode = 1;
  if (!plan.withoutCommit) await save(result);
}

function isFaultless(verdict: Verdict): boolean {
  const { missing, outOfDate, unexplained, webhookMissing, webhookDoubled } = verdict;
  const others = [verdict.questions, verdict.replies, verdict.digests].flatMap((tally) => [
    tally.missing,
    tally.unexplained.length,
  ]);
  return [missing, outOfDate, unexplained.length, webhookMissing, webhookDoubled, ...others].every(
    (number) => number === 0,
  );
}

/** Saves the result beside those of other faults, and of the same fault with another number of nodes. */
async function save(result: object & { fault: Kind }): Promise<void> {
  const saved: Record<string, unknown> = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
  const { nodes, every, seed, proxied } = plan;
  const more = `${every === null ? "" : `, every ${every} s`}${proxied ? ", proxied" : ""}`;
  saved[`${result.fault}, ${nodes} nodes${more}`] = {
    measured: new Date().toISOString(),
    seed,
    ...result,
  };
  await writeFile(file, `${JSON.stringify(saved, null, 2)}\n`);
}
