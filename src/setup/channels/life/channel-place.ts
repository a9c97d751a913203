/** A channel, and the installation that reaches it. */
export interface ChannelPlace {
  installationId: string;
  channelId: string;
}
