/** Where the page is: who acts, which conversation and thread are open, and whether the log is. */
export type Place = { as: string; channel: string; thread: string; log: boolean };

/** Reads the address, as `#/ada/C0SECURITY1/1795611720.000100?log`. */
export function here(): Place {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [as = "", channel = "", thread = ""] = path.split("/");
  return { as: as || "ada", channel, thread, log: query === "log" };
}

/** Goes elsewhere: what isn't named stays. The address is the only memory of where one is. */
export function go(change: Partial<Place>): void {
  const { as, channel, thread, log } = { ...here(), ...change };
  location.hash = `#/${[as, channel, thread].filter(Boolean).join("/")}${log ? "?log" : ""}`;
}
