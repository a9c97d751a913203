import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { Icon } from "../../components/icon.tsx";
import { Empty } from "../../components/lists/loaded.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { keysOf } from "../../forms/choices.ts";
import { useMay } from "../../session/use-session.ts";
import { type Step, steps, whereLeft } from "./setup-progress.ts";
import css from "./wizard.module.css";

interface Props {
  step: Step;
  /** One sentence on what this step is for. */
  about: string;
  children: ReactNode;
}

/** A step of setting up a Slack Bot, below the list of all of them. */
export function Wizard({ step, about, children }: Props) {
  const mayManage = useMay("Manage Destinations");
  useEffect(() => whereLeft.keep(step), [step]);
  return (
    <SettingsPage title={steps[step]} about={about}>
      <Progress at={step} />
      {mayManage ? (
        <div className={css.step}>{children}</div>
      ) : (
        <Empty title="This needs the permission Manage Destinations">
          <p>Ask whoever manages Tocsin's users for it, or to set the destination up.</p>
        </Empty>
      )}
    </SettingsPage>
  );
}

function Progress({ at }: { at: Step }) {
  const all = keysOf(steps);
  return (
    <nav aria-label="Steps">
      <ol className={css.progress}>
        {all.map((step, place) => (
          <li key={step} aria-current={step === at ? "step" : undefined} data-done={place < all.indexOf(at)}>
            <span className={css.mark} aria-hidden="true">
              {place < all.indexOf(at) ? <Icon name="check" size={12} /> : place + 1}
            </span>
            {at !== "finish" && step !== at && step !== "finish" ? (
              <Link to={`/configure/destinations/new/slack-bot/${step}`}>{steps[step]}</Link>
            ) : (
              steps[step]
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
