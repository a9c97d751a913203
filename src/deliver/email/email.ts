import { z } from "zod";
import { eventDestination } from "../events/event-destination.ts";
import { EventFault } from "../events/event-fault.ts";
import { changesField } from "../events/fields.ts";
import { drawDigestMail, drawMail } from "./draw-mail.ts";
import { mailFault, mailRemedies } from "./mail-fault.ts";
import type { Mail, Mailer } from "./mailer.ts";

/** Sends emails, one conversation per alert. */
export const email = eventDestination({
  type: "email",
  about: {
    name: "Email",
    summary: "Sends an email per alert, and one digest in a storm",
    icon: "mail",
    fields: [
      {
        name: "to",
        label: "Recipients",
        hint: "All of them are named in each email. An alert's text leaves Tocsin unencrypted, so choose mailboxes that may hold it.",
        placeholder: "soc@example.com",
        required: true,
        input: "list",
      },
      {
        ...changesField,
        hint: "Sends each change of status, assignee, severity or comments as a reply in the alert's conversation.",
        initial: true,
      },
    ],
    timezoneHint: "Used for times in this destination's emails.",
    test: {
      action: "Send Test Email",
      sent: "The mail server took a test email for {place}.",
      failed: "The test email was not sent",
    },
  },
  unavailable: ({ mail }) => (mail ? null : "Needs a mail server: set SMTP_URL and restart Tocsin."),
  settings: {
    to: z
      .array(z.email("must be an email address, for example soc@example.com").max(254))
      .min(1, "enter at least one recipient")
      .max(20, "at most 20 recipients"),
    changes: z.boolean().default(true),
  },
  secrets: {},
  follows: "current-state",
  paced: true,
  dropsRepeats: false,
  place({ settings: { to } }) {
    const [first = "", ...others] = to;
    return others.length > 0 ? `${first} and ${others.length} more` : first;
  },
  receiver: "The mail server",
  remedies: mailRemedies,
  async send({ mail, clock }, { settings, target }, event) {
    const view = { timezone: target.timezone, now: clock() };
    const root = `${event.deliveryId}.alert`;
    const isFirst = event.kind !== "changed" && !event.again;
    await deliver(mail, {
      id: isFirst ? root : event.id,
      ...(!isFirst && { inConversation: root }),
      to: settings.to,
      urgent:
        event.kind === "opened" && (event.alert.severity === "CRITICAL" || event.alert.severity === "HIGH"),
      ...drawMail(event, view),
    });
  },
  async sendDigest({ mail }, { settings }, part) {
    await deliver(mail, { id: part.id, to: settings.to, ...drawDigestMail(part) });
  },
});

/**
 * Sends an email. Throws an `EventFault` unless the server took it for every recipient that it may take later: a repeat
 * has the same Message-ID. An address that is refused for good fails only if no other was accepted.
 */
async function deliver(mailer: Mailer | null, mail: Mail): Promise<void> {
  if (!mailer) throw new EventFault({ kind: "setup", code: "no_smtp" });
  const { refused } = await mailer(mail).catch((fault: unknown) => {
    throw mailFault(fault);
  });
  const later = refused.find((code) => code < 500);
  if (later !== undefined) throw new EventFault({ kind: "passing", code: `smtp_${later}` });
}
