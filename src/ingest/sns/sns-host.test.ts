import { expect, test } from "vitest";
import { certificateUrl, confirmationUrl } from "./sns-host.ts";

const pem = "/SimpleNotificationService-56e67fcb41f6fec09b0196692625d385.pem";

test.each([
  "sns.us-east-1.amazonaws.com",
  "sns.us-gov-west-1.amazonaws.com",
  "sns.ap-southeast-3.amazonaws.com",
  "sns.cn-north-1.amazonaws.com.cn",
])("a certificate of %s is read", (host) => {
  expect(certificateUrl(`https://${host}${pem}`)).toBe(`https://${host}${pem}`);
});

test.each([
  `http://sns.us-east-1.amazonaws.com${pem}`,
  `https://sns.us-east-1.amazonaws.com:8443${pem}`,
  `https://user@sns.us-east-1.amazonaws.com${pem}`,
  `https://sns.us-east-1.amazonaws.com${pem}?x=1`,
  `https://sns.us-east-1.amazonaws.com/a/..${pem}x`,
  "https://sns.us-east-1.amazonaws.com/?Action=Publish",
  "https://sns.us-east-1.amazonaws.com/other.pem",
  `https://sns.us-east-1.amazonaws.com.evil.example${pem}`,
  `https://sns.us-east-1.amazonaws.com.cn${pem}`,
  `https://sns.cn-north-1.amazonaws.com${pem}`,
  `https://sns.us-east-1.amazonaws.com.${pem}`,
  // Buckets with the name "sns", and other services.
  `https://sns.s3-us-west-2.amazonaws.com${pem}`,
  `https://sns.s3.amazonaws.com${pem}`,
  `https://sns.s3-website-us-west-2.amazonaws.com${pem}`,
  `https://evil-sns.us-east-1.amazonaws.com${pem}`,
  `https://a.sns.us-east-1.amazonaws.com${pem}`,
  `https://sns.us-east-1.amazonaws.com@evil.example${pem}`,
  `https://127.0.0.1${pem}`,
  `https://[::1]${pem}`,
  "file:///etc/passwd",
  "",
])("a certificate at %j is refused", (url) => {
  expect(certificateUrl(url)).toBeNull();
});

test("a confirmation goes to the topic's own region, and is made of what was signed", () => {
  const TopicArn = "arn:aws:sns:eu-west-1:123456789012:tocsin";
  const of = (host: string, more: object = {}) =>
    confirmationUrl({ SubscribeURL: `https://${host}/?Action=DeleteTopic`, TopicArn, Token: "abc", ...more });
  expect(of("sns.eu-west-1.amazonaws.com")).toBe(
    "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Atocsin&Token=abc",
  );
  expect(of("sns.us-east-1.amazonaws.com")).toBeNull();
  expect(of("sns.eu-west-1.amazonaws.com", { Token: "a&Action=x" })).toBeNull();
  expect(of("sns.eu-west-1.amazonaws.com", { Token: undefined })).toBeNull();
  expect(of("sns.eu-west-1.amazonaws.com", { TopicArn: "arn:aws:sqs:eu-west-1:123456789012:x" })).toBeNull();
  expect(of("sns.eu-west-1.amazonaws.com", { SubscribeURL: undefined })).toBeNull();
});
