type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let underWay: Promise<boolean> | null = null;

/** Registers the dialog that asks a person to sign in over the open page; returns what takes it away again. */
export function setSignInDialog(dialog: Ask): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/** Opens the sign-in dialog once for all calls that wait; true when the person has signed in again. */
export function signInAgain(): Promise<boolean> {
  if (!ask) return Promise.resolve(false);
  underWay ??= ask().finally(() => {
    underWay = null;
  });
  return underWay;
}
