import { type Kysely, sql } from "kysely";

/**
 * Emails to people whom somebody else assigned an alert, for those who want them
 * (docs/behaviour.md#users-and-permissions). A node of the previous version queues none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table users add column mail_when_assigned boolean not null default false;

  -- An assignment that is not mailed yet; deleted with its email, or when nobody wants it any more.
  create table assignment_mails (
    alert_id uuid not null references alerts on delete cascade,
    user_id uuid not null references users on delete cascade,
    -- The history entry of the assignment.
    seq integer not null,
    assigned_by text not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    primary key (alert_id, user_id)
  );
  create index assignment_mails_due on assignment_mails (due_at);
`;
