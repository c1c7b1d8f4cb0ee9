import { createSandbox } from '../sandbox/index.mjs';
import { RunningError, writeEnvFile } from './env-file.mjs';
import { requestLine } from './request-line.mjs';
import { ENDING_SIGNALS, runCommand } from './run-command.mjs';
import { dotenv, environmentWith, variablesOf } from './variables.mjs';

/** What was asked for cannot be started here: a port that is taken, a file that is there. */
export class StartError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a sandbox for as long as a command runs, or until Ctrl+C.
 *
 * @param {{ port: number | undefined, envFile: string | undefined, command: string[] }} wanted
 * @returns {Promise<number>} the exit code: the command's
 */
export async function runSandbox({ port, envFile, command }) {
  const sandbox = await open(port);
  // Before the file is written: a signal that nobody hears would leave it behind.
  const ended = untilSignal();
  // Who stops reading what is told here ends neither the sandbox nor the command, which would go on
  // without one.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', passOverClosed);
  try {
    const variables = variablesOf(sandbox.options);
    if (envFile !== undefined) keepWhileRunning(envFile, dotenv(variables));
    if (command.length > 0) return await run(command, environmentWith(variables, process.env));
    if (envFile === undefined) process.stdout.write(dotenv(variables));
    tell(`The sandbox listens on ${sandbox.url} until Ctrl+C.`);
    await ended;
    return 0;
  } finally {
    await sandbox.close();
  }
}

async function open(port) {
  try {
    return await createSandbox({ port, onRequest: (request) => tell(requestLine(request)) });
  } catch (error) {
    if (error.syscall !== 'listen') throw error;
    const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${error.code})`;
    throw new StartError(`The port ${port} ${why}: choose another, or leave --port out.`);
  }
}

function keepWhileRunning(path, text) {
  try {
    // At the very end, whichever way it comes to it.
    process.once('exit', writeEnvFile(path, text));
  } catch (error) {
    if (error instanceof RunningError) {
      throw new StartError(
        `${path} is that of a sandbox that runs, as process ${error.pid}: choose another path, or end that sandbox.`,
      );
    }
    if (error.code === undefined) throw error;
    throw new StartError(
      error.code === 'EEXIST'
        ? `${path} is there already, and was not written by a sandbox: it stays as it is.`
        : `${path} cannot be written: ${error.code}.`,
    );
  }
}

async function run(command, env) {
  try {
    return await runCommand(command, env);
  } catch (error) {
    // The exit codes are a shell's.
    if (error.code === 'ENOENT') {
      throw new StartError(`There is no command ${command[0]}.`, 127);
    }
    throw new StartError(`${command[0]} cannot be run: ${error.code}.`, 126);
  }
}

function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, resolve);
  });
}

function passOverClosed(error) {
  if (error.code !== 'EPIPE') throw error;
}

function tell(line) {
  process.stderr.write(`${line}\n`);
}
