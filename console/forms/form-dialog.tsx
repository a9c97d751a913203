import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { FormEvent, ReactNode } from "react";
import { FormFault } from "./form-fault.tsx";
import css from "./forms.module.css";

interface Props {
  title: string;
  /** The verb on the button. */
  action: string;
  busy: boolean;
  fault: Error | null;
  /** The names of the form's fields: what is wrong with these is said there. */
  fields: string[];
  onSubmit: () => void;
  onClose: () => void;
  /** Leads to the step before, where there is one. */
  onBack?: () => void;
  children: ReactNode;
}

/** A form in a dialog; on a phone it takes the whole screen. */
export function FormDialog({
  title,
  action,
  busy,
  fault,
  fields,
  onSubmit,
  onClose,
  onBack,
  children,
}: Props) {
  const narrow = useMediaQuery("(max-width: 600px)");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      fullScreen={narrow}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className={css.form} onSubmit={submit}>
        <FormFault fault={fault} fields={fields} />
        {children}
        <div className={css.actions}>
          <Button variant="default" onClick={onBack ?? onClose}>
            {onBack ? "Back" : "Cancel"}
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
