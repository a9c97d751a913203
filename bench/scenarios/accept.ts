import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Report } from "../../src/alert/report.ts";
import type { Database } from "../../src/db/connect.ts";
import { openIntakeConnection } from "../../src/db/intake-transaction.ts";
import { ingestRequests, openIntake } from "../../src/ingest/intake.ts";
import { native } from "../../src/ingest/sources/native.ts";
import { type Figure, median } from "../figure.ts";
import { benchDatabase } from "../fleet/postgres.ts";

const connections = 32;
const pairs = 7;
const millisecondsEach = 2000;

/**
 * Reports of 2 KB, one per request, 32 at a time, each a new alert with its event, history and delivery. Compares
 * Tocsin's group commit with a transaction per report and with bare one-row INSERTs, in turns, on the same pool.
 */
export async function accept(): Promise<Figure[]> {
  const bench = await benchDatabase({ poolSize: connections });
  try {
    const source = await prepare(bench.db);
    const variants = {
      tocsin: grouped(bench.db, source),
      transaction: perReport(bench.db, source),
      bare: bare(bench.db),
    };
    for (const variant of Object.values(variants)) await rate(variant, 500);
    const rates: Record<keyof typeof variants, number[]> = { tocsin: [], transaction: [], bare: [] };
    let stored = 0;
    for (let pair = 0; pair < pairs; pair++) {
      for (const name of ["tocsin", "bare", "transaction"] as const) {
        const before = await countAlerts(bench.db);
        const measured = await rate(variants[name], millisecondsEach);
        if (name !== "bare") stored = (await countAlerts(bench.db)) - before;
        if (name !== "bare" && stored !== measured.done)
          throw new Error(`${measured.done} acknowledged, ${stored} rows`);
        rates[name].push(measured.perSecond);
      }
    }
    return figures(rates);
  } finally {
    await bench.close();
  }
}

function figures(rates: Record<"tocsin" | "transaction" | "bare", number[]>): Figure[] {
  const ratio = (to: number[]) => rates.tocsin.map((value, at) => value / (to[at] ?? 1));
  return [
    { name: "reports accepted and committed per second", unit: "1/s", values: rates.tocsin },
    { name: "a transaction per report", unit: "1/s", values: rates.transaction },
    { name: "bare one-row INSERTs", unit: "1/s", values: rates.bare },
    {
      name: "reports accepted, relative to a transaction per report",
      unit: "ratio",
      values: ratio(rates.transaction),
      goal: "at least 2.5",
      met: median(ratio(rates.transaction)) >= 2.5,
    },
    {
      name: "reports accepted, relative to bare INSERTs",
      unit: "ratio",
      values: ratio(rates.bare),
      goal: "at least 1",
      met: median(ratio(rates.bare)) >= 1,
    },
  ];
}

interface Source {
  id: string;
  name: string;
  resolves: "untouched";
  reopenAfter: 3;
}

async function prepare({ kysely }: Database): Promise<Source> {
  const source: Source = { id: randomUUID(), name: "Bench", resolves: "untouched", reopenAfter: 3 };
  await kysely.insertInto("sources").values({ id: source.id, kind: "native", name: source.name }).execute();
  const installation = randomUUID();
  await kysely
    .insertInto("installations")
    .values({
      id: installation,
      url: "https://acme.slack.com/",
      bot_user_id: "U0BOT",
      bot_token: Buffer.from(""),
      scopes: [],
      team_id: "T0",
    })
    .execute();
  await kysely
    .insertInto("destinations")
    .values({
      id: randomUUID(),
      type: "slack-bot",
      display_name: "Security",
      installation_id: installation,
      channel_id: "C0",
      channel_name: "security",
      line: `${installation}:C0`,
      severities: ["HIGH"],
      alert_types: ["RULE"],
      log_types: [],
      timezone: "UTC",
    })
    .execute();
  return source;
}

type Variant = () => Promise<void>;

function grouped(db: Database, source: Source): Variant {
  const intake = openIntake(db, { claiming: () => ({ room: 32, leaseSeconds: 3 }), onCommit: () => {} });
  return async () => {
    await intake.submit({ source, reports: [report()], idempotency: null });
  };
}

function perReport(db: Database, source: Source): Variant {
  return async () => {
    const connection = openIntakeConnection(db);
    await connection.transaction((tx) =>
      ingestRequests(tx, [{ source, reports: [report()], idempotency: null }]),
    );
  };
}

function bare(db: Database): Variant {
  const made = db.pool.query("create table if not exists bare (id uuid primary key, report jsonb not null)");
  return async () => {
    await made;
    const values = [uuidv7(), JSON.stringify(report())];
    await db.pool.query({ name: "bare", text: "insert into bare (id, report) values ($1, $2)", values });
  };
}

let count = 0;
const filler = "x".repeat(1500);

/** A report of about 2 KB, as the ingest endpoint parses it. */
function report(): Report {
  const title = `Sign-in from a new country ${count++}`;
  const body = {
    title,
    severity: "HIGH",
    detection: { id: "Okta.NewCountry" },
    logTypes: ["Okta"],
    context: { filler },
  };
  const [item] = native.parse(body, { defaultSeverity: "MEDIUM" });
  if (!item?.ok) throw new Error("The report could not be parsed.");
  return item.report;
}

async function rate(variant: Variant, milliseconds: number): Promise<{ done: number; perSecond: number }> {
  const begun = performance.now();
  const end = begun + milliseconds;
  let done = 0;
  const loop = async () => {
    while (performance.now() < end) {
      await variant();
      done++;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { done, perSecond: done / ((performance.now() - begun) / 1000) };
}

async function countAlerts({ pool }: Database): Promise<number> {
  const { rows } = await pool.query("select count(*) as n from alerts");
  return rows[0].n;
}
