import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { describeMatcher, silenceStateLabels } from "../../../src/alert/silence.ts";
import type { SilenceBody } from "../../../src/silence/contract.ts";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./silences-page.module.css";

interface Props {
  silence: SilenceBody;
  /** Undefined without the permission to change silences. */
  onChange: (() => void) | undefined;
  onEnd: (() => void) | undefined;
}

/** What a silence covers, for people. */
export function coverText(silence: SilenceBody): string {
  const { source, detection } = silence;
  return reveal(
    describeMatcher(silence, {
      source: source?.name ?? null,
      detection: detection && (detection.name ?? detection.id),
    }),
  );
}

const listed = 1000;

export function SilenceRow({ silence, onChange, onEnd }: Props) {
  const { id, reason, alsoCritical, createdBy, createdAt, alertCount, state, alert } = silence;
  const covers = coverText(silence);
  return (
    <tr>
      <td className={`wrap ${css.covers}`}>
        {covers}
        {alsoCritical ? <span className={css.critical}>CRITICAL too</span> : null}
      </td>
      <td className={`wrap ${css.reason}`}>
        {reveal(reason)}
        <Text size="xs" c="dimmed">
          {reveal(createdBy.name)} <Time at={createdAt} />
          {alert ? (
            <>
              {" from "}
              <Link to="/alerts/$alert" params={{ alert: String(alert.number) }}>
                #{alert.number}
              </Link>
            </>
          ) : null}
        </Text>
      </td>
      <td>
        {alertCount === 0 ? (
          <Text c="dimmed">None</Text>
        ) : (
          <Link
            to="/alerts"
            search={{ silence: id, status: ["OPEN", "TRIAGED", "RESOLVED", "CLOSED"] }}
            aria-label={`Alerts silenced by ${covers}`}
          >
            {alertCount === listed ? "1,000 or more" : alertCount.toLocaleString("en")}
          </Link>
        )}
      </td>
      <td className={css.end}>
        <EndOf silence={silence} />
      </td>
      <td>
        {state === "running" && onChange && onEnd ? (
          <div className={css.actions}>
            <Button variant="default" size="compact-sm" onClick={onChange} aria-label={`Change ${covers}`}>
              Change
            </Button>
            <Button variant="default" size="compact-sm" onClick={onEnd} aria-label={`End ${covers}`}>
              End now
            </Button>
          </div>
        ) : null}
      </td>
    </tr>
  );
}

function EndOf({ silence: { state, endsAt, endedAt, endedBy } }: { silence: SilenceBody }) {
  if (state === "running") return <Time at={endsAt} />;
  return (
    <>
      <Time at={endedAt ?? endsAt} />
      {endedBy ? (
        <Text size="xs" c="dimmed">
          {silenceStateLabels[state]} by {reveal(endedBy.name)}
        </Text>
      ) : null}
    </>
  );
}
