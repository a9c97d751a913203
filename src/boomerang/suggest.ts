import type { Alert } from "../alert/alert.ts";
import type { Database } from "../db/connect.ts";
import { asFace } from "../people/slack/as-face.ts";
import type { Installation } from "../people/slack/find-installation.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { emailFields } from "../triage/boomerang/email-fields.ts";
import { emailsIn } from "../triage/boomerang/emails-in.ts";
import { whyUnreachable } from "../triage/boomerang/why-unreachable.ts";

interface Suggesting {
  db: Database["kysely"];
  client: Pick<SlackClient, "lookupByEmail">;
  installation: Installation;
}

/** The person whose e-mail stands in the alert, if they can be asked. Offered only: nobody is asked without a click. */
export async function suggest(
  { db, client, installation }: Suggesting,
  { context }: Pick<Alert, "context">,
): Promise<{ id: string; name: string; email: string } | null> {
  const [email] = emailsIn(context, await emailFields(db));
  if (!email) return null;
  try {
    const user = await client.lookupByEmail(email);
    return user && !whyUnreachable(asFace(user), installation)
      ? { id: user.id, name: user.name, email }
      : null;
  } catch (fault) {
    // A suggestion less; who is asked is chosen by hand then.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}
