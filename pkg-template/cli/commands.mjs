import { authorizationCommand } from './authorization-command.mjs';
import { callCommands } from './call-commands.mjs';
import { certificatesCommand } from './certificates-command.mjs';
import { confirmCommand } from './confirm-command.mjs';
import { decryptCommand } from './decrypt-command.mjs';
import { doctorCommand } from './doctor-command.mjs';
import { downloadCommand } from './download-command.mjs';
import { encryptCommand } from './encrypt-command.mjs';
import { envCommand } from './env-command.mjs';
import { faultsCommand } from './faults-command.mjs';
import { listenCommand } from './listen-command.mjs';
import { payCommand } from './pay-command.mjs';
import { respondCommand } from './respond-command.mjs';
import { sandboxCommand } from './sandbox-command.mjs';
import { serialCommand } from './serial-command.mjs';
import { signCommand } from './sign-command.mjs';
import { triggerCommand } from './trigger-command.mjs';
import { typedCommands } from './typed-commands.mjs';
import { uploadCommand } from './upload-command.mjs';
import { verifyCommand } from './verify-command.mjs';

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} summary one line, for the list of the commands
 * @property {string} help what `--help` prints
 * @property {import('node:util').ParseArgsConfig['options']} options
 * @property {boolean} [runsCommand] whether it runs the command after its options
 * @property {(given: { values: Record<string, any>, positionals: string[] }) => Promise<number>} run
 *   gives the exit code
 */

/** @type {Command[]} */
export const COMMANDS = [
  sandboxCommand,
  triggerCommand,
  payCommand,
  confirmCommand,
  listenCommand,
  respondCommand,
  faultsCommand,
  doctorCommand,
  envCommand,
  serialCommand,
  ...callCommands,
  ...typedCommands,
  certificatesCommand,
  downloadCommand,
  uploadCommand,
  authorizationCommand,
  signCommand,
  verifyCommand,
  encryptCommand,
  decryptCommand,
];
