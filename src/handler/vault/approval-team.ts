import type {
  AssociateBackupVaultMpaApprovalTeamCommandInput,
  DisassociateBackupVaultMpaApprovalTeamCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import type { Claim } from '../core/claim';
import { ClaimLedger, type Claims, ROOT } from '../core/claim-ledger';
import { errorName, Failure } from '../core/failure';
import { renewed, withMutex } from '../core/mutex';
import type { ParameterClient } from '../core/parameters';
import { flag, maybeText, text } from '../core/properties';
import { ownerOf, stackOf } from '../core/protocol';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import {
  describePending,
  isLaterRequest,
  type PendingChange,
  pendingChange,
  TEAM,
  withoutRequest,
  withRequest,
} from './team-change';
import { findVault, type Vault, type VaultClient } from './vaults';

/** The calls that change the approval team of a vault. */
export interface ApprovalTeamClient extends VaultClient {
  associateTeam(input: AssociateBackupVaultMpaApprovalTeamCommandInput): Promise<unknown>;
  disassociateTeam(input: DisassociateBackupVaultMpaApprovalTeamCommandInput): Promise<unknown>;
}

/** The folder of the claims on the teams of vaults. */
export const APPROVAL_TEAMS = 'approval-teams';

/** The errors for a change while another one waits. */
const REFUSALS: ReadonlySet<string> = new Set([
  'AlreadyExistsException',
  'ConflictException',
  'InvalidRequestException',
  'InvalidResourceStateException',
]);

/**
 * The approval team of an air-gapped vault. People approve each change, which may take days: it is requested and not
 * waited for. One change can wait at a time, so a second one fails until the first is approved or denied.
 */
export function approvalTeam(client: ApprovalTeamClient, parameters: ParameterClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties } = request;
      const vaultName = text(ResourceProperties, 'vaultName');
      const team = text(ResourceProperties, 'teamArn');
      const comment = maybeText(ResourceProperties, 'comment');
      return locked(vaultName, work, async (guarded) => {
        const { vault, ledger, claims } = await open(vaultName, ownerOf(request), guarded);
        if (!vault) throw new Failure(`there is no vault ${vaultName}`);
        const other = claims.others.find(
          ({ owner, wants }) =>
            TEAM in wants && wants[TEAM] !== team && !owner.startsWith(`${stackOf(request)}-`),
        );
        const known = [claims.own?.wants[TEAM], claims.own?.previous?.[TEAM]];
        if (other && claims.own && known.includes(team)) {
          // a rollback must not fail, not even that of a refused update: the other team stays
          guarded.log(`the approval team of ${vaultName} stays: ${other.owner} sets another one`);
          await ledger.write({ ...claims.own, wants: { [TEAM]: team } });
          return { VaultName: vaultName, Status: 'FAILED' };
        }
        if (other) throw new Failure(`${other.owner} sets another approval team; change it there first`);
        const all = claims.own ? [...claims.others, claims.own] : claims.others;
        const pending = pendingChange(vault, all);
        if (pending && pending.team !== team) throw new Failure(describePending(vaultName, pending));

        const current = vault.MpaApprovalTeamArn ?? null;
        const own = claims.own ?? { owner: ownerOf(request), wants: {}, undo: {} };
        const first = [own, ...claims.others].find(({ undo }) => TEAM in undo);
        const before = first ? first.undo[TEAM] : pending || current === team ? undefined : current;
        const claim: Claim = {
          ...own,
          wants: { [TEAM]: team },
          ...(TEAM in own.wants && own.wants[TEAM] !== team && { previous: own.wants }),
          undo: before === undefined ? {} : { [TEAM]: before },
          since: guarded.now(),
        };
        const isUnchanged =
          own.wants[TEAM] === team &&
          OldResourceProperties?.teamArn === team &&
          OldResourceProperties.comment === ResourceProperties.comment;
        if (pending || current === team || isUnchanged) {
          await ledger.write(pending ? withRequest(claim, team, pending.session, guarded.now()) : claim);
          const status = pending ? 'PENDING' : current === team ? 'APPROVED' : 'FAILED';
          return { VaultName: vaultName, Status: status };
        }
        await requestChange(vaultName, team, claim, ledger, comment, guarded);
        const after = await findVault(client, vaultName, guarded);
        const isApproved = after?.MpaApprovalTeamArn === team;
        return { VaultName: vaultName, Status: isApproved ? 'APPROVED' : 'PENDING' };
      });
    },

    async remove(request, work) {
      const { ResourceProperties, PhysicalResourceId } = request;
      const vaultName = text(ResourceProperties, 'vaultName');
      const comment = maybeText(ResourceProperties, 'comment');
      return locked(vaultName, work, async (guarded) => {
        const owner = ownerOf(request);
        const { vault, ledger, claims } = await open(vaultName, owner, guarded);
        // an earlier version saved no claims
        const isUnsaved = PhysicalResourceId === vaultName && !flag(ResourceProperties, 'claimed', false);
        const unsaved = { owner, wants: { [TEAM]: text(ResourceProperties, 'teamArn') }, undo: {} };
        const own = claims.own ?? (isUnsaved ? unsaved : undefined);
        if (vault && own) await leave(vaultName, vault, own, claims, ledger, comment, guarded);
        else await ledger.remove(owner);
        return {};
      });
    },

    idOf: ({ VaultName }) => VaultName,
  };

  function locked<T>(vault: string, work: Work, task: (work: Work) => Promise<T>): Promise<T> {
    return withMutex(parameters, `${ROOT}/${APPROVAL_TEAMS}/lock/${vault}`, work, task);
  }

  async function open(subject: string, owner: string, work: Work) {
    const vault = await findVault(client, subject, work);
    const ledger = new ClaimLedger(parameters, { folder: APPROVAL_TEAMS, subject }, work);
    return { vault, ledger, claims: await ledger.read(owner) };
  }

  async function leave(
    vaultName: string,
    vault: Vault,
    own: Claim,
    { others }: Claims,
    ledger: ClaimLedger,
    comment: string | undefined,
    work: Work,
  ): Promise<void> {
    const team = own.wants[TEAM];
    const heirs = others.filter(({ wants, isUnreadable }) => TEAM in wants || isUnreadable);
    const heir = heirs.find(({ wants, isUnreadable }) => isUnreadable || wants[TEAM] === team) ?? heirs[0];
    const keeps = heir && (heir.isUnreadable || heir.wants[TEAM] === team);
    const pending = pendingChange(vault, [own, ...others]);
    // a claim without a team left already
    const isOurs = team !== undefined && [vault.MpaApprovalTeamArn, pending?.team].includes(team as string);
    const isForeign = pending !== undefined && pending.team === undefined;
    if (isForeign) work.log(`somebody else requested a change of the approval team of ${vaultName}`);
    if (keeps) work.log(`the approval team of ${vaultName} stays: ${heir.owner} wants it too`);
    const wanted = heir ? heir.wants[TEAM] : own.undo[TEAM];
    const next = typeof wanted === 'string' ? wanted : null;
    if (keeps || !isOurs || isForeign || pending?.team === next) {
      if (heir && !heir.isUnreadable) await ledger.write(inherited(heir, own, pending, work.now()));
      // a request of an earlier attempt is remembered until it is decided
      if (heir || pending?.team !== next) return ledger.remove(own.owner);
      return ledger.write(withRequest({ ...own, wants: {}, undo: {} }, next, pending?.session, work.now()));
    }
    const claim = heir ? inherited(heir, own, pending, work.now()) : { ...own, wants: {}, undo: {} };
    // until the request is made, the own claim still says what it is about
    await requestChange(vaultName, next, claim, ledger, comment, work, pending, heir ? claim : own);
    if (heir) return ledger.remove(own.owner);
    const after = await findVault(client, vaultName, work);
    if ((after?.MpaApprovalTeamArn ?? null) === next && !pendingChange(after ?? {}, []))
      return ledger.remove(own.owner);
    work.log(`the change of the approval team of ${vaultName} was requested, and is not waited for`);
  }

  /** Requests a change, and remembers which session it is: AWS Backup does not show which team a session is about. */
  async function requestChange(
    BackupVaultName: string,
    team: unknown,
    claim: Claim,
    ledger: ClaimLedger,
    RequesterComment: string | undefined,
    work: Work,
    pending?: PendingChange,
    ahead: Claim = claim,
  ): Promise<void> {
    const next = typeof team === 'string' ? team : null;
    if (!pending) await ledger.write(withRequest(ahead, next, undefined, work.now()));
    await renewed(work);
    try {
      await retrying(work, () =>
        next === null
          ? client.disassociateTeam({ BackupVaultName, RequesterComment })
          : client.associateTeam({ BackupVaultName, MpaApprovalTeamArn: next, RequesterComment }),
      );
    } catch (error) {
      throw pending && REFUSALS.has(errorName(error))
        ? new Failure(describePending(BackupVaultName, pending))
        : error;
    }
    const after = await findVault(client, BackupVaultName, work);
    const made = after && pendingChange(after, []);
    // nobody had to approve it: a change that waits later is another one
    const isDone = after && !made && (after.MpaApprovalTeamArn ?? null) === next;
    await ledger.write(isDone ? withoutRequest(claim) : withRequest(claim, next, made?.session, work.now()));
  }
}

/** The heir's claim with what is needed to undo the change, and with the change that waits. */
function inherited(heir: Claim, own: Claim, pending: PendingChange | undefined, at: number): Claim {
  const claim = { ...heir, undo: { ...own.undo, ...heir.undo } };
  if (pending?.team !== undefined) return withRequest(claim, pending.team, pending.session, at);
  const { writing, shown } = isLaterRequest(own, heir) ? own : heir;
  return { ...claim, writing, shown };
}
