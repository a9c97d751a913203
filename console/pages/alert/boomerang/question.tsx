import { Button } from "@mantine/core";
import type { BoomerangBody } from "../../../../src/boomerang/contract.ts";
import type { AlertBody } from "../../../../src/triage/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import { useChange } from "../../../forms/use-change.ts";
import { useMay } from "../../../session/use-session.ts";
import css from "./boomerang.module.css";
import { Running, Suppress } from "./suppression.tsx";

type Recipient = BoomerangBody["recipients"][number];

const stateWords = {
  open: "Open",
  answered: "Answered",
  expired: "Over",
  cancelled: "Cancelled",
} satisfies Record<BoomerangBody["state"], string>;

/** One question, with what came of it at each of those who were asked. */
export function Question({ asked, alert }: { asked: BoomerangBody; alert: AlertBody }) {
  const mayManage = useMay("Manage Alerts");
  // Of a CRITICAL alert nothing is swallowed, whatever was chosen before it became one.
  const critical = alert.severity === "CRITICAL";
  const suppressible = mayManage && !critical;
  const open = asked.state === "open";
  const cancel = useChange({
    change: () => boomerangsApi.cancel(asked.id),
    refresh: "of-alert",
    done: "Cancelled. Whoever had not answered needn't any more.",
    failed: "Nothing was cancelled.",
  });
  return (
    <li className={css.question}>
      <p className="wrap">{reveal(asked.question)}</p>
      <div className={css.about}>
        <span>
          <span className={css.state} data-state={asked.state}>
            {stateWords[asked.state]}
          </span>
          {open ? (
            <>
              , ends <Time at={asked.expiresAt} />
            </>
          ) : null}{" "}
          · asked by {asked.askedBy.name} <Time at={asked.createdAt} />
        </span>
        {open && mayManage ? (
          <Button
            variant="default"
            size="compact-xs"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined)}
          >
            Cancel
          </Button>
        ) : null}
      </div>
      <ul className={css.recipients}>
        {asked.recipients.map((one) => (
          <li key={one.id} className="wrap">
            <Answered recipient={one} />
            {critical ? null : <Running recipient={one} />}
            {suppressible && one.kind === "person" && one.answer?.kind === "yes" && !one.suppression ? (
              <Suppress boomerangId={asked.id} recipient={one} />
            ) : null}
          </li>
        ))}
      </ul>
    </li>
  );
}

function Answered({ recipient }: { recipient: Recipient }) {
  const { says, answeredBy, answeredAt, kind } = recipient;
  const name = reveal(recipient.name);
  if (says === null || answeredAt === null)
    return (
      <>
        <strong>{name}</strong> <span className={css.waiting}>{without(recipient)}</span>
      </>
    );
  return (
    <>
      <strong>{kind === "channel" && answeredBy ? `${reveal(answeredBy)} in ${name}` : name}:</strong>{" "}
      <span>{reveal(says)}</span>{" "}
      <span className={css.waiting}>
        <Time at={answeredAt} />
      </span>
    </>
  );
}

/** Why there is no answer. */
function without({ state, why }: Recipient): string {
  switch (state) {
    case "waiting":
      return "is being asked";
    case "sent":
      return "has not answered yet";
    case "unreachable":
      return `could not be asked: ${why}`;
    case "answered":
    case "over":
      return "did not answer";
    default:
      return state satisfies never;
  }
}
