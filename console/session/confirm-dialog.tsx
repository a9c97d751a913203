import { Button, Divider, Group, Modal, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useEffect, useSyncExternalStore } from "react";
import { basePath } from "../api/base-path.ts";
import { confirmation } from "../api/confirmation.ts";
import { factorsApi } from "../api/factors.ts";
import { peopleApi } from "../api/people.ts";
import { FormError } from "../forms/form-error.tsx";
import forms from "../forms/forms.module.css";
import { useFields } from "../forms/use-fields.ts";
import { useSession } from "./use-session.ts";
import { visitUrl } from "./use-sign-in-ways.ts";

/**
 * Asks for the password, or for a new sign-in at the identity provider, when the API wants a change to be confirmed. The
 * request that waits is then repeated, and the form that sent it keeps what was typed.
 */
export function ConfirmDialog() {
  return useSyncExternalStore(confirmation.subscribe, confirmation.isAsked) ? <Dialog /> : null;
}

/** An open form below listens for Escape first, and would close. */
const keepsForm = { "data-mantine-stop-propagation": true };

const cancel = () => confirmation.answer(false);

function Dialog() {
  const { provider = null, password = true, passkey = false } = useSession().data?.confirmBy ?? {};
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
      <div className={forms.form}>
        {passkey ? <ByPasskey /> : null}
        {passkey && (password || provider !== null) ? <Divider label="or" labelPosition="center" /> : null}
        {provider === null ? null : <ByProvider provider={provider} alone={!password} />}
        {provider !== null && password ? <Divider label="or by password" labelPosition="center" /> : null}
        {password || provider === null ? <ByPassword alone={provider === null && !passkey} /> : null}
      </div>
    </Modal>
  );
}

interface Props {
  /** Whether there is no other way. */
  alone: boolean;
}

/** Opens the identity provider in a window of its own, so that nothing typed here is lost. */
function ByProvider({ provider, alone }: Props & { provider: string }) {
  useEffect(() => confirmation.listen(), []);
  const open = () =>
    window.open(
      visitUrl(`${basePath}/auth/oidc/start`, { confirm: "1" }),
      "_blank",
      "popup,width=520,height=720",
    );
  return (
    <>
      <Text size="sm">
        This change needs a new sign-in at {provider}, which opens in its own window. Tocsin asks at most
        every 5 minutes.
      </Text>
      <Group justify="flex-end">
        {alone ? (
          <Button variant="default" onClick={cancel} {...keepsForm}>
            Cancel
          </Button>
        ) : null}
        <Button data-autofocus onClick={open} {...keepsForm}>
          Sign in again with {provider}
        </Button>
      </Group>
    </>
  );
}

function ByPasskey() {
  const confirm = useMutation({
    mutationFn: factorsApi.confirmByPasskey,
    onSuccess: () => confirmation.answer(true),
  });
  return (
    <>
      <FormError error={confirm.error} />
      <Text size="sm">
        This change needs your passkey or your password again. Tocsin asks at most every 5 minutes.
      </Text>
      <Button data-autofocus loading={confirm.isPending} onClick={() => confirm.mutate()} {...keepsForm}>
        Use a passkey
      </Button>
    </>
  );
}

function ByPassword({ alone }: Props) {
  const email = useSession().data?.user.email;
  const confirm = useMutation({
    mutationFn: peopleApi.confirmSession,
    onSuccess: () => confirmation.answer(true),
  });
  const fields = useFields({ password: "" }, confirm.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes events on to the form that opened the dialog.
    event.stopPropagation();
    confirm.mutate(fields.values.password);
  };
  return (
    <form className={forms.form} onSubmit={submit}>
      {fields.errorAt("password") ? null : <FormError error={confirm.error} />}
      {alone ? (
        <Text size="sm">This change needs your password again. Tocsin asks at most every 5 minutes.</Text>
      ) : null}
      <input type="hidden" autoComplete="username" value={email ?? ""} readOnly />
      <TextInput
        {...(alone && { "data-autofocus": true })}
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
        <Button
          type="submit"
          variant={alone ? "filled" : "default"}
          loading={confirm.isPending}
          {...keepsForm}
        >
          Confirm
        </Button>
      </Group>
    </form>
  );
}
