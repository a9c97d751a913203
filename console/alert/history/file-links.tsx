import { reveal } from "../../components/reveal.ts";
import { LinkOrText } from "../facts/link-or-text.tsx";
import css from "../../pages/alert/history.module.css";
import { readFiles } from "./read-files.ts";

/** What was put beside a comment in Slack: links to where it stands there, for those who may see it. */
export function FileLinks({ files }: { files: unknown }) {
  const linked = readFiles(files);
  if (linked.length === 0) return null;
  return (
    <ul className={css.files} aria-label="Files in Slack">
      {linked.map(({ name, url }) => (
        <li key={url} className="wrap">
          {reveal(name)}: <LinkOrText text={url} />
        </li>
      ))}
    </ul>
  );
}
