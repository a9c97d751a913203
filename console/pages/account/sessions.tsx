import { Button } from "@mantine/core";
import type { OwnSessionBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import css from "./account.module.css";

/** The sessions of the signed-in user, which they can end. */
export function Sessions() {
  const pages = usePages(["sessions"], peopleApi.sessions);
  const end = useApiMutation({
    mutationFn: ({ id }: OwnSessionBody) => peopleApi.endSession(id),
    invalidates: "sessions",
    success: "The session has ended.",
    failure: "The session has not ended.",
  });
  const endOthers = useApiMutation({
    mutationFn: () => peopleApi.endOtherSessions(),
    invalidates: "sessions",
    success: "All other sessions have ended.",
    failure: "The other sessions have not ended.",
  });
  const others = pages.data?.some(({ isCurrent }) => !isCurrent);
  return (
    <section aria-labelledby="sessions">
      <div className={css.head}>
        <div>
          <h2 id="sessions">Sessions</h2>
          <p>Where you are signed in. End those that you don't know, and change your password.</p>
        </div>
        {others ? (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
            End all other sessions
          </Button>
        ) : null}
      </div>
      <Loaded query={pages} label="sessions">
        {(sessions) => (
          <PlainTable label="Your sessions" heads={["Device", "Address", "Signed in", "Last seen", ""]}>
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={end.isPending && end.variables?.id === session.id}
                onEnd={() => end.mutate(session)}
              />
            ))}
          </PlainTable>
        )}
      </Loaded>
      <LoadMore pages={pages} />
    </section>
  );
}

interface RowProps {
  session: OwnSessionBody;
  busy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: RowProps) {
  const { device, userAgent, ip, createdAt, lastSeenAt, isCurrent } = session;
  return (
    <tr>
      <td title={userAgent ? reveal(userAgent) : undefined}>
        {device}
        {isCurrent ? <div className={css.current}>This session</div> : null}
      </td>
      <td>{ip ?? "Unknown"}</td>
      <td>
        <Time at={createdAt} />
      </td>
      <td>
        <Time at={lastSeenAt} />
      </td>
      <td>
        {isCurrent ? null : (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            loading={busy}
            onClick={onEnd}
            aria-label={`End the session of ${device} at ${ip ?? "an unknown address"}`}
          >
            End
          </Button>
        )}
      </td>
    </tr>
  );
}
