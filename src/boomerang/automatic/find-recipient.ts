import type { Kysely } from "kysely";
import type { AutomaticBoomerang } from "../../alert/automatic-boomerang.ts";
import type { Installation } from "../../connect/installations/installations.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { type LookupResult, lookUpRecipients, type RecipientReference } from "../recipients.ts";
import { type Confirming, onlyConfirmable } from "../second-factor/ways.ts";
import { email, findIn } from "../suggest.ts";

const slackId = /^[UW][A-Z0-9]{2,30}$/;

interface Lookup {
  client: SlackClient;
  installation: Installation;
  db: Kysely<Tables>;
  confirming: Confirming;
}

type Wanted = Pick<AutomaticBoomerang, "whom" | "secondFactor"> & {
  context: Readonly<Record<string, unknown>>;
};

/** Whom the setting means for an alert with this context, as Slack knows them. Throws a `SlackFault`. */
export async function findAutomaticRecipient(
  { client, installation, db, confirming }: Lookup,
  { whom, secondFactor, context }: Wanted,
): Promise<LookupResult> {
  const reference = "field" in whom ? referenceIn(context, whom.field) : whom;
  if (!reference) {
    const field = "field" in whom ? whom.field : "";
    return {
      reached: false,
      name: `The person in ${field}`,
      why: "this field of the alert holds no email address and no Slack ID",
    };
  }
  const found = await lookUpRecipients(client, installation, [reference]);
  const [result] = secondFactor ? await onlyConfirmable(db, confirming, found) : found;
  if (!result) throw new Error("a recipient was not looked up");
  return result;
}

/** The first email or Slack id in such a field; `email` also matches `actor.email`. */
function referenceIn(context: Readonly<Record<string, unknown>>, field: string): RecipientReference | null {
  const [found] = findIn(context, [field], (text) => email.test(text) || slackId.test(text));
  if (found === undefined) return null;
  return slackId.test(found) ? { slackUserId: found } : { email: found };
}
