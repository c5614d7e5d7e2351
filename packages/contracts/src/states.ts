import { z } from 'zod';
import { HOST_CONNECTIONS, STEP_STATES, TASK_STATES, VM_STATES } from './state-codes.ts';

export const VmState = z.enum(VM_STATES);
export type VmState = z.infer<typeof VmState>;
export const HostConnection = z.enum(HOST_CONNECTIONS);
export type HostConnection = z.infer<typeof HostConnection>;
export const TaskState = z.enum(TASK_STATES);
export type TaskState = z.infer<typeof TaskState>;
export const StepState = z.enum(STEP_STATES);
export type StepState = z.infer<typeof StepState>;
