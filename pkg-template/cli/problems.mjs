/** The arguments are wrong. The command ends with exit code 2. */
export class UsageError extends Error {}

/** What was asked for failed: the message says why, and what to do. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
