import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import { makeSecret } from "../../people/principal.ts";
import { eventDestination } from "../events/event-destination.ts";
import { changesField, checkUrl, maskedUrl } from "../events/fields.ts";
import { requireAccepted } from "../events/post.ts";
import { eventBody, sign } from "./event-body.ts";
import { decideHeaders } from "./headers.ts";

/** Sends signed JSON to a program, as Panther's Custom Webhook does. */
export const customWebhook = eventDestination({
  type: "custom-webhook",
  about: {
    name: "Custom Webhook",
    summary: "Sends signed JSON to your own endpoint",
    icon: "plug",
    fields: [
      {
        name: "url",
        label: "URL",
        hint: "Alerts are sent to this URL as JSON. It is stored encrypted, and only its host is shown again.",
        placeholder: "https://hooks.example.com/tocsin",
        required: true,
        input: "secret",
        address: true,
      },
      {
        name: "headers",
        label: "Headers",
        hint: "Sent with each event, for example an Authorization header that your receiver checks. Values are never shown again.",
        required: false,
        input: "headers",
      },
      {
        name: "secret",
        label: "Signing Secret",
        hint: "Tocsin signs each event with this secret. Leave empty to generate one, which is shown once.",
        editHint:
          "Tocsin signs each event with this secret. Before you change it, give the receiver the new one.",
        required: false,
        input: "secret",
      },
      {
        ...changesField,
        hint: "Sends each change of status, assignee, severity or comments as an event. Otherwise only new alerts are sent.",
        initial: true,
      },
    ],
    timezoneHint: null,
    test: {
      action: "Send Test Event",
      sent: "{place} accepted the test event.",
      failed: "The test event was not accepted",
    },
    secret: {
      label: "Signing secret",
      hint: "Copy it now and give it to the receiver, which verifies the signature of each event with it. Tocsin stores it encrypted and can't show it again.",
    },
  },
  settings: { changes: z.boolean().default(false) },
  secrets: {
    url: z.string().trim().min(1).max(2000),
    /** Values by name. In a change, an empty value keeps the stored one and an absent name is removed. */
    headers: z
      .record(z.string().min(1).max(200), z.string().max(8000))
      .refine((given) => Object.keys(given).length <= 20, "at most 20 headers")
      .default({}),
    /** Empty or absent: Tocsin generates one, or keeps the stored one in a change. */
    secret: z.union([z.literal(""), z.string().min(8, "at least 8 characters").max(500)]).default(""),
  },
  hints: {
    /** The names of the headers that were set; their values are never returned. */
    schema: { headerNames: z.array(z.string()), hints: z.object({ url: z.string() }) },
    of: ({ headers, url }) => ({ headerNames: Object.keys(headers), hints: { url: maskedUrl(url) } }),
  },
  follows: "each-change",
  paced: false,
  dropsRepeats: true,
  place: ({ secrets }) => new URL(secrets.url).host,
  async check(outgoing, { settings, secrets }, stored) {
    const headers = decideHeaders(secrets.headers, stored?.headers ?? {});
    if (isRefusal(headers)) return headers;
    const url = await checkUrl(outgoing, { field: "url", url: secrets.url });
    if (isRefusal(url)) return url;
    const generated = secrets.secret ? null : makeSecret("whsec_");
    const secret = secrets.secret || generated || "";
    return { settings, secrets: { url, headers, secret }, secret: generated };
  },
  remedies: {},
  async send({ post, clock }, { secrets }, event) {
    const body = JSON.stringify(eventBody(event));
    const timestamp = Math.floor(clock().getTime() / 1000);
    const kind = event.kind === "test" ? "test" : `alert.${event.kind}`;
    const ownHeaders = {
      "content-type": "application/json",
      "user-agent": "Tocsin",
      "x-tocsin-event": kind,
      "x-tocsin-event-id": event.id,
      "x-tocsin-delivery": event.deliveryId,
      "x-tocsin-timestamp": `${timestamp}`,
      "x-tocsin-signature": sign(body, { timestamp, secret: secrets.secret }),
    };
    requireAccepted(
      await post({ url: secrets.url, headers: { ...secrets.headers, ...ownHeaders }, body }),
      clock(),
    );
  },
});
