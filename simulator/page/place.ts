/** Where the page is: which workspace, who acts, which conversation, tab and thread are open, and whether the log is. */
export type Place = {
  team: string;
  as: string;
  channel: string;
  thread: string;
  /** Of an app's conversation: what of it is shown. */
  tab: "messages" | "home" | "about";
  log: boolean;
};

const tabOf = (given: string | null): Place["tab"] =>
  given === "home" || given === "about" ? given : "messages";

/** Reads the address, as `#/ada/C0SECURITY1/1795611720.000100?team=T0ACME0001&log`. */
export function here(): Place {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [as = "", channel = "", thread = ""] = path.split("/");
  const more = new URLSearchParams(query);
  return {
    team: more.get("team") ?? "",
    as,
    channel,
    thread,
    tab: tabOf(more.get("tab")),
    log: more.has("log"),
  };
}

function hashOf({ team, as, channel, thread, tab, log }: Place): string {
  const more = [team && `team=${team}`, tab !== "messages" && `tab=${tab}`, log && "log"].filter(Boolean);
  const path = [as, channel, thread].filter(Boolean).join("/");
  return `#/${path}${more.length > 0 ? `?${more.join("&")}` : ""}`;
}

/** Goes elsewhere: what isn't named stays. The address is the only memory of where one is. */
export function go(change: Partial<Place>): void {
  location.hash = hashOf({ ...here(), ...change });
}

/** Asks for the page to be drawn again, for a change that the simulator knows nothing of. */
export function redraw(): void {
  dispatchEvent(new Event("redraw"));
}
