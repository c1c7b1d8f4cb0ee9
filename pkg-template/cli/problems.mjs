/** The arguments are wrong. The command ends with exit code 2. */
export class UsageError extends Error {}

/** What was asked for failed: the message says why, and what to do. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   * @param {object} [result] the same for programs, which is printed as JSON
   */
  constructor(message, exitCode = 1, result = undefined) {
    super(message);
    this.exitCode = exitCode;
    this.result = result;
  }
}
