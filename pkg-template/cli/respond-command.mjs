import { told } from './language.mjs';
import { parseResponse } from './response-text.mjs';
import { openSandbox, SANDBOX_OPTION } from './running-sandbox.mjs';
import { say } from './talk.mjs';

export const respondCommand = {
  name: 'respond',
  get summary() {
    return told('summary.respond');
  },
  get help() {
    return told('help.respond', {
      sandbox: told('help.sandbox-option'),
      response: told('help.response'),
    });
  },
  options: SANDBOX_OPTION,
  async run({ values, positionals }) {
    const { method, path, response } = parseResponse(positionals.join(' '));
    const sandbox = await openSandbox(values.sandbox);
    await sandbox.post('respond', { method, path, response: response ?? null });
    say(told('responds', { method, path }));
    return 0;
  },
};
