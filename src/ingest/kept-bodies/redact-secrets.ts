import { setImmediate } from "node:timers/promises";

const slash = String.raw`(?:\\?/|%2F)`;
/** Where a word begins, after an escape of JSON or of a form too. */
const start = String.raw`(?<=%[\dA-F]{2}|\\[nrt]|\b)`;

/**
 * Secrets that can be told by their form; what stands in the group is kept. Each repetition ends at a character that can't
 * begin the pattern again, or is bounded, so that no body takes quadratic time.
 */
const secrets = [
  // Tocsin's own keys, tokens and signing secrets; Slack's tokens; those of GitHub, GitLab, OpenAI, Stripe, Google.
  String.raw`${start}()(?:tsk|tcn|whsec)_[\w-]{20,}`,
  String.raw`${start}()x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]{10,}`,
  String.raw`${start}()(?:gh[pousr]_\w{30,}|github_pat_\w{22,}|glpat-[\w-]{20,}|sk-[\w-]{20,}|[sr]k_live_\w{16,}|AIza[\w-]{35})`,
  // Addresses that anybody may post to.
  String.raw`(hooks\.slack(?:-gov)?\.com${slash}(?:services|workflows|triggers))${slash}[\w/%\\-]+`,
  String.raw`(webhook\.office\.com${slash}webhookb2)${slash}[\w/@%\\-]+`,
  // JSON Web Tokens, authorizations, private keys, passwords in addresses.
  String.raw`${start}()eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}`,
  String.raw`(${start}(?:Bearer|Basic|GenieKey)(?: |%20|\+))[\w.~+/=-]{16,}`,
  "(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)[^-]{0,20000}",
  String.raw`(${start}[a-z][a-z0-9+.-]{0,20}:${slash}${slash}[^\s/:@"'<>\\]{0,100}:)[^\s/:@"'<>\\]{1,200}(?=@)`,
].map((pattern) => new RegExp(pattern, "gi"));

/** What stands in the place of a secret. Valid inside of JSON and of a form. */
export const redacted = "[redacted]";

/** The text without the secrets that Tocsin knows by their form. */
export function redactSecrets(text: string): string {
  return secrets.reduce((left, secret) => left.replace(secret, `$1${redacted}`), text);
}

/** About 15 ms of work. */
const pieceBytes = 1_048_576;

/**
 * The same for the bytes of a body in any encoding that contains ASCII; bytes that aren't UTF-8 stay as they are. A large
 * body is cut after quotation marks, which no secret contains, with a turn of the event loop for each piece.
 */
export async function redactBody(body: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    if (at > 0) await setImmediate();
    const rest = body.subarray(at);
    const quote = rest.length > pieceBytes ? rest.lastIndexOf('"', pieceBytes) : -1;
    const piece = rest.subarray(0, quote > 0 ? quote : pieceBytes);
    // One character for each byte.
    pieces.push(Buffer.from(redactSecrets(piece.toString("latin1")), "latin1"));
    at += piece.length;
  }
  return Buffer.concat(pieces);
}
