import { type KeyObject, verify } from "node:crypto";
import { z } from "zod";
import type { ParseFailure } from "../source-kind.ts";

const text = z.string();

/** What Amazon SNS posts to a subscribed address. A field that is signed has to be text as it is. */
const envelope = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: text,
  TopicArn: text,
  Message: text,
  Subject: text.nullish(),
  Timestamp: text,
  SignatureVersion: z.enum(["1", "2"], '"1" or "2"'),
  Signature: text,
  SigningCertURL: text,
  SubscribeURL: text.optional(),
  Token: text.optional(),
});
export type SnsEnvelope = z.infer<typeof envelope>;

export const readEnvelope = (given: unknown) => envelope.safeParse(given);

/** The Type of an envelope is all that says that it is one. */
export function isEnvelope(given: Record<string, unknown>): boolean {
  return typeof given.Type === "string" && ("SigningCertURL" in given || "Signature" in given);
}

/**
 * The text that SNS signs: name and value of these fields, in alphabetical order, a line each.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
 */
export function signedText(sent: SnsEnvelope): string {
  const names =
    sent.Type === "Notification"
      ? (["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const)
      : (["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const);
  return names.map((name) => (typeof sent[name] === "string" ? `${name}\n${sent[name]}\n` : "")).join("");
}

/** Whether the holder of this public key signed the envelope. Version 1 signs a SHA-1 hash, version 2 a SHA-256 hash. */
export function isSignedBy(sent: SnsEnvelope, key: KeyObject): boolean {
  const hash = sent.SignatureVersion === "1" ? "sha1" : "sha256";
  return verify(hash, Buffer.from(signedText(sent)), key, Buffer.from(sent.Signature, "base64"));
}

/** An envelope in a list or inside another one has not been checked. */
export const strayEnvelope: ParseFailure = {
  ok: false,
  field: "report",
  expected: "a message of Amazon SNS by itself, as SNS posts it",
};
