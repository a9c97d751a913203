import { isCertificateFault } from "../../reach/certificate-fault.ts";
import { EventFault, type Remedies } from "../events/event-fault.ts";

/** What SMTP's answer, or the lack of one, means for an email. Never quotes the server, which may quote the email. */
export function mailFault(error: unknown): EventFault {
  const { code, originalCode, responseCode, command } = readError(error);
  const options = { cause: error };
  const setup = (fault: string) => new EventFault({ kind: "setup", code: fault }, options);
  if (isCertificateFault(originalCode)) return setup("smtp_certificate");
  if (code === "ETLS") return setup("smtp_tls");
  if (/^PROXY_4/.test(code)) return setup(code.toLowerCase());
  // Greylisting and full queues: the server says when it can't take an email now.
  if (responseCode >= 400 && responseCode < 500)
    return new EventFault({ kind: "passing", code: `smtp_${responseCode}` }, options);
  if (code === "EAUTH") return setup("smtp_auth");
  if (responseCode >= 500 && command === "RCPT TO") return setup("smtp_recipient");
  if (responseCode >= 500 && command === "MAIL FROM") return setup("smtp_sender");
  if (responseCode >= 500) return new EventFault({ kind: "content", code: `smtp_${responseCode}` }, options);
  const word = originalCode || code || "network";
  return new EventFault(
    { kind: "passing", code: word === "EDNS" ? "enotfound" : word.toLowerCase() },
    options,
  );
}

function readError(error: unknown) {
  const fields = new Map(Object.entries(error instanceof Error ? error : {}));
  const text = (name: string) => {
    const value: unknown = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  const responseCode: unknown = fields.get("responseCode");
  return {
    code: text("code"),
    originalCode: text("originalCode"),
    responseCode: typeof responseCode === "number" ? responseCode : 0,
    command: text("command"),
  };
}

/** Remedies by the code of a fault; most are in SMTP_URL, not in the destination. */
export const mailRemedies: Remedies = {
  no_smtp: () => ({
    means: "Tocsin has no mail server.",
    todo: "Set SMTP_URL and restart Tocsin.",
  }),
  smtp_auth: () => ({
    means: "The mail server refused Tocsin's user name or password.",
    todo: "Check both in SMTP_URL, and restart Tocsin. Many providers want a password of its own for each app.",
  }),
  smtp_recipient: () => ({
    means: "The mail server doesn't take emails for a recipient of this destination.",
    todo: "Check the recipients of this destination. If they are right, allow Tocsin's sender to send there.",
  }),
  smtp_sender: () => ({
    means: "The mail server doesn't take emails from Tocsin's address.",
    todo: "Add ?from= with an address that it allows to SMTP_URL, and restart Tocsin.",
  }),
  smtp_tls: () => ({
    means: "The mail server offers no encrypted connection, which SMTP_URL asks for.",
    todo: "Check the port in SMTP_URL: usually 465 for smtps:// and 587 for smtp://. Then restart Tocsin.",
  }),
  smtp_certificate: () => ({
    means: "Tocsin doesn't trust the certificate of the mail server.",
    todo: "Use the host name in SMTP_URL that the certificate names. If your own authority signed it, start Tocsin with NODE_EXTRA_CA_CERTS.",
  }),
  enotfound: () => ({
    means: "The mail server can't be resolved (DNS).",
    todo: "Check the host in SMTP_URL, and restart Tocsin after a change.",
  }),
};
