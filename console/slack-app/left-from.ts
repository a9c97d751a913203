const key = "tocsin.slack-install";

/** That this tab left for Slack out of the set-up of a destination, and wants to come back there. */
export const leftFrom = {
  setUp: () => sessionStorage.setItem(key, "set-up"),
  /** Whether it did; it is asked once. */
  wasSetUp: (): boolean => {
    const was = sessionStorage.getItem(key) === "set-up";
    sessionStorage.removeItem(key);
    return was;
  },
};
