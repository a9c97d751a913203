import type { AuditRecord } from "../../people/audit-log/record.ts";

/** What a syslog message says of an entry. */
export interface SyslogEntry extends AuditRecord {
  sentence: string;
  chain: { seq: number; hash: string; previous: string | null } | null;
}

/** Facility 13, “log audit”, with the severities warning (a refusal) and informational. */
const priority = { refused: 13 * 8 + 4, ok: 13 * 8 + 6 };
/** RFC 5612: the number that is for documents, as Tocsin has none of its own. */
const dataId = "tocsin@32473";
/** RFC 5425 section 4.3.1: what a receiver should be able to take. */
const maxOctets = 8192;

/**
 * An entry as a syslog message (RFC 5424): who, what and where as structured data, the sentence as text. If it is longer
 * than receivers take, changes and data are left out, and `cut` says so.
 */
export function syslogMessage(entry: SyslogEntry, host: string): string {
  const more = { changes: JSON.stringify(entry.changes), data: JSON.stringify(entry.data) };
  const whole = message(entry, host, more);
  return Buffer.byteLength(whole) <= maxOctets ? whole : message(entry, host, { cut: "changes and data" });
}

/** A message as it goes over TLS (RFC 5425): its length in octets, a space, the message. */
export function frame(text: string): string {
  return `${Buffer.byteLength(text)} ${text}`;
}

function message(entry: SyslogEntry, host: string, more: Record<string, string>): string {
  const { id, at, actor, action, target, outcome, via, ip, agent, slack, sentence, chain } = entry;
  const facts: Record<string, string | number | null | undefined> = {
    entry: id,
    ...{ seq: chain?.seq, hash: chain?.hash, previous: chain?.previous },
    ...{ actorType: actor.type, actorId: actor.id, actorName: actor.name, action },
    ...{ targetType: target?.type, targetId: target?.id, targetName: target?.name },
    ...{ outcome: outcome === "ok" ? "accepted" : "refused", via, ip, agent },
    ...{ slackUser: slack?.userId, slackTeam: slack?.teamId },
    ...more,
  };
  const params = Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name}="${escapeValue(String(value))}"`],
  );
  const head = `<${priority[outcome]}>1 ${at} ${headerText(host, 255)} tocsin - ${headerText(action, 32)}`;
  return `${head} [${dataId} ${params.join(" ")}] \ufeff${withoutControls(sentence)}`;
}

/** Header fields are printable ASCII without spaces. */
function headerText(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]+/g, "_").slice(0, most) || "-";
}

function escapeValue(text: string): string {
  return withoutControls(text).replace(/["\\\]]/g, "\\$&");
}

/** Many receivers split at line feeds, so that a name could begin a message of its own. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
