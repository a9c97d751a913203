import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import { Time } from "../../components/time.tsx";
import css from "./wizard.module.css";

/** Who took the manifest last, and what has changed in it since. */
export function ManifestChanges({ handedOut }: { handedOut: SlackManifestBody["handedOut"] }) {
  if (!handedOut) return null;
  const { by, how, at, same, difference, todo } = handedOut;
  if (same) {
    return (
      <div className={css.note} data-tone="good" role="status">
        {by} {how} it <Time at={at} />. The manifest has not changed since.
      </div>
    );
  }
  return (
    <div className={css.note} data-tone="warn" role="status">
      <p>
        <strong>The manifest has changed.</strong> {by} {how} the previous version <Time at={at} />. {todo}
      </p>
      <Difference entries={difference} />
    </div>
  );
}

type Entries = NonNullable<SlackManifestBody["handedOut"]>["difference"];
const marks = { same: " ", added: "+", removed: "-" } as const;

/** The difference between the last manifest that was taken and the current one. */
function Difference({ entries }: { entries: Entries }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard.
    <section className={css.difference} aria-label="Changes in the manifest" tabIndex={0}>
      {entries.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id and never move.
        <div key={index} data-kind={kind}>
          {marks[kind]} {text}
        </div>
      ))}
    </section>
  );
}
