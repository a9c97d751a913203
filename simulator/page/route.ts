/** What the page shows: the workspace, the acting person, the open conversation, tab and thread, and the log. */
export type Route = {
  team: string;
  as: string;
  channel: string;
  thread: string;
  /** The tab of an app's conversation. */
  tab: "messages" | "home" | "about";
  log: boolean;
};

const tabOf = (given: string | null): Route["tab"] =>
  given === "home" || given === "about" ? given : "messages";

/** Parses the URL's hash, such as `#/ada/C0SECURITY1/1795611720.000100?team=T0ACME0001&log`. */
export function currentRoute(): Route {
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

function hashOf({ team, as, channel, thread, tab, log }: Route): string {
  const more = [team && `team=${team}`, tab !== "messages" && `tab=${tab}`, log && "log"].filter(Boolean);
  const path = [as, channel, thread].filter(Boolean).join("/");
  return `#/${path}${more.length > 0 ? `?${more.join("&")}` : ""}`;
}

/** Changes the given parts of the route. The URL is the only place where the route is stored. */
export function navigate(change: Partial<Route>): void {
  location.hash = hashOf({ ...currentRoute(), ...change });
}

/** Requests a redraw for a change on the page that the simulator doesn't know about. */
export function redraw(): void {
  dispatchEvent(new Event("redraw"));
}
