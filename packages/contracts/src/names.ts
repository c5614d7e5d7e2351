import { z } from 'zod';

/**
 * A VM's name. Anything a person may call a thing, except what libvirt refuses (`/`, control characters,
 * leading or trailing blanks): hosts are only ever told the UUID, so `13`, `--help` and `$(id)` are just names.
 */
export const VmName = z
  .string()
  .min(1, 'give the VM a name')
  .refine((s) => new TextEncoder().encode(s).length <= 200, 'at most 200 bytes in UTF-8')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}/\ufeff\ufffe\uffff]+$/u, 'no "/" and no control characters')
  .refine((s) => s === s.trim(), 'no blanks at the start or end')
  .refine((s) => !/\p{Surrogate}/u.test(s), 'must be well-formed text')
  .refine((s) => s !== '.' && s !== '..', '"." and ".." are not names');

/** A host's display name in the console (not its DNS name). */
export const HostName = VmName.max(63, 'at most 63 characters');

/** Where a host is reached: DNS name, IPv4 or IPv6 without brackets, in lower case. Never starts with "-". */
export const HostAddress = z
  .string()
  .toLowerCase()
  .min(1, 'give an address')
  .max(253, 'at most 253 characters')
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:]+(%[A-Za-z0-9]+)?$/,
    'a DNS name or an IP address',
  );

/** Where sshd listens. */
export const SshPort = z.number().int().min(1).max(65535).default(22);

/** POSIX user name as `useradd` accepts it. */
export const SshUser = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'a POSIX user name');

/** Name of a bridge on a host (Linux interface name: IFNAMSIZ). */
export const BridgeName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/, 'the name of a bridge on the host');

/** Free text kept with an object; goes into domain metadata. */
export const Description = z
  .string()
  .max(4000, 'at most 4,000 characters')
  .regex(/^(?:[^\p{Cc}\ufffe\uffff]|[\t\n\r])*$/u, 'no control characters')
  .refine((s) => !/\p{Surrogate}/u.test(s), 'must be well-formed text');
