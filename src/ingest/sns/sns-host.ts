/**
 * A region of AWS, such as us-east-1, us-gov-west-1 and cn-north-1. Anything else would let others in:
 * sns.s3-us-west-2.amazonaws.com is a bucket that anybody may call "sns".
 */
const region = "[a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]+-[0-9]{1,2}";
const host = new RegExp(`^sns\\.(${region})\\.amazonaws\\.com(\\.cn)?$`);
const certificatePath = /^\/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem$/;
const topic = new RegExp(`^arn:aws[a-z-]*:sns:(${region}):[0-9]{1,20}:[A-Za-z0-9_.-]{1,256}$`);

/** The region of a URL that is one of Amazon SNS itself, by HTTPS; null for any other. */
function regionOf(url: URL): string | null {
  const [, name, china] = host.exec(url.hostname) ?? [];
  if (!name || url.protocol !== "https:" || url.port || url.username || url.password) return null;
  return name.startsWith("cn-") === Boolean(china) ? name : null;
}

/** The address of a signing certificate, in its normal form; null unless SNS itself has it. */
export function certificateUrl(given: string): string | null {
  const url = URL.parse(given);
  if (!url || !regionOf(url) || url.search || !certificatePath.test(url.pathname)) return null;
  return `https://${url.hostname}${url.pathname}`;
}

/**
 * The address that confirms a subscription, made from the topic and the token that SNS signed; null unless the given one
 * is of SNS itself, in the region of the topic.
 */
export function confirmationUrl(sent: {
  SubscribeURL?: string;
  TopicArn: string;
  Token?: string;
}): string | null {
  const url = URL.parse(sent.SubscribeURL ?? "");
  const [, home] = topic.exec(sent.TopicArn) ?? [];
  if (!url || !home || regionOf(url) !== home || !/^[A-Za-z0-9]{1,1024}$/.test(sent.Token ?? "")) return null;
  const query = new URLSearchParams({
    Action: "ConfirmSubscription",
    TopicArn: sent.TopicArn,
    Token: sent.Token ?? "",
  });
  return `https://${url.hostname}/?${query}`;
}
