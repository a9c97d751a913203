import { generateKeyPairSync, sign } from "node:crypto";
import { selfSigned } from "./certificate.ts";
import { startDouble } from "./http-double.ts";

const day = 24 * 3600 * 1000;

/** Amazon SNS in one region: signs what it posts, has its certificate, and confirms subscriptions. */
export async function startSns(region = "eu-central-1") {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const now = Date.now();
  const validity = { from: new Date(now - day), to: new Date(now + 30 * day) };
  const certificate = selfSigned(keys, { name: "sns.amazonaws.com", ...validity });
  const host = `sns.${region}.amazonaws.com`;
  const topic = `arn:aws:sns:${region}:111122223333:findings`;
  const requests: string[] = [];
  let status = 200;
  const double = await startDouble(({ path }) => {
    requests.push(path);
    if (status !== 200) return { status };
    if (path === "GET /SimpleNotificationService-abc123.pem") return { status: 200, body: certificate };
    return path.startsWith("GET /?Action=ConfirmSubscription") && path.includes("Token=2336412f37")
      ? { status: 200, body: "<ConfirmSubscriptionResponse/>" }
      : { status: 400 };
  });

  /** Signed again with whatever `fields` say. */
  function envelope(fields: Record<string, unknown>): Record<string, unknown> {
    const sent: Record<string, unknown> = {
      Type: "Notification",
      MessageId: "e288882d-4281-5be4-8fde-dccc11c8cb01",
      TopicArn: topic,
      Timestamp: new Date().toISOString(),
      SignatureVersion: "1",
      SigningCertURL: `https://${host}/SimpleNotificationService-abc123.pem`,
      ...fields,
    };
    const names = [
      ...(sent.Type === "Notification"
        ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
        : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]),
    ];
    const text = names.map((name) => (name in sent ? `${name}\n${sent[name]}\n` : "")).join("");
    const hash = sent.SignatureVersion === "2" ? "sha256" : "sha1";
    return { ...sent, Signature: sign(hash, Buffer.from(text), keys.privateKey).toString("base64") };
  }

  return {
    doubles: { [host]: double.origin },
    host,
    topic,
    /** What it was asked, in order. */
    requests,
    envelope,
    subscription: (fields: Record<string, unknown> = {}) =>
      envelope({
        Type: "SubscriptionConfirmation",
        Message: "You have chosen to subscribe.",
        Token: "2336412f37",
        SubscribeURL: `https://${host}/?Action=ConfirmSubscription&TopicArn=${topic}&Token=2336412f37`,
        ...fields,
      }),
    /** Answers everything with this status from now on. */
    answerWith: (next: number) => {
      status = next;
    },
    close: double.close,
  };
}
