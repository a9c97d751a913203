import { v7 as uuid } from "uuid";
import type { Deps } from "../api/deps.ts";
import { failureCode } from "../reach/failure-code.ts";
import { oneLine } from "../slack/text/text.ts";
import type { PasswordLinkBody } from "./contract.ts";

interface PasswordLinkMail {
  /** An invitation, or a link for somebody who is a user already. */
  about: "invitation" | "new link";
  email: string;
  /** The name of the person or token that made the link. */
  by: string;
  /** The link, which is a secret. */
  url: string;
}

/** A form waits for it. */
const timeoutMs = 10_000;

/**
 * Emails a one-time link. It is never stored, so there is one attempt, and the caller shows the link if that fails.
 * `failed` gets the error's code.
 */
export async function mailLink(
  { mail: mailer }: Pick<Deps["outgoing"], "mail">,
  mail: PasswordLinkMail,
  failed: (code: string) => void,
): Promise<PasswordLinkBody["mailed"]> {
  if (!mailer) return "no_mail_server";
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("the mail server takes too long")), timeoutMs);
  try {
    await Promise.race([mailer({ id: uuid(), to: mail.email, ...drawLinkMail(mail) }), late]);
    return "sent";
  } catch (fault) {
    failed(failureCode(fault, "timeout"));
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}

/** Subject and plain text. */
function drawLinkMail({ about, email, by, url }: PasswordLinkMail): { subject: string; text: string } {
  const who = oneLine(by, 100);
  const { origin } = new URL(url);
  const life =
    "The link works once, within 24 hours. Don't forward it: it lets anybody choose your password.";
  if (about === "invitation") {
    return {
      subject: `${who} invited you to Tocsin`,
      text: `${who} invited you to Tocsin at ${origin}.\n\nChoose a password to sign in as ${email}:\n${url}\n\n${life}\n`,
    };
  }
  return {
    subject: "Choose a new password for Tocsin",
    text: `${who} created a link with which you can choose a new password for Tocsin at ${origin}, where you sign in as ${email}:\n${url}\n\n${life}\n`,
  };
}
