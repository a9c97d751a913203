import { sql } from "kysely";
import type { z } from "zod";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { changesBetween } from "../../people/audit-log/changes.ts";
import { makeSecret, type Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { auditStreamPurpose, type Vault } from "../../secrets/vault.ts";
import { EventFault } from "../events/event-fault.ts";
import { checkUrl, maskedUrl } from "../events/fields.ts";
import type { Outgoing } from "../events/outgoing.ts";
import type { SavedStream, syslogStream, webhookStream } from "./contract.ts";
import type { Receiver } from "./receivers.ts";
import { streamRemedy } from "./stream-remedy.ts";
import { listStreams, mayStream, readReceiver } from "./streams.ts";

type StreamWish =
  | ({ kind: "webhook" } & z.output<typeof webhookStream>)
  | ({ kind: "syslog" } & z.output<typeof syslogStream>);

interface Parts {
  db: Database;
  outgoing: Outgoing;
}

/** Creates a receiver, which gets the entries from now on, or changes it, which keeps its place in the log. */
export async function saveStream(
  { db, outgoing }: Parts,
  wish: StreamWish,
  by: Principal,
): Promise<SavedStream | Refusal> {
  const { vault } = outgoing;
  const before = await readReceiver(db.kysely, vault, wish.kind);
  const after = await prepare(outgoing, wish, before);
  if (isRefusal(after)) return after;
  const { generated, ...receiver } = after;
  const saved = await transactionAs(db, by, mayStream, async (tx) => {
    await store(tx, vault, receiver);
    const shown = (one: Receiver | null) =>
      one && {
        ...one.settings,
        ...(one.secrets.url !== undefined && { url: maskedUrl(one.secrets.url) }),
        ...(one.secrets.secret !== undefined && { secret: one.secrets.secret }),
      };
    const changes = changesBetween(shown(before) ?? {}, shown(receiver) ?? {});
    if (changes.secret) changes.secret = { from: before ? "set" : null, to: "replaced" };
    await audit(tx, by, {
      action: before ? "audit_stream.changed" : "audit_stream.created",
      target: null,
      changes,
      data: { kind: wish.kind },
    });
    return null;
  });
  if (saved) return saved;
  const [body] = (await listStreams(db.kysely)).filter(({ kind }) => kind === wish.kind);
  if (!body) throw new Error(`the ${wish.kind} of the audit log is missing after it was saved`);
  return { ...body, secret: generated };
}

/** The receiver with its secrets, or why it can't be used. */
async function prepare(
  outgoing: Outgoing,
  wish: StreamWish,
  before: Receiver | null,
): Promise<(Receiver & { generated: string | null }) | Refusal> {
  if (wish.kind === "syslog") {
    const { host, port, ca } = wish;
    const refused = await checkHost(outgoing, host);
    return refused ?? { kind: "syslog", settings: { host, port, ca }, secrets: {}, generated: null };
  }
  const given = wish.url || before?.secrets.url || "";
  const url = await checkUrl(outgoing, { field: "url", url: given });
  if (isRefusal(url)) return url;
  const kept = wish.secret || before?.secrets.secret;
  const generated = kept ? null : makeSecret("whsec_");
  return {
    kind: "webhook",
    settings: { host: new URL(url).host },
    secrets: { url, secret: kept ?? generated ?? "" },
    generated,
  };
}

/** A host that can't be resolved yet is accepted: each connection checks the address again. */
async function checkHost(outgoing: Pick<Outgoing, "check">, host: string): Promise<Refusal | null> {
  const url = URL.parse(`https://${host.includes(":") ? `[${host}]` : host}`);
  if (!url) return { refused: "invalid", field: "host", why: "Enter a host name or an IP address." };
  try {
    await outgoing.check(url);
    return null;
  } catch (fault) {
    if (!(fault instanceof EventFault)) return null;
    return { refused: "invalid", field: "host", why: streamRemedy(fault.code, host) };
  }
}

async function store(tx: Transaction, vault: Vault, { kind, settings, secrets }: Receiver): Promise<void> {
  const sealed = Object.entries(secrets).map(([name, value]) => [
    name,
    vault.seal(value, auditStreamPurpose(name, kind)).toString("base64"),
  ]);
  await sql`insert into audit_streams (kind, settings, sealed, sent_seq)
    values (${kind}, ${JSON.stringify(settings)}, ${JSON.stringify(Object.fromEntries(sealed))},
      (select seq from audit_head))
    on conflict (kind) do update set settings = excluded.settings, sealed = excluded.sealed, run_at = now(), lease = null,
      leased_until = null, attempts = 0, fault = null, fault_since = null, broken = false`.execute(tx);
}
