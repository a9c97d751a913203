import type { Mention } from "../../../alert/mention.ts";

const groupId = /^S[A-Z0-9]{2,30}$/;

/** What calls people in Slack's mrkdwn. The only text in a card that may, and nothing in it is from outside. */
export function mentionToken(mention: Mention): string {
  switch (mention.kind) {
    case "here":
      return "<!here>";
    case "group":
      return groupId.test(mention.id) ? `<!subteam^${mention.id}>` : "";
    default:
      return mention satisfies never;
  }
}
