import { type Kysely, sql } from "kysely";

/**
 * History, samples, attempts and the audit log get a partition for each month (docs/decisions/0057-months.md). What is
 * there becomes the first one, which reaches to the end of next month; retention makes the others. Tocsin's ids begin with
 * their time, so an alert's history is in the month in which the alert was opened, and its key needs no time. Nodes of the
 * previous version read and write as before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(dropTriggers + dropIndexes).execute(db);
  for (const table of tables) await sql.raw(partitionByMonth(table)).execute(db);
  await sql.raw(addTriggers).execute(db);
}

interface Table {
  name: string;
  /** The column that says in which month a row is. */
  by: string;
  type: "uuid" | "timestamptz";
  /** The columns of its primary key, which have to include `by`. */
  key: string;
  /** Set if its key was another one. */
  hasNewKey?: true;
  foreignKey?: string;
  indexes: Record<string, string>;
}

const tables: readonly Table[] = [
  {
    name: "history",
    by: "alert_id",
    type: "uuid",
    key: "alert_id, seq",
    indexes: { history_at: "using brin (at)" },
  },
  {
    name: "alert_samples",
    by: "alert_id",
    type: "uuid",
    key: "alert_id, n",
    indexes: { alert_samples_at: "(at)" },
  },
  {
    name: "delivery_attempts",
    by: "delivery_id",
    type: "uuid",
    key: "delivery_id, id",
    hasNewKey: true,
    foreignKey: "foreign key (delivery_id) references deliveries",
    indexes: {},
  },
  {
    name: "audit_log",
    by: "at",
    type: "timestamptz",
    key: "at, id",
    hasNewKey: true,
    indexes: {
      audit_log_id: "(id)",
      audit_log_actor: "(actor_id, at, id) where actor_id is not null",
      audit_log_slack: "(slack_user_id, at, id) where slack_user_id is not null",
      audit_log_system: "(at, id) where actor_type = 'system' and slack_user_id is null",
      audit_log_action: "(action, at, id)",
      audit_log_target: "(target_id, at, id) where target_id is not null",
      audit_log_target_type: "(target_type, at, id) where target_type is not null",
      audit_log_refused: "(at, id) where outcome = 'refused'",
      audit_log_calls: "(at, id) where outcome = 'refused' and action like '% /%'",
      audit_log_words: `using gin ((actor_name || ' ' || coalesce(target_name, '') || ' ' ||
        coalesce(target_id, '') || ' ' || action || ' ' || coalesce(ip, '') || ' ' || coalesce(slack_user_id, '') ||
        ' ' || changes::text || ' ' || data::text) gin_trgm_ops)`,
    },
  },
];

/** SQL: where the month after next begins, and the first id that is made then. */
const bounds = {
  timestamptz: "date_trunc('month', now(), 'UTC') + interval '2 months'",
  uuid: `(select (substr(hex, 1, 8) || '-' || substr(hex, 9) || '-0000-0000-000000000000')::uuid from lpad(to_hex((
    extract(epoch from date_trunc('month', now(), 'UTC') + interval '2 months') * 1000)::bigint), 12, '0') hex)`,
};

function partitionByMonth({ name, by, type, key, hasNewKey, foreignKey, indexes }: Table): string {
  const before = `${name}_before`;
  return `
    alter table ${name} rename to ${before};
    ${[...Object.keys(indexes), `${name}_pkey`]
      .map((index) => `alter index if exists ${index} rename to ${index}_before;`)
      .join("\n")}
    ${hasNewKey ? `alter table ${before} drop constraint ${name}_pkey_before, add primary key (${key});` : ""}
    create table ${name} (like ${before} including defaults including constraints, primary key (${key})
      ${foreignKey ? `, ${foreignKey}` : ""}) partition by range (${by});
    ${Object.entries(indexes)
      .map(([index, definition]) => `create index ${index} on ${name} ${definition};`)
      .join("\n")}
    create table ${name}_default partition of ${name} default;
    do $$ declare bound ${type} := ${bounds[type]}; begin
      -- Where a clock was ahead.
      with later as (delete from ${before} where ${by} >= bound returning *) insert into ${name} select * from later;
      execute format('alter table ${name} attach partition ${before} for values from (minvalue) to (%L)', bound);
    end $$;`;
}

/** Their work is done by other indexes. */
const dropIndexes = "drop index audit_log_time; drop index delivery_attempts_delivery;";

const dropTriggers = `
  drop trigger audit_log_queue on audit_log;
  drop trigger audit_log_delete on audit_log;
  drop trigger audit_log_change on audit_log;
`;

/** A trigger for each row is that of each partition, too; one for the statement is not. */
const addTriggers = `
  create trigger audit_log_queue after insert on audit_log for each row execute function queue_audit_entry();
  create trigger audit_log_delete before delete on audit_log for each row execute function guard_audit_entry();
  create trigger audit_log_change before update on audit_log for each row execute function refuse_audit_change();
  create trigger audit_log_truncate before truncate on audit_log execute function refuse_audit_change();
  create trigger audit_log_truncate before truncate on audit_log_before execute function refuse_audit_change();
  create trigger audit_log_truncate before truncate on audit_log_default execute function refuse_audit_change();
`;
