const key = "tocsin.slack-bot.draft";

/** What one typed of a destination, kept in this browser until the destination is there. Secrets never are. */
export const draft = {
  read: (): Record<string, unknown> => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
      return typeof stored === "object" && stored !== null ? { ...stored } : {};
    } catch {
      return {};
    }
  },
  keep: (values: object) => localStorage.setItem(key, JSON.stringify(values)),
  forget: () => localStorage.removeItem(key),
};
