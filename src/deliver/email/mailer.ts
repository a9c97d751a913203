import type { Socket } from "node:net";
import type { Smtp } from "../../config.ts";
import type { Reach } from "../../reach/reach.ts";
import { openTunnel } from "../../reach/tunnel.ts";

/** Sends one email. Throws the library's error, whose `code` and `responseCode` say what went wrong. */
export type Mailer = (mail: Mail) => Promise<Sent>;

export interface Mail {
  /** The same at each attempt, so that mailboxes recognise a repeat. */
  id: string;
  to: string | string[];
  subject: string;
  text: string;
  html?: string;
  /** The `id` of the email that began the conversation. */
  inConversation?: string;
  /** Marks the email as important. */
  urgent?: boolean;
}

export interface Sent {
  /** SMTP's codes for the recipients that the server refused while it took the email for others. */
  refused: number[];
}

const timeoutMs = 20_000;

/** A mailer for the configured SMTP server. File and URL access are off, so that an email's content can't read any. */
export function openMailer({ url, from }: Smtp, proxyOf: Reach["proxyOf"]): Mailer {
  const place = mailServer(url);
  const proxy = proxyOf(new URL(`https://${place.host}:${place.port}`));
  const options = {
    url,
    ...(proxy && {
      getSocket: (_: unknown, done: (fault: Error | null, opened?: { connection: Socket }) => void) => {
        openTunnel(proxy, place).then((connection) => done(null, { connection }), done);
      },
    }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const open = async () => (await import("nodemailer")).createTransport(options);
  let opened: ReturnType<typeof open> | undefined;
  const messageId = (id: string) => `<${id}@${from.split("@")[1]}>`;
  return async ({ id, inConversation, urgent = false, ...content }) => {
    opened ??= open();
    const sent = await (await opened).sendMail({
      from: { name: "Tocsin", address: from },
      ...content,
      messageId: messageId(id),
      ...(inConversation !== undefined && {
        inReplyTo: messageId(inConversation),
        references: messageId(inConversation),
      }),
      ...(urgent && { priority: "high" as const }),
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return { refused: (sent.rejectedErrors ?? []).map(({ responseCode }) => responseCode ?? 0) };
  };
}

/** Where the mail server listens; `host` is in brackets if it is an IPv6 address. */
export function mailServer(url: string): { host: string; port: number } {
  const { protocol, hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) || (protocol === "smtps:" ? 465 : 587) };
}

const maxRetrySeconds = 15 * 60;
/** About three days, as for deliveries. */
const maxAttempts = 300;

/** In how many seconds an email is tried again after so many attempts; null if it is given up. */
export function mailRetrySeconds(attempts: number): number | null {
  return attempts < maxAttempts ? Math.min(maxRetrySeconds, 5 * 2 ** Math.min(attempts, 10)) : null;
}
