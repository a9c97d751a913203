import { Button, Divider, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SessionBody } from "../../../src/people/contract.ts";
import type { FactorNeeded } from "../../../src/people/factors/contract.ts";
import { factorsApi } from "../../api/factors.ts";
import { ApiError } from "../../api/request.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useFields } from "../../forms/use-fields.ts";
import { SignInLayout } from "./sign-in-layout.tsx";

interface Props {
  factors: FactorNeeded["secondFactor"];
  /** The page to go to afterwards. */
  next: string;
  /** Goes back to the password, also when the step took too long. */
  onBack: (why: Error | null) => void;
}

/** Asks for the second factor: a passkey, the code of an app, or a recovery code. */
export function SecondStep({ factors, next, onBack }: Props) {
  const finish = useFinish(next);
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.problem.type === "urn:tocsin:sign-in-over") onBack(error);
  };
  const byPasskey = useMutation({ mutationFn: factorsApi.givePasskey, onSuccess: finish, onError });
  const byCode = useMutation({
    mutationFn: () => factorsApi.giveCode(fields.values.code),
    onSuccess: finish,
    onError,
  });
  const fields = useFields({ code: "" });
  const [recovers, setRecovers] = useState(!factors.passkey && !factors.totp);
  const asksCode = factors.totp || recovers;
  return (
    <SignInLayout title="Second factor" intro={introOf(factors, recovers)} onSubmit={() => byCode.mutate()}>
      <FormError error={byCode.error ?? byPasskey.error} />
      {factors.passkey && !recovers ? (
        <Button
          size="sm"
          fullWidth
          autoFocus
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          Use a passkey
        </Button>
      ) : null}
      {factors.passkey && factors.totp && !recovers ? (
        <Divider label="or by authenticator app" labelPosition="center" />
      ) : null}
      {asksCode ? (
        <>
          <TextInput
            key={recovers ? "recovery" : "app"}
            label={recovers ? "Recovery code" : "Code"}
            inputMode={recovers ? "text" : "numeric"}
            autoComplete={recovers ? "off" : "one-time-code"}
            autoFocus={recovers || !factors.passkey}
            maxLength={40}
            required
            {...fields.text("code")}
          />
          <Button
            type="submit"
            size="sm"
            fullWidth
            variant={factors.passkey && !recovers ? "default" : "filled"}
            loading={byCode.isPending}
          >
            Sign in
          </Button>
        </>
      ) : null}
      {factors.recoveryCodes && (factors.passkey || factors.totp) ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setRecovers(!recovers)}>
          {recovers ? "Use another second factor" : "Use a recovery code"}
        </Button>
      ) : null}
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onBack(null)}>
        Back
      </Button>
    </SignInLayout>
  );
}

function introOf({ passkey, totp }: Props["factors"], recovers: boolean): string {
  if (recovers)
    return "Enter one of the recovery codes that you kept. Without them, ask an administrator to remove your second factors.";
  if (passkey && totp)
    return "Your password was right. Confirm with your passkey, or with a code of your app.";
  return passkey
    ? "Your password was right. Confirm with your passkey."
    : "Your password was right. Enter the code that your authenticator app shows.";
}

/** Keeps the new session and goes to the page `next`. */
export function useFinish(next: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (session: SessionBody) => {
    queries.clear();
    queries.setQueryData(["session"], session);
    return navigate({ href: next });
  };
}
