import { useEffect } from "react";
import { providerConfirmation } from "../../session/provider-confirmation.ts";
import { SignInLayout } from "./sign-in-layout.tsx";

/** Where the identity provider's window ends up: tells the page that waits, and closes itself where browsers allow it. */
export function ConfirmedPage() {
  useEffect(() => {
    providerConfirmation.announce();
    window.close();
  }, []);
  return (
    <SignInLayout
      title="Confirmed"
      intro="You can close this window and go on in Tocsin."
      onSubmit={() => undefined}
      children={null}
    />
  );
}
