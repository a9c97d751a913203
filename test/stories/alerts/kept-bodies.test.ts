import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Story, sendTo, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const bodiesOf = async (source: { id: string }, query = "") => {
  await story.tocsin.idle();
  return (await story.api("GET", `/sources/${source.id}/bodies${query}`)).body.results;
};

test("a body that was refused is kept with its reason, and without secrets", async () => {
  const { body: source } = await story.api("POST", "/sources", { kind: "native", name: "Odd tool" });
  const { status } = await sendTo(source, { severity: "LOW", note: source.key }, story.origin);
  expect(status).toBe(400);
  const [kept] = await bodiesOf(source);
  expect(kept).toMatchObject({
    outcome: "refused",
    times: 1,
    reports: 1,
    refused: 1,
    contentType: "application/json",
    reasons: [{ field: "title", expected: "text that is not empty" }],
  });
  const { body: whole } = await story.api("GET", `/sources/${source.id}/bodies/${kept.id}`);
  expect(whole.text).toBe('{"severity":"LOW","note":"[redacted]"}');
  await sendTo(source, { severity: "LOW", note: source.key }, story.origin);
  await sendTo(source, { title: "Fine", severity: "LOW" }, story.origin);
  const all = await bodiesOf(source);
  expect(all.map(({ outcome, times }: { outcome: string; times: number }) => [outcome, times])).toEqual([
    ["taken", 1],
    ["refused", 2],
  ]);
  expect(await bodiesOf(source, "?reports=refused")).toHaveLength(1);
  const wrong = await sendTo({ ...source, key: "tsk_wrong" }, { severity: "LOW", n: 2 }, story.origin);
  expect([wrong.status, (await bodiesOf(source)).length]).toEqual([401, 2]);
  expect((await story.api("DELETE", `/sources/${source.id}`)).status).toBe(204);
  const { rows } = await story.tocsin.db.pool.query("select from source_bodies where source_id = $1", [
    source.id,
  ]);
  expect(rows).toEqual([]);
});

test("a body that came last more than a week ago is not shown, although it is not deleted yet", async () => {
  const { body: source } = await story.api("POST", "/sources", { kind: "native", name: "Old tool" });
  await sendTo(source, { severity: "LOW" }, story.origin);
  const [kept] = await bodiesOf(source);
  await story.tocsin.db.pool.query(
    "update source_bodies set last_at = now() - interval '169 hours' where id = $1",
    [kept.id],
  );
  expect(await bodiesOf(source)).toEqual([]);
  expect((await story.api("GET", `/sources/${source.id}/bodies/${kept.id}`)).status).toBe(404);
});

test("a replay takes the reports that were refused, and counts those taken before only once", async () => {
  const { body: source } = await story.api("POST", "/sources", { kind: "native", name: "Mended tool" });
  const sent = await sendTo(source, [{ title: "Whole", severity: "LOW" }, { severity: "LOW" }], story.origin);
  expect(sent.body.results).toMatchObject([{ outcome: "opened" }, { outcome: "invalid" }]);
  const [kept] = await bodiesOf(source);
  expect(kept).toMatchObject({ outcome: "partly", reports: 2, refused: 1 });
  const replay = () => story.api("POST", `/sources/${source.id}/bodies/${kept.id}/replay`);
  expect((await replay()).body).toMatchObject({
    body: { refused: 1 },
    results: [{ index: 1, outcome: "invalid", field: "title" }],
  });
  // The mapping of this kind can't be mended, so the kept body is: it stands for one that is now understood.
  const mended = gzipSync(
    JSON.stringify([
      { title: "Whole", severity: "LOW" },
      { title: "Half", severity: "LOW" },
    ]),
  );
  await story.tocsin.db.pool.query("update source_bodies set body = $1 where id = $2", [mended, kept.id]);
  const both = await Promise.all([replay(), replay()]);
  const outcomes = both.flatMap(({ body }) =>
    body.results.map((result: { outcome: string }) => result.outcome),
  );
  expect(outcomes.filter((outcome) => outcome === "opened")).toHaveLength(1);
  expect((await replay()).body).toMatchObject({ body: { outcome: "taken", refused: 0 }, results: [] });
  const { body: alerts } = await story.api("GET", `/alerts?source=${source.id}`);
  expect(
    alerts.results.map(({ title, eventCount }: { title: string; eventCount: number }) => [title, eventCount]),
  ).toEqual([
    ["Half", 1],
    ["Whole", 1],
  ]);
  await sendTo(source, { severity: "HIGH" }, story.origin);
  await sendTo(source, { severity: "CRITICAL" }, story.origin);
  const all = await story.api("POST", `/sources/${source.id}/bodies/replay`);
  expect(all.body).toEqual({ taken: 0, stillRefused: 2, next: null });
  const { body: log } = await story.api("GET", "/audit-log?limit=2");
  expect(log.results).toMatchObject([
    {
      action: "source.body_replayed",
      target: { id: source.id },
      data: { bodies: 2, taken: 0, stillRefused: 2 },
    },
    {
      action: "source.body_replayed",
      target: { id: source.id },
      data: { body: kept.id, taken: 0, stillRefused: 0 },
    },
  ]);
});

test("a body that expressions could not read is replayed once they are mended", async () => {
  const { body: source } = await story.api("POST", "/sources", {
    kind: "generic",
    name: "Plant",
    expressions: { reports: "events", title: "name", severity: "level" },
  });
  const alerts = [
    { name: "Door open", level: "sev-high" },
    { name: "Gate open", level: "sev-high" },
  ];
  expect((await sendTo(source, { alerts }, story.origin)).status).toBe(400);
  const [kept] = await bodiesOf(source);
  expect(kept).toMatchObject({ outcome: "refused", reasons: [{ field: "reports" }] });
  const mended = {
    expressions: { reports: "alerts", title: "name", severity: "level" },
    severityWords: { "sev-high": "HIGH" },
  };
  expect((await story.api("PATCH", `/sources/${source.id}`, mended)).status).toBe(200);
  const replayed = await story.api("POST", `/sources/${source.id}/bodies/${kept.id}/replay`);
  expect(replayed.body.results).toMatchObject([{ outcome: "opened" }, { outcome: "opened" }]);
  const { body } = await story.api("GET", `/alerts/${replayed.body.results[1].number}`);
  expect(body).toMatchObject({ title: "Gate open", severity: "HIGH" });
});

/** Runs `tocsin send` in a process, as scripts do. */
async function send(args: string[], input = ""): Promise<{ code: number | null; output: string }> {
  const { url, key } = story.source;
  const to = ["--url", `${story.origin}${new URL(url).pathname}`, "--retries", "0"];
  const child = spawn(process.execPath, ["cli/tocsin.js", "send", ...args, ...to], {
    env: { PATH: process.env.PATH, TOCSIN_KEY: key },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(input);
  const [output] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { code: child.exitCode, output: output.trim() };
}

test("tocsin send takes flags or a pipe, and its exit code says how it ended", async () => {
  const flags = [
    "--title",
    "Backup failed",
    "--severity",
    "HIGH",
    "--context",
    "host=db-1",
    "--tag",
    "nightly",
  ];
  const [whole, partly] = await Promise.all([
    send(flags),
    send([], '[{"title":"Piped","severity":"LOW"},{"severity":"LOW"}]'),
  ]);
  expect(whole).toEqual({ code: 0, output: expect.stringMatching(/^report 0: opened #\d+$/) });
  expect(partly.code).toBe(2);
  expect(partly.output).toMatch(/^report 0: opened #\d+\nreport 1: invalid: title should be /);
  const { body } = await story.api("GET", `/alerts/${whole.output.split("#")[1]}`);
  expect(body).toMatchObject({ severity: "HIGH", context: { host: "db-1" }, tags: ["nightly"] });
});

test("other settings are tried on the bodies that came last", async () => {
  const { body: source } = await story.api("POST", "/sources", { kind: "native", name: "Tried tool" });
  const report = (host: string, level: string) => ({
    ...{ title: `${host} is down`, severity: level },
    event: { host, zone: "north" },
  });
  await sendTo(source, [report("db1", "grave"), report("db2", "LOW"), { severity: "LOW" }], story.origin);
  await sendTo(source, report("db3", "LOW"), story.origin);
  await story.tocsin.idle();
  const preview = (change: object) => story.api("POST", `/sources/${source.id}/bodies/preview`, change);
  expect((await preview({})).body).toMatchObject({
    ...{ bodies: 2, reports: 4 },
    ...{ before: { alerts: 3, refused: 1 }, after: { alerts: 3, refused: 1 } },
  });
  const change = { expressions: { dedupString: "zone" }, severityWords: { grave: "CRITICAL" } };
  expect((await preview(change)).body).toEqual({
    ...{ bodies: 2, reports: 4 },
    ...{ before: { alerts: 3, refused: 1 }, after: { alerts: 1, refused: 1 } },
    alerts: [
      {
        ...{ title: "db3 is down", identity: "north", severity: "CRITICAL", reports: 3 },
        before: { alerts: 3, refused: 0, severity: "MEDIUM" },
      },
    ],
  });
  const wrong = await preview({ expressions: { dedupString: "(zone" } });
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, "expressions.dedupString"]);
  expect((await story.api("GET", `/sources/${source.id}`)).body).toMatchObject({ expressions: null });
});
