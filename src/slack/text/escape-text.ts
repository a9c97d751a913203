/**
 * Makes text inert where Slack parses mrkdwn: a message's `text` and mrkdwn objects. Apply it once, last:
 * the three characters are all that Slack reads as control characters
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping).
 */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
