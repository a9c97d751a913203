import { Button, Divider } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { SignInWays } from "../../../src/people/contract.ts";
import { confirmation } from "../../api/confirmation.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useSignInWays, visitUrl } from "../../session/use-sign-in-ways.ts";
import { PasswordFields, usePasswordSignIn } from "./password-fields.tsx";
import { SecondStep } from "./second-step.tsx";
import { SignInLayout } from "./sign-in-layout.tsx";

/** Signs in by password, at the identity provider, or in both ways. */
export function SignInPage() {
  const { next = "/alerts" } = useSearch({ from: "/sign-in" });
  const ways = useSignInWays();
  const byPassword = usePasswordSignIn(next);
  const [isEmergency, setEmergency] = useState(false);
  // An error must not keep the emergency admin out.
  const provider = ways.data?.provider ?? null;
  const asksPassword = ways.data?.passwords !== "emergency admin" || isEmergency;
  const [over, setOver] = useState<Error | null>(null);
  if (byPassword.needed)
    return (
      <SecondStep
        factors={byPassword.needed}
        next={next}
        onBack={(why) => {
          setOver(why);
          byPassword.goBack();
        }}
      />
    );
  if (ways.isPending) return <SignInLayout title="Sign in to Tocsin" />;
  return (
    <SignInLayout title="Sign in to Tocsin" onSubmit={() => byPassword.signIn.mutate()}>
      <FormError error={byPassword.signIn.error ?? over} />
      {provider ? <ProviderButton provider={provider} next={next} /> : null}
      {provider && asksPassword ? (
        <Divider label={isEmergency ? "The emergency admin" : "or by password"} labelPosition="center" />
      ) : null}
      {asksPassword ? (
        <PasswordFields byPassword={byPassword} secondary={provider !== null} />
      ) : (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setEmergency(true)}>
          Sign in as the emergency admin
        </Button>
      )}
    </SignInLayout>
  );
}

function ProviderButton({ provider, next }: { provider: NonNullable<SignInWays["provider"]>; next: string }) {
  return (
    <Button component="a" href={visitUrl(provider.url, { next })} size="sm" fullWidth>
      Sign in with {provider.name}
    </Button>
  );
}

/** Where the identity provider's window ends up: tells the page that waits, and closes itself where browsers allow it. */
export function ConfirmedPage() {
  useEffect(() => {
    confirmation.announce();
    window.close();
  }, []);
  return <SignInLayout title="Confirmed" intro="You can close this window and go on in Tocsin." />;
}
