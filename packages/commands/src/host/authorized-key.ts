import { type CommandSpec, SshUser } from '@vireo/contracts';
import { scriptArgv, writingCommand } from '../command.ts';
import { AUTHORIZED_KEY_ADD, AUTHORIZED_KEY_REMOVE } from '../scripts.ts';

/** One line of `authorized_keys`: algorithm, base64, comment. A public key is no secret. */
function keyLine(publicKey: string): string {
  if (!/^[a-z0-9@.-]+ [A-Za-z0-9+/=]+( [A-Za-z0-9@._-]+)?$/.test(publicKey))
    throw new Error('not a one-line OpenSSH public key');
  return publicKey;
}

/** Adds the key to the user's `authorized_keys` unless it is there. */
export const authorizedKeyAdd = (user: string, publicKey: string): CommandSpec =>
  writingCommand(scriptArgv(AUTHORIZED_KEY_ADD, SshUser.parse(user), keyLine(publicKey)), 15_000);

/** Removes exactly that line; succeeds when it is not there. */
export const authorizedKeyRemove = (user: string, publicKey: string): CommandSpec =>
  writingCommand(scriptArgv(AUTHORIZED_KEY_REMOVE, SshUser.parse(user), keyLine(publicKey)), 15_000);
