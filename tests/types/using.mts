// `using`, which TypeScript has since 5.2, without a library that declares its symbols.

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

await using sandbox = await createSandbox();
using wxpay = new Wechatpay(sandbox.options);
const disposables: [Disposable, AsyncDisposable] = [wxpay, sandbox];
console.log(disposables);
