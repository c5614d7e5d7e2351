import {
  type HostView,
  type MayDo,
  mayDoNow,
  type OperationName,
  operationFacts,
  type Role,
} from '@vireo/contracts';

/** Whether an operation on this host is possible now, by the one rule of contracts. */
export function mayDoHost(
  operation: OperationName,
  host: Pick<HostView, 'connection' | 'busy'>,
  role: Role,
): MayDo {
  return mayDoNow(operationFacts(operation), { role, connection: host.connection, busy: host.busy });
}
