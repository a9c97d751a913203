import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startSimulator } from "../../simulator/start.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";
import { control, setUp } from "../server/set-up.ts";
import { sendReports } from "./send-reports.ts";
import { verdict } from "./verdict.ts";

/**
 * Kills the server with `kill -9` at random moments while reports come in over many channels, and looks
 * whether each one that was acknowledged stands in Slack. With `--without-commit` the same run on a copy of
 * the source whose commit is left out, which must lose some: else the run would show nothing.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    reports: { type: "string", default: "1000" },
    channels: { type: "string", default: "20" },
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    "without-commit": { type: "boolean", default: false },
  },
});
const [kills, reports, channels, seconds] = [
  values.kills,
  values.reports,
  values.channels,
  values.seconds,
].map(Number);
if (!kills || !reports || !channels || !seconds)
  throw new Error("kills, reports, channels and seconds are numbers");

const ours = join(import.meta.dirname, "../..");
const work = await mkdtemp(join(tmpdir(), "tocsin-kill-"));
const root = values["without-commit"] ? await copyWithoutCommit(ours, join(work, "source")) : ours;
const slack = await startSimulator({ port: 0, rateLimits: false, keptCalls: 100_000 });
const slackOrigin = new URL(slack.apiUrl).origin;
const port = await freePort();
const env = { DATA_DIR: join(work, "data"), SLACK_API_URL: slack.apiUrl };
const server = serverProcess(root, { port, env });
try {
  await server.start();
  const origin = `http://127.0.0.1:${port}`;
  slack.setRequestUrl(`${origin}/slack/events`);
  const arranged = await setUp(root, {
    origin,
    slack: { origin: slackOrigin, ...slack },
    env,
    count: channels,
  });
  let sending = true;
  const sent = sendReports(arranged, { count: reports, seconds }).finally(() => {
    sending = false;
  });
  const random = randomFrom(Number(values.seed));
  for (let kill = 0; kill < kills && sending; kill++) {
    await sleep((random() * 2 * seconds * 1000) / (kills + 1));
    await server.kill();
    await server.start();
  }
  const acknowledged = await sent;
  await untilQuiet(slackOrigin);
  const found = verdict(
    acknowledged,
    await control(slackOrigin, "sent", {}),
    await control(slackOrigin, "log", { limit: 100_000 }),
  );
  const missing = { count: found.missing.length, first: found.missing.slice(0, 5) };
  console.log(JSON.stringify({ kills, seed: values.seed, ...found, missing }, null, 2));
  process.exitCode =
    found.missing.length > 0 || found.doubled > kills || found.unexplained.length > 0 ? 1 : 0;
} catch (fault) {
  console.error(server.lastWords());
  throw fault;
} finally {
  await server.stop();
  await slack.close();
  await rm(work, { recursive: true, force: true });
}

/** Nothing has been posted for longer than any gate or lease lasts. */
async function untilQuiet(slackOrigin: string): Promise<void> {
  const quietMs = 8000;
  let last = "";
  for (let since = performance.now(); performance.now() - since < quietMs; await sleep(500)) {
    const sent = await control(slackOrigin, "sent", {});
    const newest = sent.at(-1)?.ts ?? "";
    if (newest !== last) since = performance.now();
    last = newest;
  }
}

async function copyWithoutCommit(from: string, to: string): Promise<string> {
  for (const folder of ["src", "cli", "simulator", "package.json"])
    await cp(join(from, folder), join(to, folder), { recursive: true });
  await symlink(join(from, "node_modules"), join(to, "node_modules"));
  const lane = join(to, "src/db/lane.ts");
  const source = await readFile(lane, "utf8");
  const changed = source
    .replace('client.query("commit")', 'client.query("rollback")')
    .replace('committed.command !== "COMMIT"', 'committed.command !== "ROLLBACK"');
  if (changed === source) throw new Error("the commit to leave out was not found");
  await writeFile(lane, changed);
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
