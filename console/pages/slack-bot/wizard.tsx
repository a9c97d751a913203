import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty } from "../../components/lists/loaded.tsx";
import { keysOf } from "../../forms/choices.ts";
import { usePermission } from "../../session/use-session.ts";
import { type Step, savedStep, steps } from "./setup-progress.ts";
import css from "./wizard.module.css";

interface Props {
  step: Step;
  /** One sentence on the purpose of this step. */
  intro: string;
  children: ReactNode;
}

/** A step of setting up a Slack Bot, below the step indicator. */
export function Wizard({ step, intro, children }: Props) {
  const canManage = usePermission("Manage Destinations");
  useEffect(() => savedStep.save(step), [step]);
  return (
    <ConfigurePage title={steps[step].heading} intro={intro}>
      <StepIndicator current={step} />
      {canManage ? (
        <div className={css.step}>{children}</div>
      ) : (
        <Empty title="You need the permission Manage Destinations">
          <p>Ask a Tocsin administrator for the permission, or to set up the destination for you.</p>
        </Empty>
      )}
    </ConfigurePage>
  );
}

function StepIndicator({ current }: { current: Step }) {
  const all = keysOf(steps);
  return (
    <nav aria-label="Steps">
      <ol className={css.steps}>
        {all.map((step, index) => (
          <li
            key={step}
            aria-current={step === current ? "step" : undefined}
            data-done={index < all.indexOf(current)}
          >
            <span className={css.stepNumber} aria-hidden="true">
              {index < all.indexOf(current) ? <Icon name="check" size={12} /> : index + 1}
            </span>
            {current !== "finish" && step !== current && step !== "finish" ? (
              <Link to={`/configure/destinations/new/slack-bot/${step}`}>{steps[step].name}</Link>
            ) : (
              steps[step].name
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
