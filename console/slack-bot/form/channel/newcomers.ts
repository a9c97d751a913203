/** Channels that the bot was invited to since one began to look; the newest of them is probably the one. */
export function newcomers<C extends { id: string }>(before: ReadonlySet<string>, now: readonly C[]): C[] {
  return now.filter(({ id }) => !before.has(id));
}
