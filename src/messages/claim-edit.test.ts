import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { usualPace } from "../pace.ts";
import { claimEdit, editBudget, recentEdits } from "./claim-edit.ts";

const { db } = await openTestDatabase();
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25) + seconds * 1000);
const edits = (count: number, seconds: number) => Array.from({ length: count }, () => at(seconds));

test("a workspace without recent edits may edit any card", () => expect(editBudget([], at(0))).toBe("any"));

test("the last twelve edits of a minute are reserved for touched cards", () => {
  expect(editBudget(edits(37, 0), at(10))).toBe("any");
  expect(editBudget(edits(38, 0), at(10))).toBe("touched");
  expect(editBudget(edits(49, 0), at(10))).toBe("touched");
  expect(editBudget(edits(50, 0), at(10))).toBe("none");
});

test("an event count is edited only after less than three edits in ten seconds", () => {
  expect(editBudget(edits(2, 0), at(9))).toBe("any");
  expect(editBudget(edits(3, 0), at(9))).toBe("wrong");
  expect(editBudget(edits(37, 0), at(9))).toBe("wrong");
  expect(editBudget(edits(37, 0), at(10))).toBe("any");
});

test("an edit stops counting after 62 seconds", () => {
  expect(editBudget(edits(50, 0), at(61.9))).toBe("none");
  expect(editBudget(edits(50, 0), at(62))).toBe("any");
});

/** Edits whenever the budget allows it, at uneven time steps. Returns the times of the edits. */
function spend(steps: readonly { seconds: number; touched: boolean }[]): Date[] {
  const all: Date[] = [];
  let kept: Date[] = [];
  let now = 0;
  for (const { seconds, touched } of steps) {
    now += seconds;
    const budget = editBudget(kept, at(now));
    if (budget === "none" || (budget !== "any" && !touched)) continue;
    kept = [...recentEdits(kept, at(now)), at(now)];
    all.push(at(now));
  }
  return all;
}

test("no minute has more than 50 edits, even if each reaches Slack up to two seconds late", () => {
  const step = fc.record({ seconds: fc.double({ min: 0, max: 2, noNaN: true }), touched: fc.boolean() });
  const late = fc.double({ min: 0, max: 1.99, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 300, maxLength: 400 }),
      fc.array(late, { minLength: 400 }),
      (steps, lateness) => {
        const arrived = spend(steps)
          .map((time, index) => time.getTime() + (lateness[index] ?? 0) * 1000)
          .sort((a, b) => a - b);
        for (const [index, time] of arrived.entries()) {
          const fiftyLater = arrived[index + 50];
          if (fiftyLater !== undefined) expect(fiftyLater - time).toBeGreaterThanOrEqual(60_000);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("the budget uses nearly all of Slack's rate over time", () => {
  const minutes = 20;
  const steps = Array.from({ length: minutes * 600 }, () => ({ seconds: 0.1, touched: true }));
  expect(spend(steps).length / minutes).toBeGreaterThan(48);
});

test("cards are edited in this order: touched, wrong for long, wrong, open, severe, new; within the budget", async () => {
  const workspace = randomUUID();
  const source = randomUUID();
  // The destinations of these cards don't matter, so they are missing.
  await db.pool.query(`
    alter table cards drop constraint cards_destination_id_fkey;
    insert into sources (id, kind, name) values ('${source}', 'native', 'Okta');
    insert into installations (id, url, team_id, team_name, bot_id, bot_user_id, bot_name, bot_token)
      values ('${workspace}', 'https://acme.slack.com', 'T1', 'ACME', 'B1', 'U1', 'tocsin', '');
    insert into lines (key, installation_id, channel_id) values ('${workspace}:C1', '${workspace}', 'C1')`);
  const expected = [
    { touched: "now()", wrong: "null", status: "RESOLVED", severity: "LOW" },
    { touched: "now() - interval '5 seconds'", wrong: "now()", status: "OPEN", severity: "CRITICAL" },
    { touched: "null", wrong: "now() - interval '40 seconds'", status: "RESOLVED", severity: "LOW" },
    { touched: "null", wrong: "now() - interval '35 seconds'", status: "OPEN", severity: "CRITICAL" },
    { touched: "null", wrong: "now()", status: "OPEN", severity: "HIGH" },
    { touched: "null", wrong: "now() - interval '20 seconds'", status: "TRIAGED", severity: "MEDIUM" },
    { touched: "null", wrong: "now()", status: "CLOSED", severity: "CRITICAL" },
    { touched: "null", wrong: "null", status: "OPEN", severity: "HIGH" },
    { touched: "null", wrong: "null", status: "OPEN", severity: "MEDIUM", number: 100 },
    { touched: "null", wrong: "null", status: "OPEN", severity: "MEDIUM" },
  ].map((card, number) => ({ number, ...card, id: randomUUID() }));
  for (const { id, number, touched, wrong, status, severity } of expected.toReversed()) {
    await db.pool.query(`
      insert into alerts (id, number, title, severity, status, type, source_id, detection_id, dedup_key, dedup_string,
          window_ends_at, log_types, tags, reports, context, first_event_at, last_received_at, updated_by_type, updated_by_name)
        values ('${id}', ${number}, 'An alert', '${severity}', '${status}', 'RULE', '${source}', 'd', '${id}', '',
          now(), '{}', '{}', '[]', '{}', now(), now(), 'system', 'Tocsin');
      insert into cards (id, alert_id, destination_id, line, channel_id, ts, told_seq, update_due_at, touched_at, wrong_since)
        values ('${id}', '${id}', '${id}', '${workspace}:C1', 'C1', '${number}', 0, now(), ${touched}, ${wrong})`);
  }
  const claimed: string[] = [];
  for (const _ of expected) {
    // The budget for event counts alone would be used up after three.
    await db.pool.query("update installations set updates_at = '{}'");
    claimed.push((await claimEdit({ db, pace: usualPace }))?.id ?? "none");
  }
  expect(claimed.map((id) => expected.findIndex((card) => card.id === id))).toEqual(
    expected.map((_, n) => n),
  );
  expect(await claimEdit({ db, pace: usualPace })).toBeNull();

  // Any other message, such as a digest, takes from the same budget.
  const message = randomUUID();
  await db.pool.query(`
    insert into messages (id, kind, line, installation_id, subject_id, state, rank, channel_id, ts)
    values ('${message}', 'digest', '${workspace}:C1', '${workspace}', '${message}', 'stands', 0, 'C1', '9.9')`);
  const claims = async (spent: number, edit: { touched?: string; due?: string; open?: string }) => {
    const { touched = "null", due = "now()", open = "now()" } = edit;
    await db.pool.query(`
      update messages set lease = null, leased_until = null, edit_at = ${due}, touched_at = ${touched};
      update installations set updates_at = array_fill(date_trunc('milliseconds', now()), array[${spent}]),
        updates_open_at = ${open}`);
    return (await claimEdit({ db, pace: usualPace }))?.id === message;
  };
  expect([await claims(37, {}), await claims(38, {})]).toEqual([true, false]);
  const touched = "now()";
  expect([await claims(49, { touched }), await claims(50, { touched })]).toEqual([true, false]);
  expect(await claims(38, { due: "now() - interval '11 seconds'" })).toBe(true);
  expect(await claims(0, { touched, open: "now() + interval '1 minute'" })).toBe(false);
});
