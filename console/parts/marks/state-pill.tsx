import type { DestinationBody } from "../../../src/http/contract/destination.ts";
import css from "./marks.module.css";

type Kind = DestinationBody["state"]["kind"];

const words = {
  ok: "Working",
  needs_attention: "Needs attention",
  disabled: "Disabled",
} satisfies Record<Kind, string>;

/** Whether a destination, or the app itself, does its work. */
export function StatePill({ kind }: { kind: Kind }) {
  return (
    <span className={css.pill} data-kind={kind}>
      {words[kind]}
    </span>
  );
}
