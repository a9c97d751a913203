import { Button } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../components/icon.tsx";
import { usePermission } from "../session/use-session.ts";
import { SilenceForm } from "./silence-form.tsx";
import type { SilenceStart } from "./silence-values.ts";

interface Props {
  start: SilenceStart;
  /** What is snoozed, for screen readers; empty on the page of one thing. */
  name?: string;
  size?: "compact-sm";
}

/** Opens the form of a silence, prefilled. Nothing for people who may not create one. */
export function SnoozeButton({ start, name, size }: Props) {
  const [open, setOpen] = useState(false);
  const canManage = usePermission("Manage Alerts");
  if (!canManage) return null;
  return (
    <>
      <Button
        variant="default"
        {...(size && { size })}
        leftSection={<Icon name="clock" size={14} />}
        aria-label={name ? `Snooze ${name}` : undefined}
        onClick={() => setOpen(true)}
      >
        Snooze…
      </Button>
      {open ? <SilenceForm start={start} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
