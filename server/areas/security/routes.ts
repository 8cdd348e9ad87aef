import { getFieldKey, sendSealed } from '#contract/field.ts';
import * as contract from '#contract/security.ts';
import * as tokens from '#contract/tokens.ts';
import { answer, answerOpen, type OpenRoute, type Route } from '#server/http/serve.ts';
import {
  createAccount,
  createToken,
  listAccounts,
  listTokens,
  resetPassword,
  revokeToken,
  setAccountState,
} from './accounts.ts';
import { fieldKey, passSealed } from './field-entries.ts';
import { decideApproval, listApprovals, requestApproval } from './approvals.ts';
import { changePassword, listSessions, whoAmI } from './own-account.ts';
import { confirmSecondFactor, startSecondFactor } from './second-factor.ts';
import { signIn, signOut } from './sign-in.ts';
import { listAudit, verifyAudit } from './trail.ts';

/** The calls of the area: sign-in, own account, accounts, tokens, audit trail, approvals. */
export const securityRoutes: (Route | OpenRoute)[] = [
  answerOpen(contract.signIn, signIn),
  answer(contract.signOut, signOut),
  answer(contract.whoAmI, whoAmI),
  answer(contract.changePassword, changePassword),
  answer(contract.startSecondFactor, startSecondFactor),
  answer(contract.confirmSecondFactor, confirmSecondFactor),
  answer(contract.listSessions, listSessions),
  answer(getFieldKey, fieldKey),
  answerOpen(sendSealed, passSealed),
  answer(contract.listAccounts, listAccounts),
  answer(contract.createAccount, createAccount),
  answer(contract.resetPassword, resetPassword),
  answer(contract.setAccountState, setAccountState),
  answer(tokens.listTokens, listTokens),
  answer(tokens.createToken, createToken),
  answer(tokens.revokeToken, revokeToken),
  answer(contract.listAudit, listAudit),
  answer(contract.verifyAudit, verifyAudit),
  answer(contract.requestApproval, requestApproval),
  answer(contract.listApprovals, listApprovals),
  answer(contract.decideApproval, decideApproval),
];
