// What the types accept besides JSON calls, with the types of any runtime next to them: the
// cashier, encrypted fields, uploads and downloads.

import type {
  AppPayment,
  DownloadParams,
  JsapiPayment,
  MiniProgramPayment,
  PaySignParams,
  PaySignType,
  UploadBlob,
  UploadedMedia,
  UploadParams,
  Wechatpay,
} from 'wechatpay-wasm';

declare const wxpay: Wechatpay;

const order = { appid: 'wx', prepayId: 'id' };
const page: JsapiPayment = await wxpay.paySign({ type: 'jsapi', ...order });
const miniProgram: MiniProgramPayment = await wxpay.paySign({ type: 'miniprogram', ...order });
const app: AppPayment = await wxpay.paySign({ type: 'app', ...order, partnerid: '19' });
const fixed: ['RSA', 'Sign=WXPay'] = [miniProgram.signType, app.package];
const type: PaySignType = 'app';
const params: PaySignParams<'app'> = { type: 'app', ...order, partnerid: undefined };
await wxpay.paySign(params);
const texts: string[] = [page.appId, page.paySign, app.sign, ...fixed, type];

texts.push(await wxpay.decrypt('AAAA'));

declare const blob: UploadBlob;
async function* parts() {
  yield new Uint8Array(1);
}
const files: UploadParams['file'][] = [
  new Uint8Array(1),
  new ArrayBuffer(1),
  new Blob([]),
  blob,
  parts(),
  new ReadableStream<Uint8Array>(),
];
const options = { timeout: 1, signal: AbortSignal.timeout(1) };
for (const file of files) {
  const media: UploadedMedia = await wxpay.upload('/v3/merchant/media/upload', { file });
  const all: UploadParams = { file, filename: 'a.jpg', contentType: 'image/jpeg', maxBytes: 1 };
  const { media_url: url } = await wxpay.upload<{ media_url: string }>('/v3/x', all, options);
  texts.push(media.media_id, url);
}

const hash: DownloadParams = { hashType: 'SHA1', hashValue: '79bb' };
const stream: ReadableStream<Uint8Array> = await wxpay.download('https://x', hash);
const whole: Uint8Array = await wxpay.downloadBytes(
  'https://x',
  { hashType: 'SHA256', hashValue: '79bb', gzip: true, maxBytes: 1 },
  options,
);
console.log(stream.locked, whole.length, texts);

const word = { acceptUnverifiedFile: true } as const;
const unverified = await wxpay.download('/v3/merchant-service/images/x.png', word);
const nobody: false = unverified.verified;
const picture: ReadableStream<Uint8Array> = unverified.stream;
const { bytes, contentType } = await wxpay.downloadBytes('/v3/statements', {
  ...word,
  maxBytes: 1,
});
const pictureType: string | undefined = contentType;
const bill: Uint8Array = await wxpay.downloadBytes('https://x', {
  ...hash,
  encryptKey: 'x',
  nonce: 'n',
});
console.log(nobody, picture, bytes, pictureType, bill);
