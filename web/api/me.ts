import { createContext, useContext } from 'react';
import type { z } from 'zod';
import type { Me as MeShape } from '#contract/security.ts';
import type { Permission } from '#domain/basics/permissions.ts';

/** Who is signed in, with posts and permissions. */
export type Me = z.output<typeof MeShape>;

/** Holds the signed-in person; set by the gate that stands before every page. */
export const MeContext = createContext<Me | null>(null);

/** The signed-in person; throws outside the gate. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe is called outside the sign-in gate');
  return me;
}

/** Says whether the signed-in person holds a permission by one of the posts. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
