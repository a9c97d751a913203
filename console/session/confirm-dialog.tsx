import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useSyncExternalStore } from "react";
import { confirmation } from "../api/confirmation.ts";
import { peopleApi } from "../api/people.ts";
import { FormError } from "../forms/form-error.tsx";
import forms from "../forms/forms.module.css";
import { useFields } from "../forms/use-fields.ts";
import { useSession } from "./use-session.ts";

/**
 * Asks for the password when the API wants a change to be confirmed. The request that waits is then repeated, and the
 * form that sent it keeps what was typed.
 */
export function ConfirmDialog() {
  return useSyncExternalStore(confirmation.subscribe, confirmation.isAsked) ? <Dialog /> : null;
}

/** An open form below listens for Escape first, and would close. */
const keepsForm = { "data-mantine-stop-propagation": true };

function Dialog() {
  const email = useSession().data?.user.email;
  const confirm = useMutation({
    mutationFn: peopleApi.confirmSession,
    onSuccess: () => confirmation.answer(true),
  });
  const fields = useFields({ password: "" }, confirm.error);
  const cancel = () => confirmation.answer(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes events on to the form that opened the dialog.
    event.stopPropagation();
    confirm.mutate(fields.values.password);
  };
  const cancelByKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") cancel();
  };
  return (
    <Modal
      opened
      onClose={cancel}
      title="Confirm that it is you"
      closeOnClickOutside={false}
      closeOnEscape={false}
      closeButtonProps={{ "aria-label": "Close", ...keepsForm }}
      onKeyDown={cancelByKey}
    >
      <form className={forms.form} onSubmit={submit}>
        {fields.errorAt("password") ? null : <FormError error={confirm.error} />}
        <Text size="sm">This change needs your password again. Tocsin asks at most every 5 minutes.</Text>
        <input type="hidden" autoComplete="username" value={email ?? ""} readOnly />
        <TextInput
          data-autofocus
          {...keepsForm}
          type="password"
          label="Password"
          autoComplete="current-password"
          required
          {...fields.text("password")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel} {...keepsForm}>
            Cancel
          </Button>
          <Button type="submit" loading={confirm.isPending} {...keepsForm}>
            Confirm
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
