// Contains both Wasm files as text, for every runtime that may compile bytes.

import { unpack } from './unpack.mjs';
import first from './wechatpay_bg.wasm';
import second from './wechatpay_fused.wasm';

export const [firstBytes, secondBytes] = unpack([first, second]);
