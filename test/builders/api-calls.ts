import { openIntakeConnection } from "../../src/db/intake-transaction.ts";
import { keepBodies, toRow } from "../../src/ingest/kept-bodies/keep-bodies.ts";
import { sourceFinder } from "../../src/ingest/source-keys.ts";
import { ingestReports } from "../../src/pipeline.ts";
import { type Caller, password, type TestServer } from "../tocsin/server.ts";
import { newDestination } from "./destination.ts";
import { report } from "./report.ts";

export interface ApiCall {
  url: string;
  body?: object | undefined;
}

/** Requests that each route understands, about things that exist: one of every kind that the API can change. */
export async function makeCalls(server: TestServer, admin: Caller) {
  const { ids, hash } = await makeThings(server, admin);
  const bodies = bodiesFor({ ids, hash });
  const idAt: [string, string][] = [
    ["/alerts/:id", ids.alert],
    ["/boomerangs/:id", ids.boomerang],
    ["/silences/:id", ids.silence],
    ["/sources/:id", ids.source],
    ["/detections/:id", ids.detection],
    ["/destinations/:id", ids.destination],
    ["/installations/:id", ids.installation],
    ["/users/:id", ids.user],
    ["/roles/:id", ids.role],
    ["/views/:id", ids.view],
    ["/api-tokens/:id", ids.token],
  ];
  return ({ method, url }: { method: string; url: string }): ApiCall => {
    const [, id = unknownId] = idAt.find(([part]) => url.includes(part)) ?? [];
    const filled = url
      .replace(":id", id)
      .replace(":keyId", ids.key)
      .replace(":bodyId", ids.body)
      .replace(":slackUserId", "U0GRACE001")
      .replace(":kind", "webhook")
      .replace(/:\w+/, unknownId);
    const query = method === "GET" ? (queries[url] ?? "") : "";
    return { url: filled + query, body: bodies[`${method} ${url}`] };
  };
}

type Things = Awaited<ReturnType<typeof makeThings>>;

/** The bodies of the requests that have one. */
function bodiesFor({ ids, hash }: Pick<Things, "ids" | "hash">): Record<string, object> {
  return {
    "PATCH /api/v1/alerts/:id": { comment: "Seen." },
    "PATCH /api/v1/alerts": { ids: [ids.alert], comment: "Seen." },
    "POST /api/v1/alert-comments": { alertId: ids.alert, body: "Seen." },
    "POST /api/v1/alerts/:id/deliveries": { destinationId: ids.destination },
    "POST /api/v1/alerts/:id/boomerangs": { to: [{ channel: "#security" }], question: "Was this you?" },
    "POST /api/v1/alerts/:id/boomerang-preview": {
      to: [{ channel: "#security" }],
      question: "Was this you?",
    },
    "POST /api/v1/boomerangs/:id/suppressions": { recipient: ids.recipient, for: "1h" },
    "POST /api/v1/silences": { detection: "Another", reason: "Maintenance", forMinutes: 60 },
    "POST /api/v1/silences/preview": { detection: "Another" },
    "PATCH /api/v1/silences/:id": { reason: "Longer maintenance" },
    "POST /api/v1/sources": { kind: "native", name: "Another source" },
    "PATCH /api/v1/sources/:id": { defaultSeverity: "HIGH" },
    "POST /api/v1/detections": { source: ids.source, detectionId: "Not.Seen", destinations: [] },
    "PATCH /api/v1/detections/:id": { destinations: null },
    "POST /api/v1/detections/:id/boomerang-preview": {
      whom: { email: "eve@acme.example" },
      question: "Was this you?",
    },
    "POST /api/v1/destinations": newDestination({ displayName: "Another", confirmChannel: true }),
    "PATCH /api/v1/destinations/:id": { timezone: "Europe/Paris" },
    "PUT /api/v1/slack/app": { mode: "http" },
    "POST /api/v1/slack/app/check": { channel: "#security" },
    "POST /api/v1/slack/manifest/handed-out": {
      mode: "http",
      threadMirror: false,
      orgWide: false,
      hash,
      how: "copied",
    },
    "PATCH /api/v1/slack/installations/:id": { trusted: true },
    "POST /api/v1/users": { email: "another@example.com", name: "Another", role: "AnalystReadOnly" },
    "PATCH /api/v1/users/:id": { name: "Renamed" },
    "PUT /api/v1/users/:id/slack-users/:slackUserId": { installationId: ids.installation },
    "POST /api/v1/roles": { name: "Another", permissions: ["View Alerts"] },
    "PATCH /api/v1/roles/:id": { name: "Renamed" },
    "PATCH /api/v1/session": { mailWhenAssigned: false },
    "POST /api/v1/session/confirm": { password },
    "PUT /api/v1/session/password": {
      currentPassword: password,
      newPassword: "an otter plays the marimba at dusk",
    },
    "POST /api/v1/session": { email: "admin@example.com", password },
    "POST /api/v1/api-tokens": { name: "Another", permissions: ["View Alerts"] },
    "POST /api/v1/views": { name: "Mine", filters: { severity: ["HIGH"] } },
    "PATCH /api/v1/views/:id": { name: "Ours" },
    "PATCH /api/v1/settings": { commentRequired: false },
    // Nobody listens there.
    "PUT /api/v1/audit-log/streams/webhook": { url: "http://127.0.0.1:1/hook" },
    "PUT /api/v1/audit-log/streams/syslog": { host: "127.0.0.1", port: 1 },
  };
}

const unknownId = "0199f3c2-0000-7000-8000-000000000000";

const queries: Record<string, string> = {
  "/api/v1/alert-comments": `?alertId=${unknownId}`,
  "/api/v1/audit-log/export": "?format=jsonl&q=nothing",
};

async function makeThings(server: TestServer, admin: Caller) {
  const made = async (path: string, body: object) => (await admin("POST", `/api/v1/${path}`, body)).body;
  const source = await made("sources", { kind: "native", name: "Falcon" });
  const alert = await openAlert(server, source);
  const destination = await made("destinations", newDestination());
  const boomerang = await made(`alerts/${alert}/boomerangs`, {
    to: [{ channel: "#security" }],
    question: "Was this you?",
  });
  const asked = (await admin("GET", `/api/v1/boomerangs/${boomerang.id}`)).body;
  const ids = {
    alert,
    body: await keptBody(server, source.id),
    source: source.id,
    key: source.keys[0].id,
    destination: destination.id,
    boomerang: boomerang.id,
    recipient: asked.recipients[0].id,
    silence: (await made("silences", { detection: "Other", reason: "Maintenance", forMinutes: 60 })).id,
    detection: (await admin("GET", "/api/v1/detections")).body.results[0].id,
    installation: (await admin("GET", "/api/v1/slack/app")).body.installations[0].id,
    view: (await made("views", { name: "All", filters: {}, shared: true })).id,
    user: (await made("users", { email: "gone@example.com", name: "Gone", role: "Analyst" })).id,
    role: (await made("roles", { name: "Old", permissions: ["View Alerts"] })).id,
    token: (await made("api-tokens", { name: "Old", permissions: ["View Alerts"] })).id,
  };
  return {
    ids,
    hash: (await admin("GET", "/api/v1/slack/manifest?mode=http&threadMirror=false&orgWide=false")).body.hash,
  };
}

/** A body of the source with a refused report. */
async function keptBody({ deps: { db, clock } }: TestServer, sourceId: string): Promise<string> {
  const results = [{ index: 0, outcome: "invalid", field: "title", expected: "text" } as const];
  const receipt = { sourceId, bytes: Buffer.from("{}"), contentType: null, results, unknownWords: [] };
  const row = await toRow(receipt, clock());
  await keepBodies(db, [row]);
  return row.id;
}

async function openAlert({ deps: { db, clock } }: TestServer, source: { id: string; key: string }) {
  const known = await sourceFinder(db, clock)(source.id, source.key);
  if (!known) throw new Error("the source is gone");
  const reports = [{ source: known, report: report({ title: "Seen" }) }];
  const [taken] = await openIntakeConnection(db).transaction((intake) => ingestReports(intake, reports));
  return taken?.alertId ?? "";
}
