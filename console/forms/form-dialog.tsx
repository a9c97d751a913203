import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { FormEvent, ReactNode } from "react";
import { FormError } from "./form-error.tsx";
import css from "./forms.module.css";

interface Props {
  title: string;
  /** The verb on the button. */
  action: string;
  busy: boolean;
  error: Error | null;
  /** Names of the form's fields; their errors are shown at the fields. */
  fields: string[];
  onSubmit: () => void;
  onClose: () => void;
  /** Goes back to the previous step, if there is one. */
  onBack?: () => void;
  children: ReactNode;
}

/** A form in a dialog, in full screen on phones. */
export function FormDialog({
  title,
  action,
  busy,
  error,
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
        <FormError error={error} fields={fields} />
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
