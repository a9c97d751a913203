import { createHash } from "node:crypto";
import type { PreparedStatement, RunPrepared } from "../../db/intake-transaction.ts";
import { findEntities } from "../details/find-entities.ts";

/** What alerts can have in common, besides their detection. */
export const entityKinds = ["user", "host", "address"] as const;

export interface Entity {
  kind: (typeof entityKinds)[number];
  value: string;
  /** Of kind and value, regardless of case; as PostgreSQL's bigint. */
  hash: string;
}

/** The first of each kind are what an alert is about. */
const maxPerKind = 3;

/** The people, hosts and addresses in an alert's context, as the details dialog shows them. */
export function entitiesOf(context: Record<string, unknown>): Entity[] {
  const found = findEntities([{ id: "context", label: "Context", value: context }]);
  const of = { user: found.People, host: found.Hosts, address: found["IP addresses"] };
  return entityKinds.flatMap((kind) =>
    of[kind].slice(0, maxPerKind).map((node) => {
      const value = String(node.value).trim();
      return { kind, value, hash: hashOf(kind, value) };
    }),
  );
}

function hashOf(kind: string, value: string): string {
  return createHash("sha256").update(`${kind}\0${value.toLowerCase()}`).digest().readBigInt64BE().toString();
}

const statement: PreparedStatement = {
  name: "keep-entities",
  text: `insert into alert_entities (hash, alert_id) select * from unnest($1::bigint[], $2::uuid[])
    on conflict do nothing`,
};

/** Keeps the entities of alerts that this transaction opens. */
export async function keepEntities(
  runPrepared: RunPrepared,
  opened: { id: string; report: { context: Record<string, unknown> } }[],
): Promise<void> {
  const rows = opened.flatMap(({ id, report }) =>
    entitiesOf(report.context).map(({ hash }) => ({ id, hash })),
  );
  if (rows.length === 0) return;
  await runPrepared(statement, [rows.map(({ hash }) => hash), rows.map(({ id }) => id)]);
}
