// `using`, which TypeScript has from 5.2 on, without a library that says what it is.

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

await using sandbox = await createSandbox();
using wxpay = new Wechatpay(sandbox.options);
const disposables: [Disposable, AsyncDisposable] = [wxpay, sandbox];
console.log(disposables);
