import { createSandbox } from '../sandbox/index.mjs';
import { RunningError, writeEnvFile } from './env-file.mjs';
import { deliveryLine, requestLine } from './request-line.mjs';
import { ENDING_SIGNALS, runCommand } from './run-command.mjs';
import { dotenv, environmentWith, variablesOf } from './variables.mjs';

/** The sandbox or the command cannot start: for example the port is in use, or the file exists. */
export class StartError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a sandbox for as long as a command runs, or until Ctrl+C.
 *
 * @param {{ port: number | undefined, allowedHosts: string[], state: string | undefined,
 *   envFile: string | undefined, command: string[] }} options
 * @returns {Promise<number>} the exit code of the command
 */
export async function runSandbox({ port, allowedHosts, state, envFile, command }) {
  const sandbox = await open({ port, allowedHosts, state });
  // Listen for signals before the file is written: otherwise a signal could leave the file behind.
  const ended = untilSignal();
  // If the reader of stdout or stderr goes away, the sandbox continues: the command still needs it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosed);
  try {
    const variables = variablesOf(sandbox.options);
    if (envFile !== undefined) writeWhileRunning(envFile, dotenv(variables));
    if (command.length > 0) return await run(command, environmentWith(variables, process.env));
    if (envFile === undefined) process.stdout.write(dotenv(variables));
    print(`The sandbox listens on ${sandbox.url} until Ctrl+C.`);
    await ended;
    return 0;
  } finally {
    await sandbox.close();
  }
}

async function open(options) {
  try {
    const onRequest = (request) => print(requestLine(request));
    const onDelivery = (delivery) => print(deliveryLine(delivery));
    return await createSandbox({ ...options, onRequest, onDelivery });
  } catch (error) {
    const { port, state } = options;
    if (error.syscall === 'listen') {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      throw new StartError(`Port ${port} ${why}: choose another one, or omit --port.`);
    }
    if (state === undefined) throw error;
    if (error.code !== undefined) throw new StartError(`${state} cannot be used: ${error.code}.`);
    if (error.message.startsWith('createSandbox: state names')) {
      throw new StartError(`${state} was not written by a sandbox: choose another path.`);
    }
    throw error;
  }
}

function writeWhileRunning(path, text) {
  try {
    // On exit, so that every way of ending removes the file.
    process.once('exit', writeEnvFile(path, text));
  } catch (error) {
    if (error instanceof RunningError) {
      throw new StartError(
        `${path} belongs to a running sandbox, process ${error.pid}: ` +
          'choose another path, or stop that sandbox.',
      );
    }
    if (error.code === undefined) throw error;
    throw new StartError(
      error.code === 'EEXIST'
        ? `${path} already exists and was not written by a sandbox: choose another path.`
        : `${path} cannot be written: ${error.code}.`,
    );
  }
}

async function run(command, env) {
  try {
    return await runCommand(command, env);
  } catch (error) {
    // The exit codes are those of a shell.
    if (error.code === 'ENOENT') {
      throw new StartError(`Command not found: ${command[0]}.`, 127);
    }
    throw new StartError(`${command[0]} cannot be run: ${error.code}.`, 126);
  }
}

function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, resolve);
  });
}

function ignoreClosed(error) {
  if (error.code !== 'EPIPE') throw error;
}

function print(line) {
  process.stderr.write(`${line}\n`);
}
