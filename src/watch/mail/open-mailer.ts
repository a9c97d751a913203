import { createTransport } from "nodemailer";
import type { Smtp } from "../../config.ts";

/** Sends one mail; throws the library's error, whose `code` says what went wrong. */
export type Mailer = (mail: Mail) => Promise<void>;

export interface Mail {
  /** The same at each try, by which mailboxes know a repeat. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

const patienceMs = 20_000;

/** Speaks to the SMTP server of the settings. Nothing in a mail may make it read files or addresses. */
export function openMailer({ url, from }: Smtp): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, subject, text }) => {
    const messageId = `<${id}@${from.split("@")[1]}>`;
    const headers = { "Auto-Submitted": "auto-generated" };
    await transport.sendMail({
      from: { name: "Tocsin", address: from },
      to,
      subject,
      text,
      messageId,
      headers,
    });
  };
}
