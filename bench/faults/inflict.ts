import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { repositoryRoot } from "../repository-root.ts";
import { askQuestions } from "./ask-questions.ts";
import { type Kind, kinds } from "./kinds.ts";
import { sendReports } from "./send-reports.ts";
import { type Verdict, verdict } from "./verdict.ts";

interface Plan {
  times: number;
  reports: number;
  channels: number;
  seconds: number;
  nodes: number;
  seed: number;
  /** The seconds from one fault to the next, instead of random moments. */
  every: number | null;
  /** A load balancer before the nodes, PgBouncer before the database. */
  proxied: boolean;
  /** Runs a copy of the source that rolls back instead of committing. */
  withoutCommit: boolean;
  /** The folder of the Tocsin that the nodes run at first, by default this checkout. */
  from: string | null;
}

/**
 * Inflicts one kind of fault `times` times under load, and checks what became of the reports. The load lasts at least
 * `seconds`, and until all faults are inflicted.
 */
export async function inflict(kind: Kind, plan: Plan): Promise<Verdict & { inflicted: number }> {
  const copy = plan.withoutCommit ? await copyWithoutCommit() : null;
  const root = copy ?? plan.from ?? repositoryRoot;
  const fleet = await startFleet({ ...plan, root, rateLimits: false, webhook: true });
  try {
    let inflicted = 0;
    let failed = false;
    const mayEnd = () => failed || inflicted >= plan.times;
    const sent = sendReports(fleet, { ...plan, mayEnd });
    const asked = askQuestions(fleet, mayEnd);
    sent.catch(() => {
      failed = true;
    });
    const random = randomFrom(plan.seed);
    while (inflicted < plan.times && !failed) {
      const begun = performance.now();
      // Waits half of the mean interval on average. The other half is for the fault to take effect.
      if (plan.every === null) await sleep((random() * plan.seconds * 1000) / plan.times);
      await kinds[kind](fleet, random)
        .then(() => assertNodesRunning(fleet))
        .catch((fault) => {
          failed = true;
          throw fault;
        });
      inflicted += 1;
      if (plan.every !== null) await sleep(Math.max(0, plan.every * 1000 - (performance.now() - begun)));
    }
    const acknowledged = await sent;
    const questions = await asked;
    assertNodesRunning(fleet);
    await changeDeletedCards(fleet);
    const waitedMs = await untilNothingDue(fleet);
    return { inflicted, ...(await verdict(fleet, { acknowledged, questions })), waitedMs };
  } catch (fault) {
    for (const node of fleet.nodes) console.error(node.stderrTail());
    throw fault;
  } finally {
    await fleet.close();
    if (copy) await rm(copy, { recursive: true });
  }
}

/** A node that crashed would otherwise go unnoticed, because the others take over. */
function assertNodesRunning({ nodes }: Fleet): void {
  if (nodes.some((node) => node.hasCrashed())) throw new Error("A node has crashed.");
}

/** A deleted card is noticed at its next edit, so each such alert is changed, even if it is triaged already. */
async function changeDeletedCards({ api, deleted }: Fleet): Promise<void> {
  for (const id of deleted)
    for (const status of ["OPEN", "TRIAGED"]) await api("PATCH", `/alerts/${id}`, { status });
}

/** Reports that a hanging node took again cause one edit each, and Slack takes about forty edits a minute. */
const longestWaitMs = 40 * 60_000;
const quietMs = 3000;

/** Waits until nothing is due. Returns how long that took after the last report, in milliseconds. */
async function untilNothingDue({ postgres }: Fleet): Promise<number> {
  const begun = performance.now();
  let quietSince = begun;
  while (performance.now() - quietSince < quietMs && performance.now() - begun < longestWaitMs) {
    const [row] = await postgres.query<{ due: string }>(`
      select (select count(*) from deliveries where state in ('waiting', 'sending', 'held'))
        + (select count(*) from cards where update_due_at is not null)
        + (select count(*) from messages where due_at is not null or edit_at is not null) as due`);
    if (Number(row?.due) > 0) quietSince = performance.now();
    await sleep(200);
  }
  return Math.round(quietSince - begun);
}

async function copyWithoutCommit(): Promise<string> {
  const to = await mkdtemp(join(tmpdir(), "tocsin-without-commit-"));
  for (const folder of ["src", "cli", "simulator", "package.json"])
    await cp(join(repositoryRoot, folder), join(to, folder), { recursive: true });
  await symlink(join(repositoryRoot, "node_modules"), join(to, "node_modules"));
  const path = join(to, "src/db/intake-transaction.ts");
  const source = await readFile(path, "utf8");
  const changed = source
    .replace('client.query("commit")', 'client.query("rollback")')
    .replace('committed.command !== "COMMIT"', 'committed.command !== "ROLLBACK"');
  if (changed === source) throw new Error("intake-transaction.ts has no commit to replace.");
  await writeFile(path, changed);
  return to;
}

/** The same sequence of numbers between 0 and 1 for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
