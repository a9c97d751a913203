import type { DestinationBody } from "../../../src/deliver/contract.ts";
import css from "../../components/marks.module.css";

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
