// What the command says, in both languages: English, Chinese. A test refuses a text that lacks one.

import { DOCTOR } from './doctor.mjs';
import { HELP } from './help.mjs';
import { SANDBOX_HELP } from './sandbox-help.mjs';
import { SANDBOX_TALK } from './sandbox-talk.mjs';
import { SUMMARIES } from './summaries.mjs';
import { TALK } from './talk.mjs';

/** @type {Record<string, [en: string, zhCN: string]>} */
export const TEXTS = {
  ...TALK,
  ...SUMMARIES,
  ...HELP,
  ...SANDBOX_HELP,
  ...SANDBOX_TALK,
  ...DOCTOR,
};
