import { HostAddress, HostName, SshUser } from '@vireo/contracts';

/** What the first step of the wizard holds, as typed. */
export interface AddHostDraft {
  address: string;
  port: string;
  user: string;
  kind: 'password' | 'privateKey';
  secret: string;
  name: string;
}

export const NEW_HOST: AddHostDraft = {
  address: '',
  port: '22',
  user: 'root',
  kind: 'password',
  secret: '',
  name: '',
};

export type AddHostField = 'address' | 'port' | 'user' | 'name' | 'secret';

/** The fields that are not good (yet). An empty name stands for the address. */
export function problemsOf(draft: AddHostDraft): Set<AddHostField> {
  const problems = new Set<AddHostField>();
  const port = Number(draft.port);
  if (!HostAddress.safeParse(draft.address).success) problems.add('address');
  if (!(Number.isInteger(port) && port >= 1 && port <= 65535)) problems.add('port');
  if (!SshUser.safeParse(draft.user).success) problems.add('user');
  if (draft.name !== '' && !HostName.safeParse(draft.name).success) problems.add('name');
  if (draft.secret === '') problems.add('secret');
  return problems;
}

/** The name that the host gets: as typed, or its address (its first label where it is a DNS name). */
export function nameOf(draft: AddHostDraft): string {
  if (draft.name !== '') return draft.name;
  const isDnsName = /[A-Za-z]/.test(draft.address) && !draft.address.includes(':');
  return isDnsName ? (draft.address.split('.')[0] ?? draft.address) : draft.address;
}
