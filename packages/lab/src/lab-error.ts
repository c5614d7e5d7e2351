/** A failure that the user can understand and act upon: its message is shown as it is. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
