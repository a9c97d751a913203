import { randomUUID } from "node:crypto";
import { z } from "zod";
import { auditSentence, sentenceText } from "../../alert/audit-sentence/audit-sentence.ts";
import type { App, Deps } from "../../api/deps.ts";
import { page } from "../../api/page.ts";
import { orRefuse, problem, refusalProblem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { audit } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { EventFault } from "../events/event-fault.ts";
import {
  auditStreamBody,
  savedStream,
  streamParams,
  streamTested,
  syslogStream,
  webhookStream,
} from "./contract.ts";
import { sendTo } from "./receivers.ts";
import { saveStream } from "./save-stream.ts";
import { streamRemedy } from "./stream-remedy.ts";
import { deleteStream, listStreams, mayStream, noStream, placeOf, readReceiver } from "./streams.ts";
import type { SyslogEntry } from "./syslog-message.ts";

const tags = ["Audit log"];
const url = "/api/v1/audit-log/streams";

/** Set where each entry of the audit log is sent. */
export function auditStreamRoutes(app: App, { db, outgoing }: Deps): void {
  app.get(
    url,
    {
      ...requires("View Audit Log"),
      schema: {
        tags,
        summary: "List where the audit log is sent, and whether it arrives",
        response: { 200: page(auditStreamBody) },
      },
    },
    async () => ({ results: await listStreams(db.kysely), next: null }),
  );

  const saves = requires(mayStream, {
    audits: ["audit_stream.created", "audit_stream.changed"],
    fresh: true,
    cost: "heavy",
  });
  app.put(
    `${url}/webhook`,
    {
      ...saves,
      schema: {
        tags,
        summary: "Send each entry to a webhook as signed JSON, from now on",
        body: webhookStream,
        response: { 200: savedStream },
      },
    },
    async ({ body, principal }) =>
      orRefuse(await saveStream({ db, outgoing }, { kind: "webhook", ...body }, principal)),
  );

  app.put(
    `${url}/syslog`,
    {
      ...saves,
      schema: {
        tags,
        summary: "Send each entry to a syslog server over TLS (RFC 5424, RFC 5425), from now on",
        body: syslogStream,
        response: { 200: savedStream },
      },
    },
    async ({ body, principal }) =>
      orRefuse(await saveStream({ db, outgoing }, { kind: "syslog", ...body }, principal)),
  );

  app.delete(
    `${url}/:kind`,
    {
      ...requires(mayStream, { audits: ["audit_stream.deleted"], fresh: true }),
      schema: {
        tags,
        summary: "Send no further entries there",
        params: streamParams,
        response: { 204: z.null() },
      },
    },
    async ({ params: { kind }, principal }, reply) => {
      const refused = await deleteStream(db, kind, principal);
      if (refused) orRefuse(refused);
      return reply.code(204).send(null);
    },
  );
}

/** Try a receiver of the audit log. */
export function auditStreamTestRoutes(app: App, { db, outgoing, config, clock }: Deps): void {
  app.post(
    `${url}/:kind/test`,
    {
      ...requires(mayStream, { audits: ["audit_stream.tested"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Send a test entry there, which is not part of the log",
        params: streamParams,
        response: { 200: streamTested },
      },
    },
    async ({ params: { kind }, principal }) => {
      const receiver = await readReceiver(db.kysely, outgoing.vault, kind);
      if (!receiver) throw refusalProblem(noStream);
      const place = placeOf(kind, receiver.settings);
      const host = new URL(config.publicUrl).hostname;
      const fault = await sendTo(outgoing, receiver, [testEntry(principal, kind, clock())], { host }).then(
        () => null,
        (met: unknown) => {
          if (met instanceof EventFault) return met;
          throw met;
        },
      );
      const data = { kind, ...(fault && { fault: fault.code }) };
      await audit(db.kysely, principal, { action: "audit_stream.tested", target: null, changes: null, data });
      if (fault) throw problem(502, streamRemedy(fault.code, place));
      return { place };
    },
  );
}

function testEntry({ actor, via }: Principal, kind: string, now: Date): SyslogEntry {
  const shown = {
    id: randomUUID(),
    at: now.toISOString(),
    actor,
    action: "audit_stream.tested",
    target: null,
    outcome: "ok" as const,
    ...{ via, ip: null, agent: null, slack: null, changes: {} },
    data: { kind, test: true },
  };
  return { ...shown, sentence: sentenceText(auditSentence(shown)), chain: null };
}
