import type { Refusal } from "../../alert/refusal.ts";
import type { Field } from "../contract.ts";
import { EventFault, eventRemedy } from "./event-fault.ts";
import type { Outgoing } from "./outgoing.ts";

/** The switch of a type whose destinations choose whether they get changes. Add what a change is to it. */
export const changesField = {
  name: "changes",
  label: "Send changes too",
  required: false,
  input: "switch",
  summary: { on: "New alerts and changes", off: "New alerts only" },
} as const satisfies Partial<Field>;

/** How a secret is shown: its last four characters. */
export function hintOf(secret: string): string {
  return `…${secret.slice(-4)}`;
}

/** How an address that is a secret is shown: without its path, which is what others must not know. */
export function maskedUrl(url: string): string {
  return `${new URL(url).origin}/…`;
}

/**
 * The URL in its normal form, or why it can't be used. An `https://` host that can't be resolved yet is accepted:
 * deliveries wait until it can be, and each connection checks the address again.
 */
export async function checkUrl(
  outgoing: Pick<Outgoing, "check">,
  { field, url: given }: { field: string; url: string },
): Promise<string | Refusal> {
  const refused = (why: string): Refusal => ({ refused: "invalid", field, why });
  const url = URL.parse(given);
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return refused("Enter a full URL, for example https://hooks.example.com/tocsin.");
  if (url.username || url.password)
    return refused(
      "Remove the user name and password from the URL. Use an Authorization header instead, if there is one.",
    );
  url.hash = "";
  try {
    await outgoing.check(url);
  } catch (fault) {
    if (fault instanceof EventFault) {
      const { means, todo } = eventRemedy(fault.code, url.host);
      return refused(`${means} ${todo}`);
    }
    if (url.protocol === "http:")
      return refused(
        `${url.host} can't be resolved (DNS). Until it can be, only a URL that begins with https:// is accepted.`,
      );
  }
  return url.href;
}
