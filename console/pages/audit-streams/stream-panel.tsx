import { Button, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { AuditStreamBody, StreamKind } from "../../../src/deliver/audit-stream/contract.ts";
import { auditStreamApi } from "../../api/audit-streams.ts";
import { Time } from "../../components/time.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import css from "./audit-streams.module.css";

interface Props {
  kind: StreamKind;
  title: string;
  stream: AuditStreamBody | null;
  canChange: boolean;
  /** The form. */
  children: ReactNode;
}

/** A receiver: whether it works, its form, and what can be done with it. */
export function StreamPanel({ kind, title, stream, canChange, children }: Props) {
  return (
    <section className={css.panel} aria-labelledby={`stream-${kind}`}>
      <header className={css.head}>
        <h2 id={`stream-${kind}`}>{title}</h2>
        {stream && canChange ? <Actions kind={kind} place={stream.place} /> : null}
      </header>
      {stream ? <State stream={stream} /> : <p className={css.state}>Not set. Nothing is sent.</p>}
      {children}
    </section>
  );
}

function State({ stream: { place, fault, waiting, lastSentAt } }: { stream: AuditStreamBody }) {
  return (
    <div className={css.state}>
      {fault ? (
        <p className={css.fault} role="alert">
          <strong>Entries don't arrive.</strong> {fault.remedy} Tocsin tries again by itself. Started{" "}
          <Time at={fault.since} />.
        </p>
      ) : null}
      <p>
        Sends to <strong className="wrap">{place}</strong>
        {lastSentAt ? (
          <>
            {" · last entry sent "}
            <Time at={lastSentAt} />
          </>
        ) : (
          " · nothing sent yet"
        )}
        {` · ${waiting === 0 ? "nothing waiting" : `${waiting} waiting`}`}
      </p>
    </div>
  );
}

function Actions({ kind, place }: { kind: StreamKind; place: string }) {
  const [isRemoving, setRemoving] = useState(false);
  const test = useApiMutation({
    mutationFn: () => auditStreamApi.test(kind),
    invalidates: "audit-streams",
    success: `${place} took the test entry.`,
    failure: "The test entry was not sent.",
  });
  const remove = useApiMutation({
    mutationFn: () => auditStreamApi.remove(kind),
    invalidates: "audit-streams",
    success: `Nothing is sent to ${place} any more.`,
    failure: "The receiver was not removed.",
    onSuccess: () => setRemoving(false),
  });
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate(undefined)}>
        Send Test Entry
      </Button>
      <Button variant="subtle" color="red" size="xs" onClick={() => setRemoving(true)}>
        Remove
      </Button>
      {isRemoving ? (
        <ConfirmDelete
          name={place}
          action="Remove"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setRemoving(false)}
        >
          No further entries are sent there. Those that wait are not sent any more.
        </ConfirmDelete>
      ) : null}
    </Group>
  );
}
