import { Button } from "@mantine/core";
import { ConfigurePage } from "../components/configure-page.tsx";
import { SecondFactors } from "../pages/account/factors/second-factors.tsx";
import css from "./add-factor-first.module.css";
import { useSignOut } from "./person-menu.tsx";

/** All that a person sees who lacks the second factor that is required here. `onDone`: they have it, and their codes. */
export function AddFactorFirst({ onDone }: { onDone: () => void }) {
  const signOut = useSignOut();
  return (
    <main className={css.page}>
      <ConfigurePage
        title="Add a second factor"
        intro="Everybody who signs in by password needs a second factor here. Once you have added one, you can go on."
        action={
          <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out
          </Button>
        }
      >
        <SecondFactors onDone={onDone} />
      </ConfigurePage>
    </main>
  );
}
