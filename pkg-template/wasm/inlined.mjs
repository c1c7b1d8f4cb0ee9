// Contains both Wasm files as text, for every runtime that may compile bytes.

import { unpack } from './unpack.mjs';
import first from './wechatpay_bg.wasm';
import second from './wechatpay_fused.wasm';

let unpacked;
const both = () => {
  unpacked ??= unpack([first, second]);
  return unpacked;
};

export const firstBytes = () => both()[0];
export const secondBytes = () => both()[1];
