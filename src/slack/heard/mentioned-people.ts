const mention = /<@([UW][A-Z0-9]{2,30})>/g;
const most = 10;

/** The Slack ids of people whom a text mentions without naming them, the first ten. */
export function mentionedPeople(mrkdwn: string): string[] {
  const ids = [...mrkdwn.matchAll(mention)].flatMap(([, id]) => id ?? []);
  return [...new Set(ids)].slice(0, most);
}
