import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type Figure, median } from "./figure.ts";
import { accept } from "./scenarios/accept.ts";
import { acceptHttp } from "./scenarios/accept-http.ts";
import { burst } from "./scenarios/burst.ts";
import { failover } from "./scenarios/failover.ts";
import { firstLoad } from "./scenarios/first-load.ts";
import { interaction } from "./scenarios/interaction.ts";
import { latency } from "./scenarios/latency.ts";
import { resolved } from "./scenarios/resolved.ts";
import { simulator } from "./scenarios/simulator.ts";
import { start } from "./scenarios/start.ts";
import { stored } from "./scenarios/stored.ts";
import { storm } from "./scenarios/storm.ts";

/** `node bench/run.ts [scenario…]`: measures the scenarios, prints the figures and saves them in bench/results.json. */
const scenarios = {
  accept,
  "accept-http": acceptHttp,
  latency,
  interaction,
  burst,
  storm,
  resolved,
  failover,
  start,
  console: firstLoad,
  stored,
  simulator,
};
type Name = keyof typeof scenarios;

const asked = process.argv.slice(2);
const names = Object.keys(scenarios).filter(
  (name): name is Name => asked.length === 0 || asked.includes(name),
);
if (names.length === 0)
  throw new Error(
    `No scenario is called ${asked.join(", ")}. Use some of these: ${Object.keys(scenarios).join(", ")}.`,
  );

const file = join(import.meta.dirname, "results.json");
const results: Record<string, unknown> = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
for (const name of names) {
  const figures = await scenarios[name]();
  for (const figure of figures) console.log(figureText(figure));
  results[name] = { measured: new Date().toISOString(), ...machine(), figures: figures.map(summary) };
}
await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);

function figureText({ name, unit, values, goal, met }: Figure): string {
  const verdict = goal ? `  (${goal}: ${met ? "reached" : "missed"})` : "";
  return `${name}: ${median(values).toFixed(2)} ${unit}, ${spread(values)}${verdict}`;
}

function summary({ values, ...figure }: Figure) {
  return {
    ...figure,
    median: Number(median(values).toFixed(2)),
    spread: spread(values),
    rounds: values.length,
  };
}

function spread(values: number[]): string {
  return `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
}

function machine() {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return { machine: `${cpus().length} × ${cpu?.model.trim() ?? "CPU"}, ${memory}`, node: process.version };
}
