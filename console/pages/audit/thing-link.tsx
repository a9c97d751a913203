import { Link } from "@tanstack/react-router";
import type { Part } from "../../../src/alert/audit-sentence/say-values.ts";
import { reveal } from "../../components/reveal.ts";

/** The pages on which things are shown that have none of their own. */
const pages = {
  user: "/configure/users",
  role: "/configure/roles",
  silence: "/configure/silences",
  api_token: "/configure/api-tokens",
  detection: "/configure/detections",
  installation: "/configure/slack-app",
} as const;

/** The name of a thing in a sentence, as a link to where it is shown. */
export function ThingLink({ text, type, id }: Exclude<Part, string>) {
  const shown = reveal(text);
  if (type === "alert")
    return (
      <Link to="/alerts/$alert" params={{ alert: id }}>
        {shown}
      </Link>
    );
  if (type === "source")
    return (
      <Link to="/configure/sources/$source" params={{ source: id }}>
        {shown}
      </Link>
    );
  if (type === "destination")
    return (
      <Link to="/configure/destinations/$destination" params={{ destination: id }}>
        {shown}
      </Link>
    );
  if (isListed(type)) return <Link to={pages[type]}>{shown}</Link>;
  return <strong>{shown}</strong>;
}

function isListed(type: string): type is keyof typeof pages {
  return type in pages;
}
