import type { SlackManifestBody } from "../../../src/http/contract/slack-manifest.ts";
import css from "../../pages/slack-bot/wizard.module.css";

type Lines = NonNullable<SlackManifestBody["handedOut"]>["difference"];
const marks = { same: " ", added: "+", removed: "-" } as const;

/** What is other in today's manifest, line by line. */
export function Difference({ lines }: { lines: Lines }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className={css.difference} aria-label="Difference" tabIndex={0}>
      {lines.map(({ kind, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move.
        <div key={place} data-kind={kind}>
          {marks[kind]} {text}
        </div>
      ))}
    </section>
  );
}
