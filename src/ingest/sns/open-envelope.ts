import { tooMuchJson } from "../../api/json-size.ts";
import { problem } from "../../api/problem.ts";
import { isObject, readTime } from "../fields/read-fields.ts";
import type { OpenEnvelope, OpenedEnvelope, Outside, ParseFailure } from "../source-kind.ts";
import { isEnvelope, isSignedBy, readEnvelope, type SnsEnvelope } from "./envelope.ts";
import { certificateUrl, confirmationUrl } from "./sns-host.ts";

/** SNS sends 256 KiB at most, of which each may be escaped. */
const maxEnvelopeBytes = 1024 * 1024;
/** A repeat counts once for 24 hours, so nothing older is taken; SNS itself gives up after an hour. */
const maxAgeMs = 24 * 3600 * 1000;
const maxAheadMs = 15 * 60 * 1000;

/**
 * Opens what Amazon SNS posts: checks the signature, then returns the message, or confirms the subscription. Nothing of
 * it is used before the signature is checked, but the address of the certificate, which has to be one of SNS itself.
 */
export const openSnsEnvelope: OpenEnvelope = async (raw, outside) => {
  const given = parseObject(raw);
  if (!given || !isEnvelope(given)) return { kind: "bare" };
  const read = readEnvelope(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(issue?.path.join(".") || "report", issue?.message ?? "a message of Amazon SNS");
  }
  const refusal = await refuseUnsigned(read.data, outside);
  if (refusal) return refusal;
  switch (read.data.Type) {
    case "Notification":
      return { kind: "opened", body: Buffer.from(read.data.Message), eventId: read.data.MessageId };
    case "SubscriptionConfirmation":
      return confirm(read.data, outside);
    case "UnsubscribeConfirmation":
      return nothing("Type", "Notification. Amazon SNS says that this address is no longer subscribed");
    default:
      return read.data.Type satisfies never;
  }
};

/** Null if SNS signed it, and not long ago. */
async function refuseUnsigned(sent: SnsEnvelope, outside: Outside): Promise<OpenedEnvelope | null> {
  const url = certificateUrl(sent.SigningCertURL);
  if (!url)
    return refuse("SigningCertURL", "https://sns.REGION.amazonaws.com/SimpleNotificationService-….pem");
  const found = await outside.signingKeys.find(url, outside);
  switch (found.kind) {
    case "unreachable":
      throw later("The certificate of Amazon SNS could not be read.");
    case "unusable":
      return refuse("SigningCertURL", "a certificate of Amazon SNS that is valid now");
    case "key":
      break;
    default:
      return found satisfies never;
  }
  if (!isSignedBy(sent, found.key))
    return refuse("Signature", "the signature of Amazon SNS for this message");
  const age = outside.clock().getTime() - (readTime(sent.Timestamp)?.getTime() ?? Number.NaN);
  if (!(age < maxAgeMs && age > -maxAheadMs)) return refuse("Timestamp", "a time within the last 24 hours");
  return null;
}

async function confirm(sent: SnsEnvelope, { get }: Outside): Promise<OpenedEnvelope> {
  const url = confirmationUrl(sent);
  if (!url)
    return refuse("SubscribeURL", "https://sns.REGION.amazonaws.com/… in the region of TopicArn, with Token");
  const answer = await get({ url }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429)
    throw later("Amazon SNS could not be reached to confirm the subscription.");
  if (answer.status !== 200)
    return refuse("Token", `a token that Amazon SNS takes; it answered ${answer.status}. Subscribe again`);
  return nothing("Type", "Notification. The subscription is confirmed");
}

function parseObject(raw: Buffer): Record<string, unknown> | null {
  const text = raw.toString().replace(/^\uFEFF/, "");
  if (raw.length > maxEnvelopeBytes || tooMuchJson(text)) return null;
  try {
    const given: unknown = JSON.parse(text);
    return isObject(given) ? given : null;
  } catch {
    return null;
  }
}

function later(why: string) {
  return problem(503, `${why} Send it again.`, { retryAfter: 20 });
}

function refuse(field: string, expected: string): OpenedEnvelope {
  return { kind: "refused", why: { ok: false, field, expected } };
}

/** Understood, but no report. */
function nothing(field: string, expected: string): OpenedEnvelope {
  const why: ParseFailure = { ok: false, ignored: true, field, expected };
  return { kind: "refused", why };
}
