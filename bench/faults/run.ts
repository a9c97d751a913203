import { parseArgs } from "node:util";
import { inflict } from "./inflict.ts";
import { type Kind, kinds } from "./kinds.ts";

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
    "without-commit": { type: "boolean", default: false },
  },
});

const isKind = (name: string): name is Kind => name in kinds;
const asked = values.fault ?? Object.keys(kinds);
const unknown = asked.filter((name) => !isKind(name));
if (unknown.length > 0)
  throw new Error(`No fault is called ${unknown.join(", ")}. There are: ${Object.keys(kinds).join(", ")}.`);

function count(name: "times" | "reports" | "channels" | "seconds" | "nodes" | "seed"): number {
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
  withoutCommit: values["without-commit"],
};

for (const kind of asked.filter(isKind)) {
  const found = await inflict(kind, plan);
  console.log(JSON.stringify({ fault: kind, ...found }));
  if (found.missing > 0 || found.outOfDate > 0 || found.unexplained.length > 0) process.exitCode = 1;
}
