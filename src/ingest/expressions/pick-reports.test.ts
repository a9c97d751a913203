import { expect, test } from "vitest";
import type { Answer, Death, Job } from "./evaluation.ts";
import { pickReports, type Run } from "./pick-reports.ts";

const body = { expressions: { title: "t" }, body: "{}", reports: null };

interface Double {
  count: number;
  /** The reports that end the thread. */
  poison: number[];
  of?: Death;
  /** Answers that are lost with the thread. */
  lost?: number;
}

/** A thread that answers with the number of each report, with the jobs that it was given. */
function thread({ count, poison, of = "time", lost = 0 }: Double): { run: Run; jobs: Job[] } {
  const jobs: Job[] = [];
  const run: Run = async (job, onAnswer) => {
    jobs.push(job);
    const answers: Answer[] = [{ kind: "counted", reports: count }];
    const until = job.alone ? Math.min(job.from + 1, count) : count;
    for (let n = job.from; n < until; n++) {
      if (poison.includes(n)) {
        for (const answer of answers.slice(0, Math.max(1, answers.length - lost))) onAnswer(answer);
        return of;
      }
      answers.push({ kind: "picked", json: String(n) });
    }
    answers.forEach(onAnswer);
    return "done";
  };
  return { run, jobs };
}

const outcomes = async (double: Double) => {
  const picked = await pickReports(thread(double).run, body);
  if (picked.kind !== "reports") return picked;
  return picked.reports.map((report) => (report.kind === "picked" ? Number(report.json) : report.of));
};

test("reports are picked in one job", async () => {
  const { run, jobs } = thread({ count: 3, poison: [] });
  expect(await pickReports(run, body)).toMatchObject({
    reports: [{ json: "0" }, { json: "1" }, { json: "2" }],
  });
  expect(jobs).toHaveLength(1);
});

test("a report that ends the thread is given up, and its neighbours are not", async () => {
  expect(await outcomes({ count: 4, poison: [1] })).toEqual([0, "time", 2, 3]);
  expect(await outcomes({ count: 4, poison: [0, 3], of: "memory" })).toEqual(["memory", 1, 2, "memory"]);
  expect(await outcomes({ count: 1, poison: [0] })).toEqual(["time"]);
});

test("answers that were lost with the thread are asked for again, so no neighbour is blamed", async () => {
  expect(await outcomes({ count: 4, poison: [2], lost: 1 })).toEqual([0, 1, "time", 3]);
  expect(await outcomes({ count: 4, poison: [2], lost: 2 })).toEqual([0, 1, "time", 3]);
});

test("after three such reports, or when the body has used its time, the rest is given up", async () => {
  expect(await outcomes({ count: 6, poison: [0, 1, 2] })).toEqual([
    "time",
    "time",
    "time",
    "budget",
    "budget",
    "budget",
  ]);
  expect(await outcomes({ count: 3, poison: [1], of: "budget" })).toEqual([0, "budget", "budget"]);
});

test("a body whose list of reports runs away counts as one report", async () => {
  const picked = await pickReports(async () => "time", body);
  expect(picked).toEqual({ kind: "reports", reports: [{ kind: "ended", of: "time" }] });
});

test("a body without reports has none", async () => {
  expect(await outcomes({ count: 0, poison: [] })).toEqual([]);
});
