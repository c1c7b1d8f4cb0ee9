import { RunningError, writeEnvFile } from './env-file.mjs';
import { watchParent } from './parent-process.mjs';
import { Failure, UsageError } from './problems.mjs';
import { deliveryLine, requestLine } from './request-line.mjs';
import { ENDING_SIGNALS, runCommand } from './run-command.mjs';
import { goOnUnread, say } from './talk.mjs';
import { dotenv, environmentWith, variablesOf } from './variables.mjs';

/**
 * Runs a sandbox for as long as a command runs, or until Ctrl+C; and no longer than the process that
 * started it, unless it is to stay.
 *
 * @param {{ options: import('../sandbox.d.ts').SandboxOptions, responses: { method: string, path: string,
 *   response: object | undefined }[], envFile: string | undefined, stay: boolean, command: string[] }} given
 * @returns {Promise<number>} the exit code of the command
 */
export async function runSandbox({ options, responses, envFile, stay, command }) {
  // The command still needs the sandbox.
  goOnUnread();
  const parent = stay ? { ended: new Promise(() => {}), stop() {} } : watchParent();
  parent.ended.then(() =>
    say('The process that started the sandbox has ended, so it ends, too: see --stay.'),
  );
  const sandbox = await open(options, responses);
  // Listen for signals before the file is written: otherwise a signal could leave the file behind.
  const ended = Promise.race([untilSignal(), parent.ended]);
  try {
    const variables = variablesOf(sandbox.options, options.merchant);
    if (envFile !== undefined) writeWhileRunning(envFile, dotenv(variables));
    if (command.length > 0) {
      return await run(command, environmentWith(variables, process.env), parent.ended);
    }
    if (envFile === undefined) process.stdout.write(dotenv(variables));
    say(`The sandbox listens on ${sandbox.url} until Ctrl+C.`);
    await ended;
    return 0;
  } finally {
    parent.stop();
    await sandbox.close();
  }
}

async function open(options, responses) {
  // Here, so that no other command loads the sandbox.
  const { createSandbox } = await import('../sandbox/index.mjs');
  let sandbox;
  try {
    const onRequest = (request) => say(requestLine(request));
    const onDelivery = (delivery) => say(deliveryLine(delivery));
    sandbox = await createSandbox({ ...options, onRequest, onDelivery });
    for (const { method, path, response } of responses) sandbox.respond(method, path, response);
    return sandbox;
  } catch (error) {
    await sandbox?.close();
    throw explained(error, options);
  }
}

function explained(error, { port, state }) {
  const [, option, problem] =
    error.message.match(/^(?:createSandbox: |sandbox\.)(faults|respond):? (.*)$/s) ?? [];
  if (option !== undefined) return new UsageError(`--${option}: ${problem}.`);
  if (error.syscall === 'listen') {
    const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
    return new Failure(`Port ${port} ${why}: choose another one, or omit --port.`);
  }
  if (state === undefined) return error;
  if (error.code !== undefined) return new Failure(`${state} cannot be used: ${error.code}.`);
  return error.message.startsWith('createSandbox: state names')
    ? new Failure(`${state} was not written by a sandbox: choose another path.`)
    : error;
}

function writeWhileRunning(path, text) {
  try {
    // On exit, so that every way of ending removes the file.
    process.once('exit', writeEnvFile(path, text));
  } catch (error) {
    if (error instanceof RunningError) {
      throw new Failure(
        `${path} belongs to a running sandbox, process ${error.pid}: ` +
          'choose another path, or stop that sandbox.',
      );
    }
    if (error.code === undefined) throw error;
    throw new Failure(
      error.code === 'EEXIST'
        ? `${path} already exists and was not written by a sandbox: choose another path.`
        : `${path} cannot be written: ${error.code}.`,
    );
  }
}

async function run(command, env, abandoned) {
  try {
    return await runCommand(command, env, abandoned);
  } catch (error) {
    // The exit codes are those of a shell.
    if (error.code === 'ENOENT') throw new Failure(`Command not found: ${command[0]}.`, 127);
    throw new Failure(`${command[0]} cannot be run: ${error.code}.`, 126);
  }
}

function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, resolve);
  });
}
