import { useQuery } from "@tanstack/react-query";
import { setupApi } from "../../api/setup.ts";
import { Time } from "../../components/time.tsx";
import css from "../../pages/slack-bot/wizard.module.css";

/** Nothing else tells that somebody pressed Verify. */
const lookMs = 3000;

/** Whether Slack reaches Tocsin: live, while somebody presses Verify there. */
export function Heard() {
  const { data } = useQuery({
    queryKey: ["slack-app"],
    queryFn: setupApi.slackApp,
    refetchInterval: lookMs,
  });
  if (!data) return null;
  const at = data.heard.verifiedAt ?? data.heard.unverifiedAt;
  return (
    <p className={css.note} data-tone={at ? "good" : undefined} role="status">
      {at ? (
        <>
          Slack's request arrived <Time at={at} />.
        </>
      ) : (
        "Waiting for Slack's request, which comes when you press Verify."
      )}
    </p>
  );
}
