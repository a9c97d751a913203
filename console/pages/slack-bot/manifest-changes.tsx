import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import { Time } from "../../components/time.tsx";
import css from "./wizard.module.css";

/** Who took the manifest last, and whether it is still today's. */
export function HandedOutNote({ handedOut }: { handedOut: SlackManifestBody["handedOut"] }) {
  if (!handedOut) return null;
  const { by, how, at, same, difference, todo } = handedOut;
  if (same) {
    return (
      <div className={css.note} data-tone="good" role="status">
        {by} {how} it <Time at={at} />. It has not changed since.
      </div>
    );
  }
  return (
    <div className={css.note} data-tone="warn" role="status">
      <p>
        <strong>It has changed since it was last taken.</strong> {by} {how} another one <Time at={at} />.{" "}
        {todo}
      </p>
      <Difference lines={difference} />
    </div>
  );
}

type Lines = NonNullable<SlackManifestBody["handedOut"]>["difference"];
const marks = { same: " ", added: "+", removed: "-" } as const;

/** What is other in today's manifest, line by line. */
function Difference({ lines }: { lines: Lines }) {
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
