import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Config } from "../../src/config.ts";
import type { Database } from "../../src/db/connect.ts";
import { listStreams, readReceiver } from "../../src/deliver/audit-stream/streams.ts";
import { mailServer } from "../../src/deliver/email/mailer.ts";
import { eventsOrigin } from "../../src/deliver/pagerduty/pagerduty.ts";
import { explainFailure } from "../../src/reach/explain-failure.ts";
import { failureCode } from "../../src/reach/failure-code.ts";
import type { Reach } from "../../src/reach/reach.ts";
import { tryConnection } from "../../src/reach/try-connection.ts";
import { destinationPurpose, type Vault } from "../../src/secrets/vault.ts";
import { clockFinding } from "./check-clock.ts";
import type { Finding } from "./finding.ts";

/** Whether the file of further certificate authorities can be used: Node.js only prints a warning if it can't. */
export function checkAuthorities(path: string | undefined): Finding[] {
  if (!path) return [];
  const broken = (why: string): Finding[] => [
    { kind: "broken", text: `NODE_EXTRA_CA_CERTS: ${path} ${why}` },
  ];
  try {
    const pem = readFileSync(path, "utf8").match(/-----BEGIN [\s\S]+?-----END [A-Z ]+-----/g) ?? [];
    if (pem.length === 0)
      return broken("has no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----.");
    const ended = pem
      .map((one) => new X509Certificate(one))
      .filter(({ validToDate }) => validToDate < new Date());
    const names = ended.map(({ subject }) => subject.replaceAll("\n", ", "));
    // A system's whole bundle has a few old ones.
    if (ended.length === pem.length)
      return broken(`has only certificates that have expired: ${names.join("; ")}.`);
    return [{ kind: "ok", text: `NODE_EXTRA_CA_CERTS adds ${pem.length} of ${path}.` }];
  } catch (fault) {
    return broken(
      `can't be used (${failureCode(fault, "unknown")}). Name a file that this user can read, with certificates in PEM.`,
    );
  }
}

const pingSeconds = 10;

/** Asks Slack's API without a token, which it refuses with a 200, and compares the clocks. */
export async function checkSlackApi({ slackApiUrl }: Config, reach: Reach): Promise<Finding[]> {
  const url = new URL("auth.test", slackApiUrl);
  try {
    const signal = AbortSignal.timeout(pingSeconds * 1000);
    const answer = await reach.fetch(url, { method: "POST", redirect: "manual", signal });
    await answer.body?.cancel();
    if (answer.status !== 200) {
      const text = `${url.host} answers ${answer.status}, so something between Tocsin and Slack answers in its place, such as a proxy or gateway. Have it let Tocsin through.`;
      return [{ kind: "broken", text }];
    }
    const clock = clockFinding(answer.headers.get("date"), new Date(), url.host);
    return [reached(url.host, reach.proxyOf(url)), ...(clock ? [clock] : [])];
  } catch (fault) {
    const tried = await tryConnection(url, reach);
    if (!tried.ok) return [{ kind: "broken", text: `${tried.means} ${tried.todo}` }];
    const why = explainFailure(failureCode(fault, "unknown"), url.host);
    return [
      {
        kind: "broken",
        text: why
          ? `${why.means} ${why.todo}`
          : `${url.host} can't be asked (${failureCode(fault, "unknown")}).`,
      },
    ];
  }
}

/** Opens a connection to everything else that Tocsin is set up to reach. Nothing is sent. */
export async function checkConnections(
  { db, vault, smtp }: { db: Database; vault: Vault; smtp: Config["smtp"] },
  reach: Reach,
): Promise<Finding[]> {
  const targets = [...(await destinationTargets(db, vault)), ...(await streamTargets(db, vault))];
  if (smtp) {
    const { host, port } = mailServer(smtp.url);
    const scheme = smtp.url.startsWith("smtps:") ? "smtps" : "smtp";
    targets.push({ name: "SMTP_URL", url: new URL(`${scheme}://${host}:${port}`) });
  }
  return Promise.all(
    targets.map(async ({ name, url, ca = null }): Promise<Finding> => {
      const tried = await tryConnection(url, { ...reach, ca });
      if (tried.ok) return reached(`${name}: ${url.host}`, tried.proxy);
      return { kind: "broken", text: `${name}: ${tried.means} ${tried.todo}`.trim() };
    }),
  );
}

function reached(what: string, proxy: URL | null): Finding {
  return { kind: "ok", text: `${what} answers${proxy ? ` through the proxy ${proxy.host}` : ""}.` };
}

interface Target {
  name: string;
  url: URL;
  ca?: string | null;
}

/** The secret that is the address of a destination, by its type. */
const addressFields = ["url", "webhookUrl"];

async function destinationTargets({ kysely }: Database, vault: Vault): Promise<Target[]> {
  const rows = await kysely
    .selectFrom("destinations")
    .select(["id", "type", "display_name as name", "settings", "sealed"])
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .orderBy("created_at")
    .execute();
  return rows.flatMap(({ id, type, name, settings, sealed }) => {
    if (type === "pagerduty") return [{ name, url: new URL(eventsOrigin(settings)) }];
    const address = addressFields.find((field) => sealed[field] !== undefined);
    const value = address && sealed[address];
    if (!value) return [];
    const url = URL.parse(vault.unseal(Buffer.from(value, "base64"), destinationPurpose(address, id)));
    return url ? [{ name, url }] : [];
  });
}

async function streamTargets({ kysely }: Database, vault: Vault): Promise<Target[]> {
  const targets: Target[] = [];
  for (const { kind, syslog } of await listStreams(kysely)) {
    const receiver = await readReceiver(kysely, vault, kind);
    const address = syslog ? `tls://${syslog.host}:${syslog.port}` : (receiver?.secrets.url ?? "");
    const url = URL.parse(address);
    if (url) targets.push({ name: `Audit log to ${kind}`, url, ca: syslog?.ca ?? null });
  }
  return targets;
}
