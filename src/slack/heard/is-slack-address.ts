const hosts = /(^|\.)(slack\.com|slack-files\.com|slack-gov\.com)$/;

/** Whether a link leads to Slack: what a message says about its files came from outside, too. */
export function isSlackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return protocol === "https:" && hosts.test(hostname) && username === "" && password === "";
}
