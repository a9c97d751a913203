/** Where Slack keeps a picture in each of these sizes. None is there: the host belongs to nobody. */
export const iconWire = (sizes: readonly number[]): Record<string, string> =>
  Object.fromEntries(sizes.map((size) => [`image_${size}`, `https://avatars.slack.invalid/${size}.png`]));
