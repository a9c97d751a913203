import { sql } from "kysely";
import { transaction } from "../../db/transaction.ts";
import { passTime } from "../../boomerang/pass-time.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { Job, JobSource } from "../destination-work.ts";
import { claimAsk } from "./claim-ask.ts";
import { claimNote, sendNote } from "../../boomerang/direct-notice.ts";
import { workOnAsk } from "../../boomerang/question-message.ts";

const atOnce = 4;

/** Questions to people: their messages, the passing of their time, and notes to those who have no card. */
export function boomerangs(deps: Deps): JobSource[] {
  return [
    { most: atOnce, claim: () => nextAsk(deps) },
    { most: 1, claim: () => nextDue(deps) },
    { most: 1, claim: () => nextNote(deps) },
  ];
}

const unlined = (run: () => Promise<void>): Job => ({ run, line: null, restMs: 0 });

async function nextAsk(deps: Deps): Promise<Job | null> {
  const job = await claimAsk(deps.db);
  return job && unlined(() => workOnAsk(deps, job));
}

async function nextNote(deps: Deps): Promise<Job | null> {
  const note = await claimNote(deps.db);
  return note && unlined(() => sendNote(deps, note));
}

/** Moved on while it is worked on, so that no other node takes it, and one that dies loses a minute. */
async function nextDue({ db }: Deps): Promise<Job | null> {
  const { rows } = await sql<{ id: string }>`
    update boomerangs set due_at = now() + interval '1 minute'
    where id = (select id from boomerangs where due_at <= now() order by due_at limit 1 for update skip locked)
    returning id`.execute(db.kysely);
  const [due] = rows;
  return due ? unlined(() => transaction(db, (tx) => passTime(tx, due.id))) : null;
}
