import { z } from "zod";
import { isOpen } from "../../alert/alert.ts";
import type { AlertEvent } from "../events/alert-event.ts";
import { eventDestination } from "../events/event-destination.ts";
import { EventFault } from "../events/event-fault.ts";
import { hintOf } from "../events/fields.ts";
import { requireAccepted } from "../events/post.ts";
import { type Action, eventBody } from "./event-body.ts";

const origins = { us: "https://events.pagerduty.com", eu: "https://events.eu.pagerduty.com" };

/** Where the events of a destination go, by its settings. */
export function eventsOrigin({ region }: Record<string, unknown>): string {
  return region === "eu" ? origins.eu : origins.us;
}

/** PagerDuty gives no Retry-After when an integration sends too much. */
const waitSeconds = 30;

/** Pages the person on call through the Events API v2. */
export const pagerduty = eventDestination({
  type: "pagerduty",
  about: {
    name: "PagerDuty",
    summary: "Pages the person on call, and follows triage and closing",
    icon: "bell",
    fields: [
      {
        name: "routingKey",
        label: "Integration Key",
        hint: "The key of an Events API V2 integration: in PagerDuty, open a service and add it under Integrations.",
        placeholder: "32 letters and digits",
        required: true,
        input: "secret",
      },
      {
        name: "region",
        label: "Service region",
        hint: "Where your PagerDuty account is. The address of an account in the EU ends in eu.pagerduty.com.",
        required: true,
        input: "choice",
        options: [
          { value: "us", label: "US" },
          { value: "eu", label: "EU" },
        ],
        initial: "us",
      },
    ],
    timezoneHint: null,
    test: {
      action: "Send Test Incident",
      sent: "{place} accepted a test incident, which Tocsin has resolved at once.",
      failed: "The test incident was not accepted",
    },
  },
  settings: { region: z.enum(["us", "eu"]).default("us") },
  secrets: {
    routingKey: z
      .string()
      .trim()
      .regex(
        /^[0-9A-Za-z]{32}$/,
        "must be the Integration Key of an Events API V2 integration: 32 letters and digits",
      ),
  },
  hints: {
    schema: { hints: z.object({ routingKey: z.string() }) },
    of: ({ routingKey }) => ({ hints: { routingKey: hintOf(routingKey) } }),
  },
  follows: "current-state",
  paced: false,
  dropsRepeats: true,
  tells: ({ kind }) => kind === "status_changed" || kind === "severity_raised",
  place: ({ settings }) => (settings.region === "eu" ? "PagerDuty EU" : "PagerDuty"),
  remedies: {
    bad_routing_key: (place) => ({
      means: `${place} doesn't know the Integration Key.`,
      todo: "Copy the key of an Events API V2 integration from your service's Integrations tab into this destination, and check the region.",
    }),
    http_400: (place) => ({
      means: `${place} refused the event as invalid (400).`,
      todo: "Other events go out. If this goes on, report it as a fault of Tocsin.",
    }),
    http_403: (place) => ({
      means: `${place} refused access (403).`,
      todo: "Check that the service and its integration are enabled in PagerDuty, and the region of this destination.",
    }),
    http_429: (place) => ({
      means: `${place} gets more events than it takes for this integration (429).`,
      todo: "Tocsin waits and tries again. Narrow the filters of this destination if it happens often.",
    }),
  },
  async send({ post, clock }, { settings, secrets }, event) {
    for (const action of actionsFor(event)) {
      const body = JSON.stringify(eventBody(event, { ...secrets, action }));
      const answer = await post({
        url: `${origins[settings.region]}/v2/enqueue`,
        headers: { "content-type": "application/json", "user-agent": "Tocsin" },
        body,
      });
      if (answer.status === 400 && /routing[_ ]key/i.test(answer.text))
        throw new EventFault({ kind: "setup", code: "bad_routing_key" });
      if (answer.status === 429 && !answer.retryAfter)
        throw new EventFault({ kind: "rate", code: "http_429", retryAfterSeconds: waitSeconds });
      requireAccepted(answer, clock());
    }
  },
});

/** What PagerDuty is told, in order. Telling it again changes nothing, because all have the alert's `dedup_key`. */
export function actionsFor({
  kind,
  alert: { status },
  changes,
}: Pick<AlertEvent, "kind" | "alert" | "changes">): Action[] {
  // A test must not stay open.
  if (kind === "test") return ["trigger", "resolve"];
  // An alert that was closed before it could be sent pages nobody.
  if (!isOpen(status)) return ["resolve"];
  // Only a triggered alert can be acknowledged, and only a trigger says how severe it is.
  const isRaised = changes.some((change) => change.kind === "severity_raised");
  if (status === "TRIAGED")
    return kind === "opened" || isRaised ? ["trigger", "acknowledge"] : ["acknowledge"];
  return ["trigger"];
}
