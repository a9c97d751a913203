/** Where people make and keep their Slack apps: Slack's own page, or the stand-in of a pretended Slack. */
export function yourApps(slackApiUrl: string): string {
  const { hostname, origin } = new URL(slackApiUrl);
  const [, slack] = /(?:^|\.)(slack(?:-gov)?\.com)$/.exec(hostname) ?? [];
  return slack ? `https://api.${slack}/apps` : `${origin}/apps`;
}

/** The link that opens Slack's dialog for a new app with the manifest filled in. */
export function createAppLink(slackApiUrl: string, yaml: string): string {
  return `${yourApps(slackApiUrl)}?new_app=1&manifest_yaml=${encodeURIComponent(yaml)}`;
}
