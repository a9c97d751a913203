import { expect, test } from "vitest";
import { isEnvelope, readEnvelope, signedText } from "./envelope.ts";

const notification = {
  Type: "Notification",
  MessageId: "m1",
  TopicArn: "arn:aws:sns:us-east-2:123456789012:s4-MySNSTopic-1G1WEFCOXTC0P",
  Message: "Test\nMessage",
  Timestamp: "2019-01-31T04:37:04.321Z",
  SignatureVersion: "1",
  Signature: "c2lnbmVk",
  SigningCertURL: "https://sns.us-east-2.amazonaws.com/SimpleNotificationService-a.pem",
};

test("the signed text has the fields of the message by name, with a Subject only if there is one", () => {
  const text = (more: object) => {
    const read = readEnvelope({ ...notification, ...more });
    return read.success && signedText(read.data);
  };
  const rest = `Timestamp\n2019-01-31T04:37:04.321Z\nTopicArn\n${notification.TopicArn}\nType\n`;
  expect(text({})).toBe(`Message\nTest\nMessage\nMessageId\nm1\n${rest}Notification\n`);
  expect(text({ Subject: "Hi" })).toContain("MessageId\nm1\nSubject\nHi\nTimestamp\n");
  expect(text({ Subject: null })).toBe(text({}));
  expect(text({ Type: "SubscriptionConfirmation", Token: "t", SubscribeURL: "u", Subject: "Hi" })).toBe(
    "Message\nTest\nMessage\nMessageId\nm1\nSubscribeURL\nu\nTimestamp\n2019-01-31T04:37:04.321Z\nToken\nt\n" +
      `TopicArn\n${notification.TopicArn}\nType\nSubscriptionConfirmation\n`,
  );
});

test("a field that is signed is text, and a finding is no envelope", () => {
  expect(readEnvelope({ ...notification, Message: 1 }).success).toBe(false);
  expect(readEnvelope({ ...notification, Type: "Other" }).success).toBe(false);
  expect(isEnvelope(notification)).toBe(true);
  expect(isEnvelope({ Type: "Recon:EC2/Portscan", Id: "a" })).toBe(false);
});
