import type { SlackManifestBody } from "../../../src/http/contract/slack-manifest.ts";
import { Time } from "../../components/time.tsx";
import css from "./wizard.module.css";
import { Difference } from "../../slack-bot/manifest/difference.tsx";

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
