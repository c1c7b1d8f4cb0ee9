import { RunningError, writeEnvFile } from './env-file.mjs';
import { told } from './language.mjs';
import { watchParent } from './parent-process.mjs';
import { Failure, UsageError } from './problems.mjs';
import { deliveryLine, requestLine } from './request-line.mjs';
import { ENDING_SIGNALS, runCommand } from './run-command.mjs';
import { inReadersWords } from './sandbox-words.mjs';
import { say } from './talk.mjs';
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
  const parent = stay ? { ended: new Promise(() => {}), stop() {} } : watchParent();
  parent.ended.then(() => say(told('parent-ended')));
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
    say(told('listens', { url: sandbox.url }));
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
  if (option !== undefined) {
    return new UsageError(told('option-refused', { option, problem: inReadersWords(problem) }));
  }
  if (error.syscall === 'listen') {
    const { code } = error;
    const why = code === 'EADDRINUSE' ? 'port-in-use' : 'port-unusable';
    return new Failure(told(why, { port, code }));
  }
  if (state === undefined) return error;
  if (error.code !== undefined) {
    return new Failure(told('state-unusable', { state, code: error.code }));
  }
  return error.message.startsWith('createSandbox: state names')
    ? new Failure(told('state-foreign', { state }))
    : error;
}

function writeWhileRunning(path, text) {
  try {
    // On exit, so that every way of ending removes the file.
    process.once('exit', writeEnvFile(path, text));
  } catch (error) {
    if (error instanceof RunningError) {
      throw new Failure(told('env-running', { path, pid: error.pid }));
    }
    if (error.code === undefined) throw error;
    throw new Failure(
      told(error.code === 'EEXIST' ? 'env-foreign' : 'unwritable', { path, code: error.code }),
    );
  }
}

async function run(command, env, abandoned) {
  try {
    return await runCommand(command, env, abandoned);
  } catch (error) {
    // The exit codes are those of a shell.
    if (error.code === 'ENOENT') throw new Failure(told('no-command', { name: command[0] }), 127);
    throw new Failure(told('not-run', { name: command[0], code: error.code }), 126);
  }
}

function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, resolve);
  });
}
