import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import { eventDestination } from "../events/event-destination.ts";
import { EventFault } from "../events/event-fault.ts";
import { changesField, checkUrl, maskedUrl } from "../events/fields.ts";
import { requireAccepted } from "../events/post.ts";
import { teamsMessage } from "./adaptive-card.ts";

/** Connectors were retired in favour of Workflows, and their addresses take another format. */
const retiredHost = /(^|\.)webhook\.office(365)?\.com$/i;

const copyUrl =
  "Copy the URL from the workflow in Teams again, and let anyone trigger it: a workflow that asks for sign-in can't be reached.";

/** Posts an Adaptive Card through a Workflows webhook. Such a card can't be edited later. */
export const teams = eventDestination({
  type: "teams",
  about: {
    name: "Microsoft Teams",
    summary: "Posts a card in a channel or chat by a workflow",
    icon: "people",
    fields: [
      {
        name: "webhookUrl",
        label: "Workflow URL",
        hint: "In Teams, open Workflows, create “Send webhook alerts to a channel”, and copy its URL. Anybody who knows it can post there, so it is never shown again.",
        placeholder: "https://….api.powerplatform.com/…",
        required: true,
        input: "secret",
        address: true,
      },
      {
        ...changesField,
        label: "Post changes of status",
        hint: "Posts a short card each time an alert is triaged, closed, reopened or raised. Teams can't edit cards, so the first card always shows the alert as it was.",
        summary: { on: "New alerts and changes of status", off: "New alerts only" },
        initial: false,
      },
    ],
    timezoneHint: "Used for times in this destination's cards.",
    test: {
      action: "Send Test Card",
      sent: "{place} accepted the test card. Look whether it appears in the channel.",
      failed: "The test card was not accepted",
    },
  },
  settings: { changes: z.boolean().default(false) },
  secrets: { webhookUrl: z.string().trim().min(1).max(2000) },
  hints: {
    schema: { hints: z.object({ webhookUrl: z.string() }) },
    of: ({ webhookUrl }) => ({ hints: { webhookUrl: maskedUrl(webhookUrl) } }),
  },
  follows: "current-state",
  paced: true,
  dropsRepeats: false,
  tells: ({ kind }) => kind === "status_changed" || kind === "severity_raised",
  place: () => "Microsoft Teams",
  async check(outgoing, { settings, secrets }) {
    const url = await checkUrl(outgoing, { field: "webhookUrl", url: secrets.webhookUrl });
    if (isRefusal(url)) return url;
    if (retiredHost.test(new URL(url).hostname)) {
      const why =
        "This is the address of a Connector, which Microsoft has retired. Create a workflow in Teams and use its URL.";
      return { refused: "invalid", field: "webhookUrl", why };
    }
    return { settings, secrets: { webhookUrl: url } };
  },
  remedies: {
    workflow_off: (place) => ({
      means: `The workflow of ${place} is turned off.`,
      todo: "Turn it on in Teams under Workflows. A workflow without an owner turns off by itself, so give it a second owner.",
    }),
    http_401: (place) => ({ means: `${place} rejected the Workflow URL (401).`, todo: copyUrl }),
    http_403: (place) => ({ means: `${place} rejected the Workflow URL (403).`, todo: copyUrl }),
    http_404: (place) => ({
      means: `${place} doesn't know the workflow (404). It was deleted, or its URL has changed.`,
      todo: "Create a workflow in Teams, and enter its URL in this destination.",
    }),
    http_400: (place) => ({
      means: `The workflow of ${place} refused the card (400).`,
      todo: "Create it from the template “Send webhook alerts to a channel”, which takes Adaptive Cards, and let anyone trigger it.",
    }),
    http_429: (place) => ({
      means: `${place} gets more cards than the workflow may post (429).`,
      todo: "Tocsin waits and tries again. Narrow the filters of this destination if it happens often.",
    }),
  },
  async send({ post, clock }, { secrets, target }, event) {
    const answer = await post({
      url: secrets.webhookUrl,
      headers: { "content-type": "application/json", "user-agent": "Tocsin" },
      body: JSON.stringify(teamsMessage(event, { timezone: target.timezone, now: clock() })),
    });
    if (answer.status === 400 && /TriggerIsNotEnabled|TriggerNotEnabled/.test(answer.text))
      throw new EventFault({ kind: "setup", code: "workflow_off" });
    requireAccepted(answer, clock());
  },
});
