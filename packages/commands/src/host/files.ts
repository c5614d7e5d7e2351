import type { CommandSpec } from '@vireo/contracts';
import { readingCommand, scriptArgv, writingCommand } from '../command.ts';
import { hostPath } from '../host-path.ts';
import { DISK_REMOVE, FILE_USERS, FREE_MIB } from '../scripts.ts';

/** Exit 0: a regular file is there. */
export const fileExists = (path: string): CommandSpec => readingCommand(['test', '-f', hostPath(path)]);

/** Exit 0: nothing is there, not even a dangling link. */
export const fileIsFree = (path: string): CommandSpec =>
  readingCommand(['test', '!', '-e', hostPath(path), '-a', '!', '-L', hostPath(path)]);

/** Renames within a file system, so that a file is at its place whole or not at all. */
export const fileMoveIntoPlace = (from: string, to: string): CommandSpec =>
  writingCommand(['mv', '-T', '--', hostPath(from), hostPath(to)], 30_000);

/** Removes exactly these files; one that is gone already is fine. Never recursive. */
export const fileRemove = (...paths: string[]): CommandSpec =>
  writingCommand(['rm', '-f', '--', ...paths.map(hostPath)], 120_000);

/**
 * Removes disks, each under its datastore: all or, if one of them is not what it should be on the host (a regular file
 * that is really in that folder), none. One that is gone already is fine.
 */
export const diskRemove = (disks: readonly { path: string; datastorePath: string }[]): CommandSpec =>
  writingCommand(
    scriptArgv(
      DISK_REMOVE,
      ...disks.flatMap(({ path, datastorePath }) => [hostPath(datastorePath), hostPath(path)]),
    ),
    120_000,
  );

/** Prints the MiB that are free for files under a directory. */
export const freeSpaceMiB = (directory: string): CommandSpec =>
  readingCommand(scriptArgv(FREE_MIB, hostPath(directory)));

/**
 * Prints the UUID of each domain on the host, other than `exceptId`, whose disks or their backing chains (running or
 * not, read from the files' headers) reach one of the files; `none` when there is none.
 */
export const fileUsers = (exceptId: string, paths: readonly string[]): CommandSpec =>
  readingCommand(scriptArgv(FILE_USERS, exceptId, ...paths.map(hostPath)), 120_000);
