// Signs with two builds of the package, by turns, for each kernel. The argument is JSON. The last
// line of the output has the times.

import { publicKeys } from '../connection.mjs';
import { checkLaunch, launch } from '../contestants/ours.mjs';
import * as webcrypto from '../contestants/webcrypto.mjs';
import { interleave } from '../interleave.mjs';
import { kernels } from '../kernels.mjs';

const { entries, connection, plan } = JSON.parse(process.argv.at(-1));
const { certificate, ...options } = connection;
const verify = await webcrypto.verifier(publicKeys.merchant);

const byKernel = {};
for (const [name, entry] of Object.entries(entries)) {
  for (const kernel of await kernels(entry)) {
    const wxpay = kernel.open(options);
    await checkLaunch(wxpay, verify);
    byKernel[kernel.name] ??= [];
    byKernel[kernel.name].push(launch(name, wxpay));
  }
}
const groups = [];
for (const [kernel, contestants] of Object.entries(byKernel)) {
  groups.push({ kernel, times: await interleave(contestants, plan) });
}
console.log(JSON.stringify(groups));
