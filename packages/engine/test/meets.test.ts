import type { Expectation } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { meets } from '../src/run/meets.ts';

const oneOf: Expectation = { kind: 'stdoutOneOf', values: ['shut off', 'crashed'] };
const noneOf: Expectation = { kind: 'stdoutNoneOf', values: ['taken'] };
const atLeast: Expectation = { kind: 'atLeast', value: 512, unit: 'MiB' };
const version: Expectation = { kind: 'versionAtLeast', version: '8.0.0' };
const exit: Expectation = { kind: 'exit', codes: [0, 2] };

describe('meets', () => {
  it.each<[Expectation, number | null, string, boolean]>([
    [exit, 0, '', true],
    [exit, 2, '', true],
    [exit, 1, '', false],
    [exit, null, '', false],
    [oneOf, 0, 'shut off\n\n', true],
    [oneOf, 0, 'running\n', false],
    [oneOf, 1, 'shut off\n', false],
    [oneOf, null, 'shut off\n', false],
    [noneOf, 0, 'free\n', true],
    [noneOf, 0, 'taken\n', false],
    [noneOf, 1, 'free\n', false],
    [atLeast, 0, ' 512 \n', true],
    [atLeast, 0, '513.5', true],
    [atLeast, 0, '511', false],
    [atLeast, 0, '', false],
    [atLeast, 0, '1e9', false],
    [atLeast, 0, '0x400', false],
    [version, 0, '8.0.0', true],
    [version, 0, '9', true],
    [version, 0, '10.1', true],
    [version, 0, '8', true],
    [version, 0, '7.99.99', false],
    [version, 0, '8.0.0-rc1', false],
    [version, 0, 'x', false],
  ])('%j, exit %s, %j: %s', (expectation, exitCode, stdout, holds) => {
    expect(meets(expectation, { exitCode, stdout })).toBe(holds);
  });
});
