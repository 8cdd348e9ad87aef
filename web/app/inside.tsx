import { RouterProvider } from '@tanstack/react-router';
import type { Me } from '#web/api/me.ts';
import { MeContext } from '#web/api/me.ts';
import { SignInAgain } from '#web/areas/sign-in/sign-in-again.tsx';
import { ReasonHost } from '#web/parts/reason.tsx';
import { router } from './router.tsx';

/** Everything behind the sign-in: the pages, the dialog that asks for reasons, the dialog that signs in again. */
export function Inside({ me }: { me: Me }) {
  return (
    <MeContext value={me}>
      <RouterProvider router={router} />
      <ReasonHost />
      <SignInAgain me={me} />
    </MeContext>
  );
}
