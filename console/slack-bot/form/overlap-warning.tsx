import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import css from "../../pages/slack-bot/wizard.module.css";
import type { FormValues } from "../../pages/slack-bot/form-values.ts";

/** While somebody still chooses, nothing is asked. */
const restMs = 400;

/** Says which other destination would get some of the same alerts: they are then triaged in several places. */
export function OverlapWarning({ values }: { values: FormValues }) {
  const { severities, alertTypes, logTypes, channel } = values;
  const [takes] = useDebouncedValue({ severities, alertTypes, logTypes, channel }, restMs);
  const query = useQuery({
    queryKey: ["destinations", "overlap", takes],
    queryFn: () => setupApi.overlap(takes),
    placeholderData: keepPreviousData,
  });
  const others = query.data?.results ?? [];
  if (others.length === 0) return null;
  return (
    <div className={css.note} data-tone="warn" role="status">
      Some alerts would go to several channels, and be triaged in each; all their cards stay in step.
      <ul>
        {others.map(({ id, displayName, alerts }) => (
          <li key={id}>
            <strong className="wrap">{displayName}</strong>: {sayCount(alerts)} of the last 7 days
          </li>
        ))}
      </ul>
    </div>
  );
}

function sayCount(alerts: number): string {
  if (alerts === 0) return "no alert";
  return alerts === 1 ? "1 alert" : `${alerts} alerts`;
}
