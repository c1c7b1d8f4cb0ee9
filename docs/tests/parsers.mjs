// Languages that a block is only parsed in. A parser throws, or gives what is wrong: `{ line, problem }`
// with the line from 1.

import { validate } from 'dockerfile-utils';
import phpParser from 'php-parser';
import { parse as parseToml } from 'smol-toml';
import typescript from 'typescript';
import { parseAllDocuments } from 'yaml';

export const parsers = { json, jsonc, yaml, toml, dockerfile, php, ini, nginx };

function json(code) {
  JSON.parse(code);
}

function jsonc(code) {
  const { error } = typescript.parseConfigFileTextToJson('', code);
  if (error) throw new Error(typescript.flattenDiagnosticMessageText(error.messageText, '\n'));
}

function yaml(code) {
  const documents = parseAllDocuments(code);
  return documents.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, linePos }) => ({
      line: linePos?.[0].line,
      problem: message.split('\n')[0],
    })),
  );
}

function toml(code) {
  parseToml(code);
}

function dockerfile(code) {
  return validate(code).map(({ message, range }) => ({
    line: range.start.line + 1,
    problem: message,
  }));
}

function php(code) {
  const parser = new phpParser.Engine({ parser: { php8: true, version: 803 } });
  try {
    // With or without its opening tag.
    if (code.includes('<?php')) parser.parseCode(code, 'block.php');
    else parser.parseEval(code);
  } catch (error) {
    return [{ line: error.lineNumber, problem: error.message }];
  }
}

/** Variables, as dotenv and .ini files have them. */
function ini(code) {
  const isFine = (line) => /^\s*($|[#;]|\[[^\]]+\]\s*$|(export )?[\w.-]+\s*=)/.test(line);
  return problemLines(code, (line) => !isFine(line), 'is neither a section, nor name=value');
}

/** Directives end with `;`, and blocks with their brace. */
function nginx(code) {
  let depth = 0;
  const found = [];
  for (const [i, raw] of code.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    if (!/[;{}]$/.test(line)) found.push({ line: i + 1, problem: 'has no ; at its end' });
    depth += line.split('{').length - line.split('}').length;
    if (depth < 0) found.push({ line: i + 1, problem: 'closes what is not open' });
  }
  if (depth > 0) found.push({ line: 1, problem: 'has a brace that does not end' });
  return found;
}

function problemLines(code, isWrong, problem) {
  return code.split('\n').flatMap((line, i) => (isWrong(line) ? [{ line: i + 1, problem }] : []));
}
