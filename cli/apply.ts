import { readFile as readText } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { text as readAll } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { openApi } from "./configuration/api.ts";
import { checkReferences } from "./configuration/check-references.ts";
import { openNames } from "./configuration/names.ts";
import { makePlan, type Plan, type Wanted } from "./configuration/plan.ts";
import { planText } from "./configuration/plan-text.ts";
import { BadFile, type ReadFile, readFile } from "./configuration/read-file.ts";
import { type Outcome, runPlan } from "./configuration/run-plan.ts";
import { openKeyFile, openSecrets } from "./configuration/secrets.ts";
import { sectionNames } from "./configuration/section.ts";
import { readUsers } from "./configuration/sections/view.ts";
import { readState, sections } from "./configuration/sections.ts";

interface Options {
  url: string;
  token: string;
  plan?: boolean;
  yes?: boolean;
  prune?: boolean;
  secrets?: boolean;
  keys?: string;
}

/** For scripts; 1 is a wrong command line or file, as of every command. */
const exitCodes = { wouldChange: 2, stopped: 3 };

const help = `
Exit codes: 0 Tocsin is as the file says, 1 the command line or the file is wrong and nothing was changed, 2 --plan found
something to change, 3 Tocsin refused a change, and the output says what was done and what was not.`;

const token = new Option("--token <token>", "an API token that may see and change what the file names")
  .env("TOCSIN_TOKEN")
  .makeOptionMandatory();

/** `tocsin apply`: brings a running Tocsin to what a file says. */
export function apply(program: Command): void {
  program
    .command("apply")
    .description("bring a running Tocsin to the configuration in a file, after printing the plan")
    .argument("<file>", 'as tocsin export prints it; "-" reads standard input')
    .option("--url <address>", "Tocsin's address", "http://localhost:4000")
    .addOption(token)
    .option("--plan", "only prints the plan; the exit code says whether something would change")
    .option("--yes", "changes without asking, for scripts")
    .option("--prune", "deletes what the file does not name, in the parts that it has")
    .option("--secrets", "sends all secrets of destinations again, not only new ones")
    .option("--keys <file>", "writes the keys of new sources to this new file, which only this user may read")
    .addHelpText("after", help)
    .action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const isPiped = path === "-";
  const text = isPiped ? await readAll(process.stdin) : await readText(path, "utf8");
  const name = isPiped ? "standard input" : path;
  const file = readFile(name, text);
  const folder = isPiped ? "." : dirname(path);
  const plan = () => planFile({ name, file, folder }, options);
  const first = await plan();
  for (const line of planText(first.plan)) console.log(line);
  if (options.plan) {
    for (const fault of first.plan.unreadable) console.error(`Note: ${file.locate(fault)}`);
    process.exitCode = first.plan.steps.length > 0 ? exitCodes.wouldChange : 0;
    return;
  }
  const { unreadable, steps } = first.plan;
  if (unreadable.length > 0) throw new BadFile(name, unreadable.map(file.locate));
  if (steps.length === 0) return;
  if (!options.yes) await confirm(isPiped);
  // Somebody may have changed something while the question was open.
  const { plan: current, ...parts } = options.yes ? first : await plan();
  if (planText(current).join("\n") !== planText(first.plan).join("\n"))
    throw new Error("Tocsin was changed since the plan was printed, so nothing was done. Run apply again.");
  const keys = options.keys !== undefined && createsSource(current) ? openKeyFile(options.keys) : null;
  const outcome = await runPlan(current, { ...parts, keepKey: (source, key) => keys?.add(source, key) });
  report(outcome, current, options);
}

/** Reads the state and compares it with the file. Throws a `BadFile` if the file can't be applied to it. */
async function planFile(
  { name, file, folder }: { name: string; file: ReadFile; folder: string },
  options: Options,
) {
  const api = openApi(options.url, options.token);
  const names = openNames();
  const state = await readState(api, names, new Set(sectionNames.filter((one) => file.wanted.has(one))));
  await readUsers(namesUsers(file.wanted), { api, names });
  const secrets = openSecrets(process.env, folder);
  const planning = { state, names, prune: options.prune === true, now: new Date() };
  const plan = makePlan(file.wanted, { ...planning, secrets, all: options.secrets === true });
  const faults = [...plan.faults, ...checkReferences(file.wanted, planning)];
  if (faults.length > 0) throw new BadFile(name, faults.map(file.locate));
  return { plan, api, names, secrets };
}

function namesUsers(wanted: Wanted): boolean {
  return sections.some((section) =>
    wanted
      .get(section.name)
      ?.some((values) => section.references(values).some(({ kind }) => kind === "user")),
  );
}

function createsSource({ steps }: Plan): boolean {
  return steps.some(({ section, current }) => section.name === "sources" && !current);
}

async function confirm(isPiped: boolean): Promise<void> {
  if (isPiped || !process.stdin.isTTY)
    throw new Error(
      "Nobody can be asked here, so nothing was changed. Add --yes to apply the plan without asking.",
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Apply this plan? Write yes: ");
  terminal.close();
  if (answer.trim().toLowerCase() !== "yes")
    throw new Error("The plan was not applied, and nothing was changed.");
}

function report({ done, stopped, left }: Outcome, plan: Plan, { keys }: Options): void {
  if (!stopped) {
    console.log("Applied.");
    const isNew = createsSource(plan);
    if (isNew && keys !== undefined) console.log(`The keys of the new sources are in ${keys}.`);
    else if (isNew)
      console.log(
        "New sources have a key that was not shown. Create one under Configure > Sources, or use --keys FILE next time.",
      );
    return;
  }
  const { at, why, isUnsure } = stopped;
  const sections: [title: string, lines: readonly string[]][] = [
    ["Done:", done],
    [isUnsure ? "Stopped, and perhaps done:" : "Refused:", [`${at}: ${why}`]],
    ["Not done:", left],
  ];
  for (const [title, lines] of sections)
    if (lines.length > 0) console.error([title, ...lines.map((line) => `  ${line}`)].join("\n"));
  console.error("Repair the cause and run apply again: what was done is not done twice.");
  process.exitCode = exitCodes.stopped;
}
