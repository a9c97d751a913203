import { Button } from "@mantine/core";
import type { BoomerangBody } from "../../../../src/boomerang/contract.ts";
import type { AlertBody } from "../../../../src/triage/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import { useApiMutation } from "../../../forms/use-api-mutation.ts";
import { usePermission } from "../../../session/use-session.ts";
import css from "./boomerang.module.css";
import { Suppression, SuppressMenu } from "./suppression.tsx";

type Recipient = BoomerangBody["recipients"][number];

const stateLabels = {
  open: "Open",
  answered: "Answered",
  expired: "Expired",
  cancelled: "Cancelled",
} satisfies Record<BoomerangBody["state"], string>;

/** A Boomerang's question, with the answer of each recipient. */
export function Question({ boomerang, alert }: { boomerang: BoomerangBody; alert: AlertBody }) {
  const canManage = usePermission("Manage Alerts");
  // Repeats of CRITICAL alerts are never suppressed, even if the alert was less severe when people chose to.
  const critical = alert.severity === "CRITICAL";
  const canSuppress = canManage && !critical;
  const open = boomerang.state === "open";
  const cancel = useApiMutation({
    mutationFn: () => boomerangsApi.cancel(boomerang.id),
    invalidates: "alert-parts",
    success: "Boomerang cancelled. Recipients are told that no answer is needed.",
    failure: "The Boomerang was not cancelled.",
  });
  return (
    <li className={css.question}>
      <p className="wrap">{reveal(boomerang.question)}</p>
      <div className={css.about}>
        <span>
          <span className={css.state} data-state={boomerang.state}>
            {stateLabels[boomerang.state]}
          </span>
          {open ? (
            <>
              , expires <Time at={boomerang.expiresAt} />
            </>
          ) : null}{" "}
          · asked by {boomerang.askedBy.name} <Time at={boomerang.createdAt} />
        </span>
        {open && canManage ? (
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
        {boomerang.recipients.map((recipient) => (
          <li key={recipient.id} className="wrap">
            <Answer recipient={recipient} />
            {critical ? null : <Suppression recipient={recipient} />}
            {canSuppress && isConfirmed(recipient) ? (
              <SuppressMenu boomerangId={boomerang.id} recipient={recipient} />
            ) : null}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Whether a person said "Yes" and repeats for them aren't suppressed already. */
function isConfirmed({ kind, answer, suppression }: Recipient): boolean {
  return kind === "person" && answer?.kind === "yes" && !suppression;
}

function Answer({ recipient }: { recipient: Recipient }) {
  const { says, answeredBy, answeredAt, kind } = recipient;
  const name = reveal(recipient.name);
  if (says === null || answeredAt === null)
    return (
      <>
        <strong>{name}</strong> <span className={css.dimmed}>{whyUnanswered(recipient)}</span>
      </>
    );
  return (
    <>
      <strong>{kind === "channel" && answeredBy ? `${reveal(answeredBy)} in ${name}` : name}:</strong>{" "}
      <span>{reveal(says)}</span>{" "}
      <span className={css.dimmed}>
        <Time at={answeredAt} />
      </span>
    </>
  );
}

function whyUnanswered({ state, why }: Recipient): string {
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
